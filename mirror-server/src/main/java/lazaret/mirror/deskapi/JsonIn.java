package lazaret.mirror.deskapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// A JSON object from a caller, read within limits. A field that the handler does not read is a
/// mistake of the caller. A misspelt `expires`, for example, would make an approval permanent. Not
/// thread-safe.
final class JsonIn {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_VALUES = 200_000;
  private static final int FEW_VALUES = 1_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(DeskRoute.Body.JSON.maxBytes())
                  .maxNameLength(256)
                  .maxNumberLength(32)
                  .build())
          .build();

  private final Map<String, Object> fields;
  private final Set<String> unread;

  private JsonIn(Map<String, Object> fields) {
    this.fields = fields;
    this.unread = new LinkedHashSet<>(fields.keySet());
  }

  /// Reads one object with few values, for requests of callers that may only read. Without this
  /// limit, 600 KB of empty objects would use twenty times as much heap.
  ///
  /// @throws MalformedException if the body is not a JSON object, has a key twice or exceeds a
  ///   limit
  static JsonIn parseSmall(Bytes body) {
    return parse(body, FEW_VALUES);
  }

  /// Reads one object; an empty body is an empty object.
  ///
  /// @throws MalformedException if the body is not a JSON object, has a key twice or exceeds a
  ///   limit
  static JsonIn parse(Bytes body) {
    return parse(body, MAX_VALUES);
  }

  private static JsonIn parse(Bytes body, int maxValues) {
    if (body.length() == 0) {
      return new JsonIn(Map.of());
    }
    try (JsonParser json = FACTORY.createParser(body.array())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException("cannot read the request: expected a JSON object");
      }
      Map<String, Object> fields = new Reading(json, maxValues).object();
      if (json.nextToken() != null) {
        throw new MalformedException("cannot read the request: something follows the JSON object");
      }
      return new JsonIn(fields);
    } catch (IOException e) {
      throw new MalformedException(
          "cannot read the request: it is not JSON within the limits of "
              + MAX_DEPTH
              + " levels and "
              + maxValues
              + " values",
          e);
    }
  }

  /// Returns a required text.
  ///
  /// @throws MalformedException if it is missing
  String text(String name) {
    String value = textOrNull(name);
    if (value == null) {
      throw new MalformedException("cannot read the request: '" + name + "' is missing");
    }
    return value;
  }

  /// Returns a text, or null if it is absent.
  @Nullable String textOrNull(String name) {
    return typed(name, String.class, "a string");
  }

  /// Returns a flag, or false if it is absent.
  boolean flag(String name) {
    Boolean value = typed(name, Boolean.class, "true or false");
    return value != null && value;
  }

  /// Returns a time, or null if it is absent.
  @Nullable Instant momentOrNull(String name) {
    String value = textOrNull(name);
    if (value == null) {
      return null;
    }
    try {
      return Instant.parse(value);
    } catch (DateTimeException e) {
      throw new MalformedException(
          "cannot read the request: '%s' is '%s', expected a moment like 2026-12-31T00:00:00Z"
              .formatted(name, Excerpt.of(value)),
          e);
    }
  }

  /// Returns a list of texts; empty if it is absent.
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object value : list(name)) {
      if (!(value instanceof String text)) {
        throw new MalformedException(
            "cannot read the request: '" + name + "' is not a list of strings");
      }
      texts.add(text);
    }
    return texts;
  }

  /// Returns a list of objects; empty if it is absent.
  List<JsonIn> objects(String name) {
    List<JsonIn> objects = new ArrayList<>();
    for (Object value : list(name)) {
      if (!(value instanceof Fields object)) {
        throw new MalformedException(
            "cannot read the request: '" + name + "' is not a list of objects");
      }
      objects.add(new JsonIn(object.map()));
    }
    return objects;
  }

  /// Checks that every field was read.
  ///
  /// @throws MalformedException naming the fields that were not
  void done() {
    if (!unread.isEmpty()) {
      throw new MalformedException(
          "cannot read the request: unknown field '"
              + Excerpt.of(String.join("', '", unread))
              + "'");
    }
  }

  private List<?> list(String name) {
    List<?> value = typed(name, List.class, "a list");
    return value == null ? List.of() : value;
  }

  private <T> @Nullable T typed(String name, Class<T> type, String expected) {
    unread.remove(name);
    Object value = fields.get(name);
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value)) {
      throw new MalformedException("cannot read the request: '" + name + "' is not " + expected);
    }
    return type.cast(value);
  }

  /// A nested object.
  private record Fields(Map<String, Object> map) {}

  /// One run of the parser over a document. The constraints of the factory limit the depth.
  private static final class Reading {
    private final JsonParser json;
    private final int maxValues;
    private int values;

    private Reading(JsonParser json, int maxValues) {
      this.json = json;
      this.maxValues = maxValues;
    }

    private Map<String, Object> object() throws IOException {
      Map<String, Object> fields = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        Object value = value();
        if (value != null) {
          fields.put(name, value);
        }
      }
      return fields;
    }

    private @Nullable Object value() throws IOException {
      if (++values > maxValues) {
        throw new MalformedException(
            "cannot read the request: it has more than " + maxValues + " values");
      }
      return switch (json.currentToken()) {
        case VALUE_STRING -> json.getText();
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> null;
        case VALUE_NUMBER_INT -> json.getLongValue();
        case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
        case START_OBJECT -> new Fields(object());
        case START_ARRAY -> array();
        case null, default ->
            throw new MalformedException("cannot read the request: it ends too early");
      };
    }

    private List<Object> array() throws IOException {
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        Object value = value();
        if (value != null) {
          list.add(value);
        }
      }
      return list;
    }
  }
}
