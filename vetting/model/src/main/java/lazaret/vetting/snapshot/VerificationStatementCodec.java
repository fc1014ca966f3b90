package lazaret.vetting.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.JsonReader;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.EventCodec;
import lazaret.vetting.snapshot.VerificationStatement.Claim;

/// The bytes of a [VerificationStatement]: one JSON object with keys in a fixed order and without
/// white space. Only the output of [#encode] is accepted, because a second form of one statement
/// would have a second digest.
///
/// The decisions are texts, in the form that the ledger hashes ([EventCodec]).
final class VerificationStatementCodec {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DECISIONS = 1_000;
  private static final String PREDICATE = "https://slsa.dev/verification_summary/v1";
  private static final String VERIFIER = "urn:lazaret:gate";
  private static final String POLICY = "urn:lazaret:policy";
  private static final String HEAD =
      "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"";
  private static final String SHA256 = "\"sha256\":\"";
  private static final String RESULT = "\"verificationResult\":\"";
  private static final String PASSED = "PASSED";
  private static final String FAILED = "FAILED";
  private static final String NAME = "\"name\":\"";
  private static final String VERSION = "\"version\":\"";
  private static final String SEQUENCE = "\"sequence\":";
  private static final String DECISIONS = "\"decisions\":";
  private static final String END = "}}}";
  private static final JsonReader JSON = JsonReader.of(new JsonLimits(MAX_BYTES, 1, MAX_BYTES));

  private VerificationStatementCodec() {}

  static Bytes encode(Claim said) {
    var out = new StringBuilder(1024);
    write(said, out);
    return Bytes.utf8(out.toString());
  }

  /// Writes ASCII only.
  private static void write(Claim said, StringBuilder out) {
    CrateId id = said.id();
    String name = id.name().published();
    String version = id.version().text();
    // Names, versions and digests have no characters that JSON escapes.
    out.append(HEAD).append(name).append('-').append(version).append(".crate\",");
    digest(out, id.cksum()).append("}],\"predicateType\":\"").append(PREDICATE);
    out.append("\",\"predicate\":{\"verifier\":{\"id\":\"").append(VERIFIER);
    out.append("\"},\"resourceUri\":\"").append(purl(id));
    out.append("\",\"policy\":{\"uri\":\"").append(POLICY).append("\",");
    digest(out, said.policy()).append("},").append(RESULT).append(said.allows() ? PASSED : FAILED);
    out.append("\",\"verifiedLevels\":[],\"lazaret\":{").append(NAME).append(name);
    out.append("\",").append(VERSION).append(version);
    out.append("\",").append(SEQUENCE).append(said.sequence());
    out.append(',').append(DECISIONS).append(texts(said.decisions())).append(END);
  }

  private static StringBuilder digest(StringBuilder out, Sha256 digest) {
    return out.append("\"digest\":{").append(SHA256).append(digest.hex()).append("\"}");
  }

  private static String texts(List<Decision> decisions) {
    if (decisions.isEmpty()) {
      return "[]";
    }
    var out = new StringWriter();
    try (JsonGenerator json = JsonWriter.stream(out)) {
      json.setHighestNonEscapedChar(127);
      json.writeStartArray();
      for (Decision decision : decisions) {
        json.writeString(EventCodec.encode(decision).text());
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toString();
  }

  /// Returns the package URL of a version. Source: package-url, *Rules for each component*: a plus
  /// sign in a version is escaped.
  private static String purl(CrateId id) {
    return "pkg:cargo/" + id.name() + "@" + id.version().text().replace("+", "%2B");
  }

  /// Reads the variable parts by position. The constant parts are checked by writing the statement
  /// again and comparing.
  static Claim decode(Bytes payload) {
    if (payload.length() > MAX_BYTES) {
      throw new MalformedException(
          "a statement has %s, at most %d are allowed".formatted(payload, MAX_BYTES));
    }
    String text = payload.text();
    Claim said;
    try {
      said = said(new Cursor(text));
    } catch (IOException | DateTimeException | IllegalArgumentException | MalformedException e) {
      throw new MalformedException("a statement cannot be read: " + e.getMessage(), e);
    }
    var same = new StringBuilder(payload.length());
    write(said, same);
    // The comparison as texts is enough: other bytes give the same text only if it is not ASCII.
    if (!text.contentEquals(same)) {
      throw new MalformedException(
          "a statement on %s does not have the canonical form of statements".formatted(said.id()));
    }
    return said;
  }

  private static Claim said(Cursor cursor) throws IOException {
    Sha256 cksum = Sha256.parse(cursor.between(SHA256, "\""));
    Sha256 policy = Sha256.parse(cursor.between(SHA256, "\""));
    boolean allows = cursor.between(RESULT, "\"").equals(PASSED);
    CrateName name = CrateName.parse(cursor.between(NAME, "\""));
    CrateVersion version = CrateVersion.parse(cursor.between(VERSION, "\""));
    long sequence = Long.parseLong(cursor.between(SEQUENCE, ","));
    CrateId id = new CrateId(name, version, cksum);
    return new Claim(id, allows, sequence, policy, decisions(id, cursor.rest(DECISIONS, END)));
  }

  private static List<Decision> decisions(CrateId id, String texts) throws IOException {
    if (texts.equals("[]")) {
      return List.of();
    }
    List<Decision> decisions = new ArrayList<>();
    try (JsonParser json = JSON.stream(texts)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        if (decisions.size() == MAX_DECISIONS) {
          throw new MalformedException(
              "a statement on %s has more than %d decisions".formatted(id, MAX_DECISIONS));
        }
        if (!(EventCodec.decode(Bytes.utf8(json.getText())) instanceof Decision decision)) {
          throw new MalformedException(
              "a statement on " + id + " has an event that is not a decision");
        }
        decisions.add(decision);
      }
    }
    return decisions;
  }

  /// A cursor over a text, from left to right.
  private static final class Cursor {
    private final String text;
    private int at;

    Cursor(String text) {
      this.text = text;
    }

    /// Returns the text between the next occurrence of one text and the next one of another after
    /// it.
    String between(String before, String behind) {
      int from = find(before) + before.length();
      at = from;
      int to = find(behind);
      at = to;
      return text.substring(from, to);
    }

    /// Returns the text between the next occurrence of one text and the end.
    String rest(String before, String end) {
      int from = find(before) + before.length();
      if (!text.endsWith(end) || text.length() - end.length() < from) {
        throw new MalformedException("it does not end in " + end);
      }
      return text.substring(from, text.length() - end.length());
    }

    private int find(String wanted) {
      int found = text.indexOf(wanted, at);
      if (found < 0) {
        throw new MalformedException("it has no " + wanted);
      }
      return found;
    }
  }
}
