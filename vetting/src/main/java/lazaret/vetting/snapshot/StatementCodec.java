package lazaret.vetting.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.EventCodec;
import lazaret.vetting.snapshot.Statement.Said;

/// The bytes of a [Statement]: one JSON object, keys in a fixed order, no white space. Only what
/// [#encode] writes is read: a second form of one statement would have a second digest.
///
/// The decisions stand in the form in which the ledger hashes them ([EventCodec]), as texts.
final class StatementCodec {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DECISIONS = 1_000;
  private static final String TYPE = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE = "https://slsa.dev/verification_summary/v1";
  private static final String VERIFIER = "urn:lazaret:gate";
  private static final String POLICY = "urn:lazaret:policy";
  private static final JsonFactory JSON = new JsonFactory();

  private StatementCodec() {}

  static Bytes encode(Said said) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.setHighestNonEscapedChar(127);
      CrateId id = said.id();
      json.writeStartObject();
      json.writeStringField("_type", TYPE);
      json.writeArrayFieldStart("subject");
      json.writeStartObject();
      json.writeStringField("name", id.name() + "-" + id.version().text() + ".crate");
      json.writeObjectFieldStart("digest");
      json.writeStringField("sha256", id.cksum().hex());
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeStringField("predicateType", PREDICATE);
      json.writeObjectFieldStart("predicate");
      predicate(json, said);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return Bytes.of(out.toByteArray());
  }

  private static void predicate(JsonGenerator json, Said said) throws IOException {
    json.writeObjectFieldStart("verifier");
    json.writeStringField("id", VERIFIER);
    json.writeEndObject();
    json.writeStringField("resourceUri", purl(said.id()));
    json.writeObjectFieldStart("policy");
    json.writeStringField("uri", POLICY);
    json.writeObjectFieldStart("digest");
    json.writeStringField("sha256", said.policy().hex());
    json.writeEndObject();
    json.writeEndObject();
    json.writeStringField("verificationResult", said.allows() ? "PASSED" : "FAILED");
    json.writeArrayFieldStart("verifiedLevels");
    json.writeEndArray();
    json.writeObjectFieldStart("lazaret");
    json.writeStringField("name", said.id().name().published());
    json.writeStringField("version", said.id().version().text());
    json.writeNumberField("sequence", said.sequence());
    json.writeArrayFieldStart("decisions");
    for (Decision decision : said.decisions()) {
      json.writeString(EventCodec.encode(decision).text());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Source: package-url, *Rules for each component*: a plus sign in a version is escaped.
  private static String purl(CrateId id) {
    return "pkg:cargo/" + id.name() + "@" + id.version().text().replace("+", "%2B");
  }

  static Said decode(Bytes payload) {
    if (payload.length() > MAX_BYTES) {
      throw new MalformedException(
          "a statement has %s, at most %d are allowed".formatted(payload, MAX_BYTES));
    }
    Said said;
    try (JsonParser json = JSON.createParser(payload.array())) {
      said = said(new Fields(json));
    } catch (IOException | DateTimeException | IllegalArgumentException | MalformedException e) {
      throw new MalformedException("a statement cannot be read: " + e.getMessage(), e);
    }
    if (!encode(said).equals(payload)) {
      throw new MalformedException(
          "a statement on %s is not in the one form that statements have".formatted(said.id()));
    }
    return said;
  }

  private static Said said(Fields fields) {
    CrateId id =
        new CrateId(
            CrateName.parse(fields.one("/predicate/lazaret/name")),
            CrateVersion.parse(fields.one("/predicate/lazaret/version")),
            Sha256.parse(fields.one("/subject/digest/sha256")));
    List<Decision> decisions = new ArrayList<>();
    for (String text : fields.all("/predicate/lazaret/decisions")) {
      if (!(EventCodec.decode(Bytes.utf8(text)) instanceof Decision decision)) {
        throw new MalformedException("a statement on " + id + " has an event that is no decision");
      }
      decisions.add(decision);
    }
    return new Said(
        id,
        fields.one("/predicate/verificationResult").equals("PASSED"),
        Long.parseLong(fields.one("/predicate/lazaret/sequence")),
        Sha256.parse(fields.one("/predicate/policy/digest/sha256")),
        decisions);
  }

  /// All scalars of a document by where they stand; arrays add nothing to the place. What stands
  /// where nothing is looked for is found by writing the statement again.
  private static final class Fields {
    private final Map<String, List<String>> values = new HashMap<>();

    Fields(JsonParser json) throws IOException {
      List<String> path = new ArrayList<>();
      int count = 0;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        switch (token) {
          case START_OBJECT, START_ARRAY -> path.add(name(json));
          case END_OBJECT, END_ARRAY -> path.removeLast();
          case FIELD_NAME -> {}
          default -> {
            if (++count > MAX_DECISIONS) {
              throw new MalformedException("a statement has more than " + count + " values");
            }
            String at = String.join("", path) + (json.currentName() == null ? "" : name(json));
            values.computeIfAbsent(at, _ -> new ArrayList<>()).add(json.getText());
          }
        }
      }
    }

    private static String name(JsonParser json) throws IOException {
      String name = json.currentName();
      return name == null ? "" : "/" + name;
    }

    List<String> all(String at) {
      return values.getOrDefault(at, List.of());
    }

    String one(String at) {
      List<String> found = all(at);
      if (found.size() != 1) {
        throw new MalformedException(
            "a statement has %d values at %s, 1 is expected".formatted(found.size(), at));
      }
      return found.getFirst();
    }
  }
}
