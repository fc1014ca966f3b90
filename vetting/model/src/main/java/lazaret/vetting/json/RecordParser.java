package lazaret.vetting.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.vetting.MalformedException;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// A reader of records from JSON by reflection, without databind. A command is a process of its
/// own, and the start of databind takes a tenth of the time of a short one.
///
/// It reads documents that [RecordCodec] accepts, and refuses all others without a description.
/// Unions whose `kind` is not the first field are refused as well. The codec gives a refused
/// document to databind, which reads it or describes the fault. Thread-safe.
final class RecordParser {
  private final Map<Class<?>, TextType<?>> textTypes;
  private final Map<Class<?>, RecordForm> forms = new ConcurrentHashMap<>();

  RecordParser(Map<Class<?>, TextType<?>> textTypes) {
    this.textTypes = textTypes;
  }

  /// Reads a document.
  ///
  /// @throws IOException if the document is refused, with or without a fault of the document
  <T extends Record> T read(Class<T> type, JsonParser json) throws IOException {
    json.nextToken();
    T value = type.cast(record(type, json));
    if (json.nextToken() != null) {
      throw refused();
    }
    return value;
  }

  private Object record(Class<?> type, JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT);
    return form(type).fields(json);
  }

  private RecordForm form(Class<?> type) throws IOException {
    RecordForm known = forms.get(type);
    if (known == null) {
      known = created(type);
      forms.put(type, known);
    }
    return known;
  }

  private RecordForm created(Class<?> type) throws IOException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] parameters = new Class<?>[components.length];
    Map<String, Field> fields = new HashMap<>();
    List<Inlined> inlined = new ArrayList<>();
    int places = components.length;
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      parameters[i] = component.getType();
      if (component.isAnnotationPresent(Inline.class)) {
        Inlined part = new Inlined(i, places, form(component.getType()));
        part.form().fields().forEach((name, field) -> fields.put(name, field.after(part.from())));
        inlined.add(part);
        places += part.form().places();
        continue;
      }
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      Object absent = nullable ? null : absent(component.getType());
      fields.put(
          RecordCodec.name(component),
          new Field(i, form(component.getGenericType()), absent, nullable));
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return new RecordForm(constructor, places, fields, inlined);
    } catch (NoSuchMethodException e) {
      throw new IOException(e);
    }
  }

  /// Returns the value of a missing field; null if the field is required.
  private static @Nullable Object absent(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == List.class) {
      return List.of();
    }
    return type == Map.class ? Map.of() : null;
  }

  private ValueForm form(Type generic) throws IOException {
    if (generic instanceof ParameterizedType type) {
      Type[] arguments = type.getActualTypeArguments();
      if (type.getRawType() == List.class) {
        return new Items(form(arguments[0]));
      }
      require(type.getRawType() == Map.class && arguments[0] == String.class);
      return new Entries(form(arguments[1]));
    }
    require(generic instanceof Class<?>);
    Class<?> type = (Class<?>) generic;
    TextType<?> text = textTypes.get(type);
    if (text != null) {
      return new SpecialText(text);
    }
    if (type.isRecord()) {
      return new Nested(this, type);
    }
    if (type.isEnum()) {
      return constants(type);
    }
    return type.isInterface() && RecordIntrospector.isUnion(type)
        ? union(type)
        : new Scalar(scalar(type));
  }

  private static ValueForm constants(Class<?> type) {
    Map<String, Object> byWord = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      byWord.put(KebabCase.of((Enum<?>) constant), constant);
    }
    return new Constant(byWord);
  }

  private ValueForm union(Class<?> type) {
    Map<String, Class<?>> byKind = new HashMap<>();
    for (Class<?> each : type.getPermittedSubclasses()) {
      byKind.put(KebabCase.of(each), each);
    }
    return new Union(this, byKind);
  }

  private static ScalarType scalar(Class<?> type) throws IOException {
    if (type == String.class) {
      return ScalarType.STRING;
    }
    if (type == boolean.class || type == Boolean.class) {
      return ScalarType.BOOLEAN;
    }
    if (type == long.class || type == Long.class) {
      return ScalarType.LONG;
    }
    require(type == int.class || type == Integer.class);
    return ScalarType.INT;
  }

  private static void require(boolean holds) throws IOException {
    if (!holds) {
      throw refused();
    }
  }

  private static IOException refused() {
    return new IOException("the document has another form");
  }

  /// The component that a field has.
  ///
  /// @param index the place of the value: the position in the constructor, after the places of the
  ///   records that contain an inlined one
  /// @param absent the value if the field is missing or null; null if there is none
  /// @param nullable whether the component may be null
  private record Field(int index, ValueForm form, @Nullable Object absent, boolean nullable) {
    Field after(int from) {
      return new Field(from + index, form, absent, nullable);
    }
  }

  /// A component whose fields are among those of the outer record.
  ///
  /// @param index the position in the constructor of the outer record
  /// @param from the place of its first value among those of the outer record
  private record Inlined(int index, int from, RecordForm form) {}

  /// The form of a record.
  ///
  /// @param places the number of values: of the components, then of each inlined record
  /// @param fields the fields by name, with those of inlined records
  private record RecordForm(
      Constructor<?> constructor, int places, Map<String, Field> fields, List<Inlined> inlined) {
    /// Reads the fields after the first token of the object, or after the kind of a union.
    Object fields(JsonParser json) throws IOException {
      @Nullable Object[] values = new @Nullable Object[places];
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        Field field = fields.get(json.currentName());
        JsonToken token = json.nextToken();
        if (field == null) {
          json.skipChildren();
        } else if (token != JsonToken.VALUE_NULL) {
          values[field.index()] = field.form().read(json);
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT);
      for (Field field : fields.values()) {
        if (values[field.index()] == null) {
          values[field.index()] = field.absent();
          require(field.absent() != null || field.nullable());
        }
      }
      try {
        return made(values, 0);
      } catch (ReflectiveOperationException e) {
        throw new IOException(e);
      }
    }

    private Object made(@Nullable Object[] values, int from) throws ReflectiveOperationException {
      for (Inlined part : inlined) {
        values[from + part.index()] = part.form().made(values, from + part.from());
      }
      return constructor.newInstance(
          Arrays.copyOfRange(values, from, from + constructor.getParameterCount()));
    }
  }

  /// The form of a value. The current token of the parser is the first of the value.
  private sealed interface ValueForm {
    Object read(JsonParser json) throws IOException;
  }

  private enum ScalarType {
    STRING,
    BOOLEAN,
    INT,
    LONG
  }

  private record Scalar(ScalarType type) implements ValueForm {
    @Override
    public Object read(JsonParser json) throws IOException {
      JsonToken token = json.currentToken();
      return switch (type) {
        case STRING -> {
          require(token == JsonToken.VALUE_STRING);
          yield json.getText();
        }
        case BOOLEAN -> {
          require(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE);
          yield token == JsonToken.VALUE_TRUE;
        }
        case INT -> {
          require(token == JsonToken.VALUE_NUMBER_INT);
          yield json.getIntValue();
        }
        case LONG -> {
          require(token == JsonToken.VALUE_NUMBER_INT);
          yield json.getLongValue();
        }
      };
    }
  }

  private record SpecialText(TextType<?> type) implements ValueForm {
    @Override
    public Object read(JsonParser json) throws IOException {
      require(json.currentToken() == JsonToken.VALUE_STRING);
      try {
        return type.reader().apply(json.getText());
      } catch (IllegalArgumentException | DateTimeException | MalformedException e) {
        throw new IOException(e);
      }
    }
  }

  private record Constant(Map<String, Object> byWord) implements ValueForm {
    @Override
    public Object read(JsonParser json) throws IOException {
      require(json.currentToken() == JsonToken.VALUE_STRING);
      Object constant = byWord.get(json.getText());
      if (constant == null) {
        throw refused();
      }
      return constant;
    }
  }

  private record Nested(RecordParser reader, Class<?> type) implements ValueForm {
    @Override
    public Object read(JsonParser json) throws IOException {
      return reader.record(type, json);
    }
  }

  private record Union(RecordParser reader, Map<String, Class<?>> byKind) implements ValueForm {
    @Override
    public Object read(JsonParser json) throws IOException {
      require(json.currentToken() == JsonToken.START_OBJECT);
      require(
          RecordIntrospector.KIND.equals(json.nextFieldName())
              && json.nextToken() == JsonToken.VALUE_STRING);
      Class<?> type = byKind.get(json.getText());
      if (type == null) {
        throw refused();
      }
      return reader.form(type).fields(json);
    }
  }

  private record Items(ValueForm item) implements ValueForm {
    @Override
    public Object read(JsonParser json) throws IOException {
      require(json.currentToken() == JsonToken.START_ARRAY);
      List<Object> items = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        items.add(item.read(json));
      }
      return items;
    }
  }

  private record Entries(ValueForm value) implements ValueForm {
    @Override
    public Object read(JsonParser json) throws IOException {
      require(json.currentToken() == JsonToken.START_OBJECT);
      Map<String, Object> entries = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        entries.put(name, value.read(json));
      }
      require(json.currentToken() == JsonToken.END_OBJECT);
      return entries;
    }
  }
}
