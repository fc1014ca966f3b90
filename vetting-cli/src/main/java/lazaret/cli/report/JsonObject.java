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

/// A JSON object, read or to be written, with its fields in order. A field that is missing, `null`
/// or of another type than asked for counts as not there, except where a method says otherwise:
/// what an answer of another version of the gate leaves out must not end a command that can do
/// without.
///
/// @param fields values are `String`, `Long`, `Double`, `Boolean`, [JsonObject] or a `List` of
///   these
public record JsonObject(Map<String, Object> fields) {
  /// The object without fields.
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  /// As a record has it. Written out like [#hashCode], since every command would wait for what the
  /// JDK makes of a record at the first call.
  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /// Returns a text; empty where there is none.
  public Optional<String> text(String name) {
    return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /// Returns a text, or the empty text.
  public String words(String name) {
    return text(name).orElse("");
  }

  /// Returns a number, or 0.
  public long number(String name) {
    return fields.get(name) instanceof Long number ? number : 0;
  }

  /// Returns a flag, or false.
  public boolean flag(String name) {
    return fields.get(name) instanceof Boolean flag && flag;
  }

  /// Returns an object, or the empty one.
  public JsonObject object(String name) {
    return fields.get(name) instanceof JsonObject object ? object : EMPTY;
  }

  /// Returns whether a field is there.
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /// Returns the objects of a list, or none.
  public List<JsonObject> objects(String name) {
    return items(name, JsonObject.class);
  }

  /// Returns the texts of a list, or none.
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

  /// Starts an object to be written.
  public static Builder builder() {
    return new Builder();
  }

  /// Starts an object that has these fields and more.
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.fields.putAll(fields);
    return builder;
  }

  /// Collects fields; what is null is left out. Not thread-safe.
  public static final class Builder {
    private Map<String, Object> fields = new LinkedHashMap<>();

    private Builder() {}

    /// Adds a text.
    public Builder put(String name, @Nullable String value) {
      return add(name, value);
    }

    /// Adds a number.
    public Builder put(String name, long value) {
      return add(name, value);
    }

    /// Adds a flag.
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

    /// Returns the object; the next one begins without fields.
    public JsonObject build() {
      Map<String, Object> built = fields;
      fields = new LinkedHashMap<>();
      return new JsonObject(built);
    }
  }
}
