package lazaret.bundle.tuf;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Excerpt;

/// The fields of one JSON object, read by name and type.
///
/// @param what the file and the path within it, for messages
/// @param fields the values by field name
public record JsonFields(String what, Map<String, JsonValue> fields) {
  /// ISO 8601 without fractions, in UTC (TUF specification, *Document formats*).
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /// Casts a value to an object.
  ///
  /// @param what the file and the path within it, for messages
  /// @throws BundleException `metadata-malformed` if it is not an object
  public static JsonFields of(JsonValue value, String what) {
    if (value instanceof JsonValue.Fields(Map<String, JsonValue> fields)) {
      return new JsonFields(what, fields);
    }
    throw malformed(what, "expected an object");
  }

  /// Returns a string field.
  ///
  /// @throws BundleException `metadata-malformed` if the field is missing or of another type, here
  ///   and in all the other methods
  public String text(String name) {
    if (fields.get(name) instanceof JsonValue.Text(String text)) {
      return text;
    }
    throw malformed(what, "expected a text '" + name + "'");
  }

  /// Returns a whole number of at least 0.
  public long whole(String name) {
    return optionalWhole(name)
        .orElseThrow(() -> malformed(what, "expected a whole number '" + name + "'"));
  }

  /// Returns a whole number of at least 0, or empty if the field is missing.
  public OptionalLong optionalWhole(String name) {
    JsonValue value = fields.get(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (value instanceof JsonValue.Whole(long number) && number >= 0) {
      return OptionalLong.of(number);
    }
    throw malformed(what, "expected a whole number '" + name + "', not negative");
  }

  /// Returns a whole number that may be negative. The caller checks its range.
  public long signed(String name) {
    if (fields.get(name) instanceof JsonValue.Whole(long number)) {
      return number;
    }
    throw malformed(what, "expected a whole number '" + name + "'");
  }

  /// Returns a boolean field.
  public boolean truth(String name) {
    if (fields.get(name) instanceof JsonValue.Truth(boolean truth)) {
      return truth;
    }
    throw malformed(what, "expected true or false as '" + name + "'");
  }

  /// Returns a moment with a precision of one second.
  public Instant moment(String name) {
    String text = text(name);
    try {
      return LocalDateTime.parse(text, MOMENT).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException _) {
      throw malformed(
          what,
          "expected a moment like 2027-01-31T00:00:00Z as '"
              + name
              + "', found '"
              + Excerpt.of(text)
              + "'");
    }
  }

  /// Returns an object field.
  public JsonFields object(String name) {
    return optionalObject(name)
        .orElseThrow(() -> malformed(what, "expected an object '" + name + "'"));
  }

  /// Returns an object field, or empty if it is missing.
  public Optional<JsonFields> optionalObject(String name) {
    return Optional.ofNullable(fields.get(name)).map(value -> of(value, what + " > " + name));
  }

  /// Returns a list field.
  public List<JsonValue> items(String name) {
    return optionalItems(name).orElseThrow(() -> malformed(what, "expected a list '" + name + "'"));
  }

  /// Returns a list field, or empty if it is missing.
  public Optional<List<JsonValue>> optionalItems(String name) {
    JsonValue value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof JsonValue.Items(List<JsonValue> items)) {
      return Optional.of(items);
    }
    throw malformed(what, "expected a list '" + name + "'");
  }

  /// Returns a field that is a list of strings.
  public List<String> texts(String name) {
    return optionalTexts(name).orElseThrow(() -> malformed(what, "expected a list '" + name + "'"));
  }

  /// Returns a field that is a list of strings, or empty if it is missing.
  public Optional<List<String>> optionalTexts(String name) {
    return optionalItems(name)
        .map(
            items ->
                items.stream()
                    .map(
                        item -> {
                          if (item instanceof JsonValue.Text(String text)) {
                            return text;
                          }
                          throw malformed(what, "expected texts only in '" + name + "'");
                        })
                    .toList());
  }

  /// Returns all fields as objects, in the order of the document.
  public Map<String, JsonFields> objects() {
    Map<String, JsonFields> objects = new LinkedHashMap<>();
    fields.forEach((name, value) -> objects.put(name, of(value, what + " > " + name)));
    return objects;
  }

  /// Returns all fields as strings, in the order of the document.
  public Map<String, String> allTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    fields.keySet().forEach(name -> texts.put(name, text(name)));
    return texts;
  }

  /// Creates the exception for a malformed file.
  public static BundleException malformed(String what, String found) {
    return new BundleException(
        BundleCode.METADATA_MALFORMED, "cannot read " + Excerpt.of(what) + ": " + found);
  }
}
