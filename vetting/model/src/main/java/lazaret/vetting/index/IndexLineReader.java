package lazaret.vetting.index;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.json.JsonReader;
import org.jspecify.annotations.Nullable;

/// A reader of the lines of one index file. It keeps repeated names and requirements as one object.
/// Not thread-safe.
///
/// The required fields and their forms are those of cargo (Cargo reference, *Registry Index*, *JSON
/// schema*). A line that cargo would skip is refused.
final class IndexLineReader {
  private static final JsonReader DEFAULT_READER = JsonReader.of(IndexLimits.DEFAULT.json());

  /// The limits for stored lines, which were within the limits when they arrived.
  private static final IndexLimits HELD =
      new IndexLimits(
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE);

  private static final JsonReader STORED = JsonReader.of(HELD.json());

  private final IndexLimits limits;
  private final JsonReader reader;
  private final IndexDependencyReader dependencies;
  private final CheckedLineReader.Known known = CheckedLineReader.Known.none();

  IndexLineReader(IndexLimits limits) {
    this.limits = limits;
    this.reader =
        limits.equals(IndexLimits.DEFAULT) ? DEFAULT_READER : JsonReader.of(limits.json());
    this.dependencies = new IndexDependencyReader(limits);
  }

  /// Reads a line.
  ///
  /// @param line bytes of the line without its line break
  /// @throws IndexLineFault if the line must not be relayed
  IndexEntry read(Bytes line) throws IndexLineFault {
    IndexEntry plain = CheckedLineReader.read(line, limits, known);
    return plain == null ? readAny(line) : plain;
  }

  /// Reads a line in any form of JSON, with its dependencies.
  ///
  /// @throws IndexLineFault if the line must not be relayed
  IndexEntry readAny(Bytes line) throws IndexLineFault {
    String text = IndexLineBytes.decode(line, limits.lineBytes());
    var fields = new IndexLineFields();
    try (JsonParser json = reader.stream(text)) {
      walk(json, fields);
    } catch (StreamConstraintsException e) {
      throw new IndexLineFault(
          OmissionReason.OVER_LIMIT, fields.vers, "nested or spread beyond limits");
    } catch (IOException e) {
      throw unreadable(text);
    }
    return fields.entry(line);
  }

  private void walk(JsonParser json, IndexLineFields fields) throws IOException, IndexLineFault {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "name" -> fields.name = text(fields, key, json, value);
        case "vers" -> fields.vers = text(fields, key, json, value);
        case "cksum" -> fields.cksum = text(fields, key, json, value);
        case "deps" -> fields.deps = dependencies.read(json, fields);
        case "features" -> features(fields, key, json, value, null);
        case "features2" -> {
          if (value != JsonToken.VALUE_NULL) {
            features(fields, key, json, value, null);
          }
        }
        case "yanked" -> fields.yanked = optionalFlag(fields, key, json, value);
        case "links" -> fields.links = optionalText(fields, key, json, value);
        case "rust_version" -> fields.rustVersion = optionalText(fields, key, json, value);
        case "pubtime" -> fields.pubtime = optionalText(fields, key, json, value);
        case "v" -> fields.v = schemaVersion(fields, json, value);
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      // A second object in the line: cargo ignores it, another reader may accept it.
      fields.fault(OmissionReason.NOT_JSON, "something follows the JSON object");
    }
  }

  static @Nullable String text(IndexLineFields fields, String key, JsonParser json, JsonToken value)
      throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      String text = json.getText();
      // Readers disagree on an unpaired surrogate, which only an escape can produce.
      if (isWellFormed(text)) {
        return text;
      }
    }
    fields.fault(OmissionReason.INVALID, "'" + key + "' is no text");
    json.skipChildren();
    return null;
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
      }
    }
    return true;
  }

  static @Nullable String optionalText(
      IndexLineFields fields, String key, JsonParser json, JsonToken value) throws IOException {
    return value == JsonToken.VALUE_NULL ? null : text(fields, key, json, value);
  }

  static boolean flag(IndexLineFields fields, String key, JsonParser json, JsonToken value)
      throws IOException {
    if (!value.isBoolean()) {
      fields.fault(OmissionReason.INVALID, "'" + key + "' is neither true nor false");
      json.skipChildren();
    }
    return value == JsonToken.VALUE_TRUE;
  }

  private static boolean optionalFlag(
      IndexLineFields fields, String key, JsonParser json, JsonToken value) throws IOException {
    return value != JsonToken.VALUE_NULL && flag(fields, key, json, value);
  }

  private static int schemaVersion(IndexLineFields fields, JsonParser json, JsonToken value)
      throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return 1;
    }
    if (value == JsonToken.VALUE_NUMBER_INT) {
      String digits = json.getText();
      if (digits.length() <= 10 && digits.charAt(0) != '-') {
        long v = Long.parseLong(digits);
        if (v <= 0xffff_ffffL) {
          return (int) v;
        }
      }
    }
    fields.fault(OmissionReason.INVALID, "'v' is no number of 32 bits");
    json.skipChildren();
    return 1;
  }

  static void texts(
      IndexLineFields fields, String key, JsonParser json, JsonToken value, List<String> into)
      throws IOException {
    if (value != JsonToken.START_ARRAY) {
      fields.fault(OmissionReason.INVALID, "'" + key + "' is no array");
      json.skipChildren();
      return;
    }
    for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
      @Nullable String text = text(fields, key, json, item);
      if (text != null) {
        into.add(text);
      }
    }
  }

  /// Checks a map of features and, if `into` is not null, adds them to it.
  private void features(
      IndexLineFields fields,
      String key,
      JsonParser json,
      JsonToken value,
      @Nullable Map<String, List<String>> into)
      throws IOException {
    if (value != JsonToken.START_OBJECT) {
      fields.fault(OmissionReason.INVALID, "'" + key + "' is no object");
      json.skipChildren();
      return;
    }
    var switchedOn = new ArrayList<String>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String feature = json.currentName();
      switchedOn.clear();
      texts(fields, key, json, json.nextToken(), switchedOn);
      fields.features++;
      fields.featureValues += switchedOn.size();
      if (into != null) {
        into.computeIfAbsent(feature, _ -> new ArrayList<>()).addAll(switchedOn);
      }
    }
    if (fields.features > limits.features() || fields.featureValues > 10L * limits.features()) {
      fields.fault(
          OmissionReason.OVER_LIMIT,
          "%d features that switch on %d others".formatted(fields.features, fields.featureValues));
    }
  }

  /// Returns the fault of a line that cannot be parsed, with the version if it can be found.
  private IndexLineFault unreadable(String line) {
    @Nullable String vers = null;
    try (JsonParser json = JsonReader.ofRefused(limits.json()).stream(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isVers = json.currentName().equals("vers");
        if (json.nextToken() == JsonToken.VALUE_STRING && isVers) {
          vers = json.getText();
        }
        json.skipChildren();
      }
      if (json.nextToken() == null) {
        return new IndexLineFault(
            OmissionReason.DUPLICATE_KEY, vers, "a key occurs twice in an object");
      }
    } catch (StreamConstraintsException e) {
      return new IndexLineFault(OmissionReason.OVER_LIMIT, vers, "nested or spread beyond limits");
    } catch (IOException e) {
      return new IndexLineFault(OmissionReason.NOT_JSON, vers, "broken JSON");
    }
    return new IndexLineFault(OmissionReason.NOT_JSON, vers, "something follows the JSON object");
  }

  /// Returns the dependencies of a stored line.
  ///
  /// @throws IllegalStateException if the line is not one that was parsed before
  static List<IndexDependency> dependencies(Bytes line) {
    var fields = new IndexLineFields();
    IndexDependencyReader reader = new IndexDependencyReader(HELD);
    try (JsonParser json = STORED.stream(line.text())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals("deps");
        json.nextToken();
        if (wanted) {
          return List.copyOf(reader.read(json, fields));
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a stored line is not a line of an index file", e);
    }
    throw new IllegalStateException("a stored line has no dependencies");
  }

  /// Returns the features of a stored line, with `features` and `features2` merged.
  ///
  /// @throws MalformedException if the line is not one that was parsed before
  static Map<String, List<String>> features(Bytes line) {
    var reader = new IndexLineReader(IndexLimits.DEFAULT);
    var fields = new IndexLineFields();
    var features = new LinkedHashMap<String, List<String>>();
    try (JsonParser json = STORED.stream(line.text())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        JsonToken value = json.nextToken();
        if ((key.equals("features") || key.equals("features2")) && value != JsonToken.VALUE_NULL) {
          reader.features(fields, key, json, value, features);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new MalformedException("cannot read features: expected a line of an index file", e);
    }
    features.replaceAll((_, switchedOn) -> List.copyOf(switchedOn));
    return features;
  }
}
