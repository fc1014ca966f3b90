package lazaret.vetting.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
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
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.JsonReader;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.roles.SignInMethod;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The canonical bytes of an event: one JSON object without white space, in which absent values are
/// omitted. The keys are in this order: `kind`, `at`, `by`, `name`, `version`, `cksum`, `text`,
/// `expires`, `criteria`, `evidence`, `delta`, `waives`, `token`, `policy`, `inspector`, `feeds`,
/// `advisories`.
///
/// The ledger hashes these bytes, so the form must never change. A new key may only be added at the
/// end.
public final class EventCodec {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 32;
  private static final JsonReader JSON =
      JsonReader.of(new JsonLimits(MAX_BYTES, MAX_DEPTH, MAX_BYTES));
  private static final int MAX_ITEMS = 10_000;

  private EventCodec() {}

  /// Encodes an event.
  public static Bytes encode(Event event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JsonWriter.stream(out)) {
      json.writeStartObject();
      switch (event) {
        case Decision decision -> writeDecision(json, decision);
        case Notice notice -> writeNotice(json, notice);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return Bytes.of(out.toByteArray());
  }

  private static void writeDecision(JsonGenerator json, Decision decision) throws IOException {
    writeHead(json, decision.kind().code(), decision);
    json.writeStringField("name", decision.id().name().published());
    json.writeStringField("version", decision.id().version().text());
    json.writeStringField("cksum", decision.id().cksum().hex());
    json.writeStringField("text", decision.reason());
    writeOptional(json, "expires", decision.expires());
    writeList(json, "criteria", decision.criteria());
    writeList(json, "evidence", decision.evidence());
    writeOptional(json, "delta", decision.delta());
    writeList(json, "waives", decision.waives());
    DecisionContext context = decision.context();
    if (context != null) {
      writeOptional(json, "token", context.token());
      SignInMethod signIn = context.signIn();
      if (signIn != null) {
        json.writeStringField("sign_in", signIn.code());
      }
      writeList(json, "reading", context.reading());
      json.writeStringField("policy", context.policy());
      json.writeStringField("inspector", String.valueOf(context.inspector()));
      writeList(json, "feeds", context.feeds());
      writeList(json, "advisories", context.advisories());
    }
  }

  private static void writeNotice(JsonGenerator json, Notice notice) throws IOException {
    writeHead(json, notice.kind().code(), notice);
    writeOptional(json, "name", notice.name() == null ? null : notice.name().published());
    writeOptional(json, "version", notice.version());
    json.writeStringField("text", notice.detail());
  }

  private static void writeHead(JsonGenerator json, String kind, Event event) throws IOException {
    json.writeStringField("kind", kind);
    json.writeStringField("at", event.at().toString());
    json.writeStringField("by", event.by());
  }

  private static void writeOptional(JsonGenerator json, String key, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeStringField(key, value.toString());
    }
  }

  private static void writeList(JsonGenerator json, String key, List<String> values)
      throws IOException {
    if (!values.isEmpty()) {
      json.writeArrayFieldStart(key);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  /// Decodes an event.
  ///
  /// @throws MalformedException if the bytes are not in the form of [#encode]
  public static Event decode(Bytes encoded) {
    if (encoded.length() > MAX_BYTES) {
      throw new MalformedException(
          "a ledger event has %s, at most %d are allowed".formatted(encoded, MAX_BYTES));
    }
    try (JsonParser json = JSON.stream(encoded)) {
      return fields(json).event();
    } catch (IOException | DateTimeException | IllegalArgumentException | MalformedException e) {
      throw new MalformedException("a ledger event cannot be read: " + e.getMessage(), e);
    }
  }

  private static Fields fields(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<String, List<String>> lists = new HashMap<>();
    expect(json.nextToken(), JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      if (json.nextToken() == JsonToken.START_ARRAY) {
        lists.put(key, list(json));
      } else {
        expect(json.currentToken(), JsonToken.VALUE_STRING);
        texts.put(key, json.getText());
      }
    }
    expect(json.currentToken(), JsonToken.END_OBJECT);
    if (json.nextToken() != null) {
      throw new MalformedException("it has bytes after its end");
    }
    return new Fields(texts, lists);
  }

  private static List<String> list(JsonParser json) throws IOException {
    List<String> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_STRING);
      if (values.size() == MAX_ITEMS) {
        throw new MalformedException("a list has over " + MAX_ITEMS + " items");
      }
      values.add(json.getText());
    }
    return values;
  }

  private static void expect(@Nullable JsonToken found, JsonToken wanted) {
    if (found != wanted) {
      throw new MalformedException("it has %s where %s belongs".formatted(found, wanted));
    }
  }

  private record Fields(Map<String, String> texts, Map<String, List<String>> lists) {
    Event event() {
      String kind = required("kind");
      return switch (kind) {
        case "approve" -> decision(Decision.Kind.APPROVE);
        case "exempt" -> decision(Decision.Kind.EXEMPT);
        case "deny" -> decision(Decision.Kind.DENY);
        case "revoke" -> decision(Decision.Kind.REVOKE);
        default -> notice(kind);
      };
    }

    private Decision decision(Decision.Kind kind) {
      CrateId id =
          new CrateId(
              CrateName.parse(required("name")),
              CrateVersion.parse(required("version")),
              Sha256.parse(required("cksum")));
      String expires = texts.get("expires");
      String delta = texts.get("delta");
      return new Decision(
          kind,
          id,
          Instant.parse(required("at")),
          required("by"),
          required("text"),
          expires == null ? null : Instant.parse(expires),
          lists.getOrDefault("criteria", List.of()),
          lists.getOrDefault("evidence", List.of()),
          delta == null ? null : CrateVersion.parse(delta),
          lists.getOrDefault("waives", List.of()),
          context());
    }

    /// A way of sign-in that this program does not know is left out.
    private @Nullable SignInMethod signIn() {
      String code = texts.get("sign_in");
      return code == null ? null : Coded.find(SignInMethod.class, code).orElse(null);
    }

    private @Nullable DecisionContext context() {
      String policy = texts.get("policy");
      return policy == null
          ? null
          : new DecisionContext(
              texts.get("token"),
              signIn(),
              lists.getOrDefault("reading", List.of()),
              policy,
              Integer.parseInt(required("inspector")),
              lists.getOrDefault("feeds", List.of()),
              lists.getOrDefault("advisories", List.of()));
    }

    private Notice notice(String code) {
      Notice.Kind kind =
          Coded.find(Notice.Kind.class, code)
              .orElseThrow(() -> new MalformedException("it has the unknown kind '" + code + "'"));
      String name = texts.get("name");
      return new Notice(
          kind,
          Instant.parse(required("at")),
          required("by"),
          name == null ? null : CrateName.parse(name),
          texts.get("version"),
          required("text"));
    }

    private String required(String key) {
      String value = texts.get(key);
      if (value == null) {
        throw new MalformedException("it lacks '" + key + "'");
      }
      return value;
    }
  }
}
