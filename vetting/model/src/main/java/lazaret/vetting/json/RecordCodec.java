package lazaret.vetting.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// Reads and writes records as JSON objects. Thread-safe.
///
/// - The name of a field is the name of the component in snake case.
/// - A component is a `String`, a `boolean`, an `int` or `long`, a record, an enum (in kebab case),
///   a sealed interface of records (with a field `kind`), a text type, or a `List` or `Map<String,
///   ...>` of these.
/// - A missing field is null for a `@Nullable` component, empty for a list or map, and false for a
///   boolean. Any other component is required. `null` counts as missing. Null values are not
///   written.
/// - Duplicate fields, and values of another JSON type than the component, are refused.
public final class RecordCodec {
  private final JsonFactory factory;
  private final List<TextType<?>> types;
  private final Map<Class<?>, TextType<?>> textTypes;
  private final UnknownFields unknown;
  private final JsonFaults faults;
  private final RecordParser records;
  private volatile @Nullable Mapping mapping;

  /// The state of databind, made at its first use, because that takes a tenth of the time of a
  /// short command.
  private record Mapping(JsonMapper mapper, ObjectReader reader) {}

  private RecordCodec(
      JsonFactory factory, List<TextType<?>> types, UnknownFields unknown, JsonFaults faults) {
    this.factory = factory;
    this.types = types;
    this.textTypes = byClass(types);
    this.unknown = unknown;
    this.faults = faults;
    this.records = new RecordParser(textTypes);
  }

  /// Creates a codec.
  ///
  /// @param document the document in messages: `the request`
  public static RecordCodec of(
      List<TextType<?>> types, JsonLimits limits, UnknownFields unknown, String document) {
    return new RecordCodec(
        factory(limits), types, unknown, new JsonFaults(document, limits, byClass(types)));
  }

  private static Map<Class<?>, TextType<?>> byClass(List<TextType<?>> types) {
    Map<Class<?>, TextType<?>> byClass = new HashMap<>();
    types.forEach(each -> byClass.put(each.type(), each));
    return Map.copyOf(byClass);
  }

  private Mapping mapping() {
    Mapping made = mapping;
    if (made == null) {
      synchronized (this) {
        made = mapping;
        if (made == null) {
          made = createMapping();
          mapping = made;
        }
      }
    }
    return made;
  }

  private Mapping createMapping() {
    JsonMapper mapper = mapper(factory, types);
    ObjectReader reader =
        unknown == UnknownFields.REFUSED
            ? mapper.reader(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            : mapper.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    return new Mapping(mapper, reader);
  }

  private static JsonMapper mapper(JsonFactory factory, List<TextType<?>> types) {
    JsonMapper.Builder builder =
        JsonMapper.builder(factory)
            .annotationIntrospector(new RecordIntrospector())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      builder.withCoercionConfig(
          LogicalType.Textual, config -> config.setCoercion(shape, CoercionAction.Fail));
    }
    SimpleModule module = new SimpleModule();
    module.addDeserializer(long.class, new NumberDeserializer<>(long.class, Long::valueOf));
    module.addDeserializer(int.class, new NumberDeserializer<>(int.class, Math::toIntExact));
    types.forEach(each -> add(module, each));
    return builder.addModule(module).build();
  }

  private static <T> void add(SimpleModule module, TextType<T> type) {
    module.addSerializer(type.type(), new TextSerializer<>(type));
    module.addDeserializer(type.type(), new TextDeserializer<>(type));
  }

  private static JsonFactory factory(JsonLimits limits) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxDocumentLength(limits.maxBytes())
                .maxStringLength(limits.maxBytes())
                .maxTokenCount(limits.maxTokens())
                .maxNameLength(256)
                .maxNumberLength(32)
                .build())
        .build();
  }

  /// Returns the name of the field of a component.
  public static String name(RecordComponent component) {
    return SnakeCaseStrategy.INSTANCE.translate(component.getName());
  }

  /// Writes a record.
  public Bytes encode(Record value) {
    return encode(value, Integer.MAX_VALUE);
  }

  /// Writes a record of a bounded size.
  ///
  /// @throws MalformedException if the document has more bytes than the limit
  public Bytes encode(Record value, int maxBytes) {
    return written(maxBytes, out -> mapping().mapper().writeValue(out, value));
  }

  /// Writes some fields.
  ///
  /// @param fields values of types that components may have, by the name of their field
  public Bytes encode(Map<String, Object> fields) {
    return written(
        Integer.MAX_VALUE,
        out -> {
          try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
              json.writeFieldName(field.getKey());
              write(json, field.getValue());
            }
            json.writeEndObject();
          }
        });
  }

  /// Writes a value. Only records and maps need databind, which few requests have. The types are
  /// tested one by one, because the JDK generates a class for a pattern switch.
  private void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Map || (value instanceof Record && !isText(value))) {
      mapping().mapper().writeValue(json, value);
    } else {
      json.writeString(text(value));
    }
  }

  private boolean isText(Object value) {
    return textTypes.containsKey(value.getClass());
  }

  /// Returns the text form of a value of a scalar component, as a path or query has it.
  public String text(Object value) {
    TextType<?> type = textTypes.get(value.getClass());
    if (type != null) {
      return type.text(value);
    }
    return value instanceof Enum<?> constant ? KebabCase.of(constant) : value.toString();
  }

  /// Reads one text of an object without databind, which a record needs.
  ///
  /// @param field the name of its field
  /// @return the text; null if the document does not begin as an object that has this text. The
  ///   rest of the document after the field is not read
  public @Nullable String text(Bytes document, String field) {
    try (JsonParser json = factory.createParser(document.array())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals(field)) {
          return value == JsonToken.VALUE_STRING ? json.getText() : null;
        }
        json.skipChildren();
      }
      return null;
    } catch (IOException _) {
      return null;
    }
  }

  /// Reads a record. An empty document is an empty object.
  ///
  /// @throws MalformedException if the document has another form or exceeds a limit
  public <T extends Record> T decode(Class<T> type, Bytes document) {
    if (document.length() == 0) {
      return decode(type, document, Map.of(), Set.of());
    }
    if (unknown == UnknownFields.IGNORED) {
      try (JsonParser json = factory.createParser(document.array())) {
        return records.read(type, json);
      } catch (IOException _) {
        // databind reads the document or describes its fault.
      }
    }
    try (JsonParser json = factory.createParser(document.array())) {
      return read(type, json);
    } catch (IOException e) {
      throw faults.of(e, type);
    }
  }

  /// Reads a record. A fault is described while the parser is open, because its message names the
  /// token.
  private <T extends Record> T read(Class<T> type, JsonParser json) {
    try {
      T value = mapping().reader().forType(type).readValue(json);
      end(json);
      return value;
    } catch (IOException e) {
      throw faults.of(e, type);
    }
  }

  private void end(JsonParser json) throws IOException {
    if (json.nextToken() != null) {
      throw faults.trailing();
    }
  }

  /// Reads a record of which some fields are not part of the document.
  ///
  /// @param outside the values of these fields; a text is read as the type of its component
  /// @param reserved the names of all fields that the document must not have
  /// @throws MalformedException if the document or a text has another form, or exceeds a limit
  public <T extends Record> T decode(
      Class<T> type, Bytes document, Map<String, Object> outside, Set<String> reserved) {
    JsonMapper mapper = mapping().mapper();
    try {
      ObjectNode fields = document.length() == 0 ? mapper.createObjectNode() : tree(document);
      for (String name : reserved) {
        if (fields.has(name)) {
          throw faults.unknown(type, name);
        }
      }
      for (RecordComponent component : type.getRecordComponents()) {
        Object value = outside.get(name(component));
        if (value instanceof String text) {
          put(fields, component, text);
        } else if (value != null) {
          fields.putPOJO(name(component), value);
        }
      }
      return read(type, mapper.treeAsTokens(fields));
    } catch (IOException e) {
      throw faults.of(e, type);
    }
  }

  private ObjectNode tree(Bytes document) throws IOException {
    try (JsonParser json = factory.createParser(document.array())) {
      ObjectNode tree = mapping().mapper().readerFor(ObjectNode.class).readValue(json);
      end(json);
      return tree;
    }
  }

  private void put(ObjectNode fields, RecordComponent component, String text) {
    String name = name(component);
    Class<?> type = component.getType();
    if (type == boolean.class || type == Boolean.class) {
      if (!text.equals("true") && !text.equals("false")) {
        throw faults.expected("true or false", name, text);
      }
      fields.put(name, Boolean.parseBoolean(text));
    } else if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      try {
        fields.put(name, Long.parseLong(text));
      } catch (NumberFormatException _) {
        throw faults.expected("a number", name, text);
      }
    } else {
      fields.put(name, text);
    }
  }

  private Bytes written(int maxBytes, Document document) {
    LimitedOutput out = new LimitedOutput(maxBytes);
    try {
      document.writeTo(out);
    } catch (LimitedOutput.ExceededException _) {
      throw faults.tooLong(maxBytes);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write the record: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return Bytes.of(out.toByteArray());
  }

  private interface Document {
    void writeTo(OutputStream out) throws IOException;
  }
}
