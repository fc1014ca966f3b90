package lazaret.cli.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A JSON object with ordered fields, for reading or writing. A field that is missing, `null` or of
/// another type counts as absent, unless a method states otherwise. This way a command that does
/// not need a field still works if another version of the gate omits it.
///
/// @param fields values by name: `String`, `Long`, `Double`, `Boolean`, [JsonObject] or a `List` of
///   these
public record JsonObject(Map<String, Object> fields) {
  /// The object without fields.
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  /// Compares the fields, like the generated method of the record. It is written out like
  /// [#hashCode], because the JDK creates the generated methods at their first call, which delays
  /// every command.
  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
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

  /// Returns a builder without fields.
  public static Builder builder() {
    return new Builder();
  }

  /// Returns a builder with the fields of this object.
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.fields.putAll(fields);
    return builder;
  }

  /// A builder of an object. Null values are omitted. Not thread-safe.
  public static final class Builder {
    private Map<String, Object> fields = new LinkedHashMap<>();

    private Builder() {}

    /// Adds a text, unless it is null.
    public Builder put(String name, @Nullable String value) {
      return add(name, value);
    }

    /// Adds a number.
    public Builder put(String name, long value) {
      return add(name, value);
    }

    /// Adds a boolean.
    public Builder put(String name, boolean value) {
      return add(name, value);
    }

    /// Adds an object.
    public Builder put(String name, JsonObject value) {
      return add(name, value);
    }

    /// Adds a list of texts.
    public Builder texts(String name, Collection<String> values) {
      return add(name, List.copyOf(values));
    }

    /// Adds a list of objects.
    ///
    /// @param form the conversion of a value into an object
    public <T> Builder list(String name, Collection<T> values, Function<T, JsonObject> form) {
      List<JsonObject> objects = new ArrayList<>();
      values.forEach(v -> objects.add(form.apply(v)));
      return add(name, List.copyOf(objects));
    }

    private Builder add(String name, @Nullable Object value) {
      if (value != null) {
        fields.put(name, value);
      }
      return this;
    }

    /// Returns the object. The builder is empty afterwards.
    public JsonObject build() {
      Map<String, Object> built = fields;
      fields = new LinkedHashMap<>();
      return new JsonObject(built);
    }
  }
}
