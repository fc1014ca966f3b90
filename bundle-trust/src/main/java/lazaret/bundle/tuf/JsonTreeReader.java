package lazaret.bundle.tuf;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.JsonReader;

/// A strict reader of whole JSON documents. It refuses everything that two readers could interpret
/// differently: a repeated key, a fraction, a byte order mark, bytes after the document.
public final class JsonTreeReader {
  private static final int DEEPEST = 32;
  private static final int LARGEST = 16 << 20;

  private static final JsonReader READER = JsonReader.of(new JsonLimits(LARGEST, DEEPEST, LARGEST));

  private JsonTreeReader() {}

  /// Reads a document.
  ///
  /// @param what the name of the file, for messages
  /// @throws BundleException `metadata-malformed` if the file is not exactly one JSON value of the
  ///   described form in UTF-8
  public static JsonValue read(Bytes document, String what) {
    byte[] bytes = document.array();
    if ((bytes.length > 1 && (bytes[0] & 0xff) >= 0x80) || startsWide(bytes)) {
      throw malformed(what, "it does not begin like JSON in UTF-8", null);
    }
    try (JsonParser parser = READER.stream(document)) {
      parser.nextToken();
      JsonValue value = value(parser, what);
      if (parser.nextToken() != null) {
        throw malformed(what, "something follows its end", null);
      }
      return value;
    } catch (IOException e) {
      throw malformed(what, Excerpt.of(firstLine(e)), e);
    }
  }

  /// Returns whether a document begins as UTF-16 or UTF-32. Jackson detects these by their zero
  /// bytes; other readers do not accept them.
  private static boolean startsWide(byte[] bytes) {
    return bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0);
  }

  private static JsonValue value(JsonParser parser, String what) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw malformed(what, "it is empty", null);
    }
    return switch (token) {
      case START_OBJECT -> fields(parser, what);
      case START_ARRAY -> items(parser, what);
      case VALUE_STRING -> new JsonValue.Text(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser, what);
      case VALUE_TRUE -> new JsonValue.Truth(true);
      case VALUE_FALSE -> new JsonValue.Truth(false);
      case VALUE_NULL -> new JsonValue.Nothing();
      case VALUE_NUMBER_FLOAT -> throw malformed(what, "it has a fraction", null);
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw malformed(what, "it has no value", null);
    };
  }

  private static JsonValue fields(JsonParser parser, String what) throws IOException {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser, what));
    }
    return new JsonValue.Fields(fields);
  }

  private static JsonValue items(JsonParser parser, String what) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, what));
    }
    return new JsonValue.Items(items);
  }

  private static JsonValue whole(JsonParser parser, String what) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw malformed(what, "it has a number over 64 bits", null);
    }
    return new JsonValue.Whole(parser.getLongValue());
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static BundleException malformed(
      String what, String found, @org.jspecify.annotations.Nullable Throwable cause) {
    return new BundleException(
        BundleCode.METADATA_MALFORMED, "cannot read " + what + " as signed JSON: " + found, cause);
  }
}
