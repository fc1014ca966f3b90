package lazaret.conformance.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON object. Numbers are texts, and a value null counts as absent.
///
/// @param values the values: texts, truth values, [RegistryJson], or lists
public record RegistryJson(Map<String, Object> values) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /// Reads an object; empty if the text is not one.
  public static Optional<RegistryJson> parse(String text) {
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      RegistryJson fields = object(json);
      return json.nextToken() == null ? Optional.of(fields) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static RegistryJson object(JsonParser json) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      Object value = value(json);
      if (value != null) {
        values.put(key, value);
      }
    }
    return new RegistryJson(values);
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (Objects.requireNonNull(json.currentToken())) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          Object value = value(json);
          if (value != null) {
            list.add(value);
          }
        }
        yield list;
      }
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> json.getText();
    };
  }

  /// Returns whether there is a field with a value other than null.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// Returns a value as a text: of a text, a number or a truth value; empty if there is none.
  public String text(String name) {
    Object value = values.get(name);
    return value == null ? "" : value.toString();
  }

  /// Returns an object; one without fields if there is none.
  public RegistryJson object(String name) {
    return values.get(name) instanceof RegistryJson fields ? fields : new RegistryJson(Map.of());
  }

  /// Returns the objects of a list; empty without a list.
  public List<RegistryJson> objects(String name) {
    return list(name).stream()
        .filter(RegistryJson.class::isInstance)
        .map(RegistryJson.class::cast)
        .toList();
  }

  /// Returns the texts of a list; empty without a list.
  public List<String> texts(String name) {
    return list(name).stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  /// Returns whether a field is a list.
  public boolean isList(String name) {
    return values.get(name) instanceof List;
  }

  private List<?> list(String name) {
    return values.get(name) instanceof List<?> list ? list : List.of();
  }
}
