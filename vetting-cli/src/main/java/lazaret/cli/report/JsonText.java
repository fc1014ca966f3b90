package lazaret.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// Reads and writes JSON objects: the one place of the command line that knows a JSON library. The
/// streaming half of it alone, because a command that answers in a blink cannot afford the other.
public final class JsonText {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_STRING = 64 << 20;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .build())
          .build();

  private JsonText() {}

  /// Reads one object.
  ///
  /// @throws MalformedException if the bytes are no JSON object, something follows it, or it is
  ///   nested deeper than 32 levels
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
    throw new MalformedException("cannot read JSON: expected one object and nothing else");
  }

  // Recursion is bounded by MAX_DEPTH.
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
      case VALUE_NUMBER_INT -> json.getBigIntegerValue().longValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new MalformedException("cannot read JSON: a value is missing");
    };
  }

  /// Writes an object as UTF-8, without white space.
  public static Bytes encode(JsonObject object) {
    return Bytes.utf8(compact(object));
  }

  static String compact(JsonObject object) {
    return written(object, false);
  }

  /// Writes an object as people read it, in ASCII, without a line break at the end.
  public static String pretty(JsonObject object) {
    return written(object, true);
  }

  private static String written(JsonObject object, boolean pretty) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      // ASCII only: format and bidirectional characters would otherwise reach a terminal raw.
      json.enable(
          com.fasterxml.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
      if (pretty) {
        json.setPrettyPrinter(printer());
      }
      write(json, object);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    return printer;
  }

  /// No pattern switch: the JDK makes a class for it at the first use, and every command would wait
  /// for that.
  @SuppressWarnings("IfChainToSwitch")
  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof JsonObject object) {
      json.writeStartObject();
      for (Map.Entry<String, Object> field : object.fields().entrySet()) {
        json.writeFieldName(field.getKey());
        write(json, field.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else {
      throw new IllegalArgumentException("no JSON value: " + value.getClass());
    }
  }
}
