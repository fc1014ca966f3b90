package lazaret.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// A JSON object with ordered fields. A field that is missing, `null` or of another type counts as
/// absent, so that a test reads only what it is about.
///
/// @param fields values by name: `String`, `Long`, `Double`, `Boolean`, [JsonObject] or a `List` of
///   these
public record JsonObject(Map<String, Object> fields) {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  /// Reads one object.
  ///
  /// @throws MalformedException if the text is not a JSON object, or if text follows it
  public static JsonObject parse(String text) {
    return parse(Bytes.utf8(text));
  }

  /// Reads one object.
  ///
  /// @throws MalformedException if the bytes are not a JSON object, or if text follows it
  public static JsonObject parse(Bytes text) {
    try (JsonParser json = FACTORY.createParser(text.array())) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        JsonObject object = object(json);
        if (json.nextToken() == null) {
          return object;
        }
      }
    } catch (IOException e) {
      throw new MalformedException("cannot read JSON: expected one object", e);
    }
    throw new MalformedException("cannot read JSON: expected one object, found another document");
  }

  private static JsonObject object(JsonParser json) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      Object value = value(json, json.nextToken());
      if (value != null) {
        fields.put(name, value);
      }
    }
    return new JsonObject(fields);
  }

  private static List<Object> array(JsonParser json) throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      Object item = value(json, token);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  private static @Nullable Object value(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new MalformedException("cannot read JSON: expected a value, found " + token);
    };
  }

  /// Returns a text field, or empty if it is absent.
  public Optional<String> text(String name) {
    return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /// Returns a text field, or the empty text if it is absent.
  public String words(String name) {
    return text(name).orElse("");
  }

  /// Returns a number field, or 0 if it is absent.
  public long number(String name) {
    return fields.get(name) instanceof Long number ? number : 0;
  }

  /// Returns a boolean field, or false if it is absent.
  public boolean flag(String name) {
    return fields.get(name) instanceof Boolean flag && flag;
  }

  /// Returns an object field, or the object without fields if it is absent.
  public JsonObject object(String name) {
    return fields.get(name) instanceof JsonObject object ? object : EMPTY;
  }

  /// Returns whether a field is present.
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /// Returns the objects of a list, or an empty list if it is absent.
  public List<JsonObject> objects(String name) {
    return items(name, JsonObject.class);
  }

  /// Returns the texts of a list, or an empty list if it is absent.
  public List<String> texts(String name) {
    return items(name, String.class);
  }

  private <T> List<T> items(String name, Class<T> type) {
    List<T> items = new ArrayList<>();
    if (fields.get(name) instanceof List<?> list) {
      for (Object item : list) {
        if (type.isInstance(item)) {
          items.add(type.cast(item));
        }
      }
    }
    return Collections.unmodifiableList(items);
  }
}
