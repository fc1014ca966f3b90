package lazaret.vetting.advisory.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.JsonReader;
import org.jspecify.annotations.Nullable;

/// A reader of one OSV record. Unknown fields and known fields of another type are skipped. A
/// record that names no crate is ignored.
///
/// Source: OSV schema 1.7; for `affected[].database_specific` the exports of RustSec and OpenSSF's
/// malicious packages, which contain kind, malice and weaknesses there; for `iocs` the latter.
public final class OsvReader {
  private static final int MAX_DEPTH = 32;
  private static final JsonReader JSON =
      JsonReader.of(new JsonLimits(FeedReader.MAX_RECORD, MAX_DEPTH, FeedReader.MAX_RECORD));

  private OsvReader() {}

  /// Reads a record.
  ///
  /// @param feed name of the feed
  /// @param document record in UTF-8; the caller limits its length
  public static RecordOutcome read(String feed, Bytes document) {
    try (JsonParser json = JSON.stream(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new RecordOutcome.Malformed("expected a JSON object");
      }
      var record = new OsvRecord();
      object(json, key -> record(key, json, record));
      if (json.nextToken() != null) {
        return new RecordOutcome.Malformed("something follows the JSON object");
      }
      return record.outcome(feed);
    } catch (IOException _) {
      return new RecordOutcome.Malformed("expected one JSON object in UTF-8, each key once");
    } catch (MalformedException e) {
      return new RecordOutcome.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private static void record(String key, JsonParser json, OsvRecord record) throws IOException {
    switch (key) {
      case "id" -> record.id = text(json);
      case "modified" -> record.modified = text(json);
      case "published" -> record.published = text(json);
      case "withdrawn" -> record.withdrawn = text(json);
      case "summary" -> record.summary = text(json);
      case "details" -> record.details = text(json);
      case "aliases" -> texts(json, record.aliases);
      case "severity" -> severities(json, record.vectors);
      case "references" -> array(json, () -> reference(json, record));
      case "affected" -> array(json, () -> affected(json, record));
      case "database_specific" -> object(json, inner -> databaseSpecific(inner, json, record));
      default -> json.skipChildren();
    }
  }

  private static void databaseSpecific(String key, JsonParser json, OsvRecord record)
      throws IOException {
    switch (key) {
      case "severity" -> record.word = text(json);
      case "cwe_ids" -> texts(json, record.cwes);
      case "iocs" -> object(json, inner -> iocs(inner, json, record));
      default -> json.skipChildren();
    }
  }

  private static void iocs(String key, JsonParser json, OsvRecord record) throws IOException {
    switch (key) {
      case "domains", "urls", "ips" -> texts(json, record.indicators);
      case "files" ->
          array(
              json,
              () ->
                  object(
                      json,
                      inner -> {
                        if (inner.equals("digests")) {
                          object(json, digest -> digest(digest, json, record));
                        } else {
                          json.skipChildren();
                        }
                      }));
      default -> json.skipChildren();
    }
  }

  private static void digest(String key, JsonParser json, OsvRecord record) throws IOException {
    if (key.equals("sha256")) {
      String digest = text(json);
      if (digest != null) {
        OsvRecord.add(record.digests, digest);
      }
    } else {
      json.skipChildren();
    }
  }

  private static void reference(JsonParser json, OsvRecord record) throws IOException {
    var reference = new @Nullable String[2];
    object(
        json,
        key -> {
          switch (key) {
            case "type" -> reference[0] = text(json);
            case "url" -> reference[1] = text(json);
            default -> json.skipChildren();
          }
        });
    String type = reference[0];
    if (record.url == null || ("ADVISORY".equals(type) && !record.urlIsAdvisory)) {
      record.url = reference[1];
      record.urlIsAdvisory = "ADVISORY".equals(type);
    }
  }

  private static void affected(JsonParser json, OsvRecord record) throws IOException {
    var crate = new OsvAffected();
    object(
        json,
        key -> {
          switch (key) {
            case "package" ->
                object(
                    json,
                    inner -> {
                      switch (inner) {
                        case "ecosystem" -> crate.ecosystem = text(json);
                        case "name" -> crate.name = text(json);
                        default -> json.skipChildren();
                      }
                    });
            case "severity" -> severities(json, crate.vectors);
            case "versions" -> texts(json, crate.versions);
            case "ranges" -> array(json, () -> range(json, crate));
            case "database_specific" -> object(json, inner -> ofPackage(inner, json, crate));
            case "ecosystem_specific" -> object(json, inner -> ofEcosystem(inner, json, crate));
            default -> json.skipChildren();
          }
        });
    record.add(crate);
  }

  private static void ofPackage(String key, JsonParser json, OsvAffected affected)
      throws IOException {
    switch (key) {
      case "categories" -> texts(json, affected.categories);
      case "informational" -> affected.informational = text(json);
      case "cvss" -> affected.cvss = text(json);
      case "cwes" ->
          array(
              json,
              () ->
                  object(
                      json,
                      inner -> {
                        String cwe = inner.equals("cweId") ? text(json) : null;
                        if (cwe != null) {
                          OsvRecord.add(affected.cwes, cwe);
                        } else {
                          json.skipChildren();
                        }
                      }));
      default -> json.skipChildren();
    }
  }

  private static void ofEcosystem(String key, JsonParser json, OsvAffected affected)
      throws IOException {
    if (!key.equals("affects")) {
      json.skipChildren();
      return;
    }
    object(
        json,
        inner -> {
          switch (inner) {
            case "functions" -> texts(json, affected.functions);
            case "arch" -> texts(json, affected.arch);
            case "os" -> texts(json, affected.os);
            default -> json.skipChildren();
          }
        });
  }

  private static void range(JsonParser json, OsvAffected affected) throws IOException {
    var type = new @Nullable String[1];
    List<OsvEvents.Event> events = new ArrayList<>();
    object(
        json,
        key -> {
          switch (key) {
            case "type" -> type[0] = text(json);
            case "events" ->
                array(json, () -> object(json, inner -> event(inner, text(json), events)));
            default -> json.skipChildren();
          }
        });
    // GIT ranges have commits. The order of the other ranges is that of SemVer for crates.
    if ("SEMVER".equals(type[0]) || "ECOSYSTEM".equals(type[0])) {
      affected.ranges.add(OsvEvents.ranges(events));
    }
  }

  private static void event(String key, @Nullable String version, List<OsvEvents.Event> events) {
    if (version != null) {
      if (events.size() == RecordFields.MAX_TEXTS) {
        throw new MalformedException(
            "expected at most " + RecordFields.MAX_TEXTS + " events in a range, found more");
      }
      events.add(new OsvEvents.Event(key, version));
    }
  }

  private static void severities(JsonParser json, List<String> vectors) throws IOException {
    array(
        json,
        () ->
            object(
                json,
                key -> {
                  String vector = key.equals("score") ? text(json) : null;
                  if (vector != null) {
                    OsvRecord.add(vectors, vector);
                  } else {
                    json.skipChildren();
                  }
                }));
  }

  private static void texts(JsonParser json, List<String> into) throws IOException {
    array(
        json,
        () -> {
          String text = text(json);
          if (text != null) {
            OsvRecord.add(into, text);
          }
        });
  }

  /// Returns the current text, or null if the current value is of another type, which is then
  /// skipped.
  private static @Nullable String text(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  private interface Part {
    void read() throws IOException;
  }

  private interface Field {
    void read(String key) throws IOException;
  }

  private static void object(JsonParser json, Field field) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      field.read(key);
    }
  }

  private static void array(JsonParser json, Part part) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      part.read();
    }
  }
}
