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

/// A reader and writer of JSON objects, and the only class of the command line that uses a JSON
/// library. It uses only the streaming API, because the start-up time of data binding is too long
/// for a command.
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
  /// @throws MalformedException if the bytes are not a JSON object, if text follows it, or if it is
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

  // The depth of the recursion is limited by MAX_DEPTH.
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

  /// Returns an object as UTF-8 without white space.
  public static Bytes encode(JsonObject object) {
    return Bytes.utf8(compact(object));
  }

  static String compact(JsonObject object) {
    return written(object, false);
  }

  /// Returns an object as indented ASCII text, without a line break at the end.
  public static String pretty(JsonObject object) {
    return written(object, true);
  }

  private static String written(JsonObject object, boolean pretty) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      // ASCII only: format and bidirectional characters would otherwise reach a terminal unchanged.
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

  /// Writes a value. The method avoids a pattern switch, because the JDK creates a class for it at
  /// the first use, which delays every command.
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
      throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    }
  }
}
