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

/// The fields of one JSON object, asked for by name and kind.
///
/// @param what the file and place, for messages
/// @param fields by name
public record JsonFields(String what, Map<String, JsonValue> fields) {
  /// ISO 8601 without fractions, in UTC (TUF specification, *Document formats*).
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /// Takes a value for an object.
  public static JsonFields of(JsonValue value, String what) {
    if (value instanceof JsonValue.Fields(Map<String, JsonValue> fields)) {
      return new JsonFields(what, fields);
    }
    throw malformed(what, "expected an object");
  }

  /// Returns a text.
  ///
  /// @throws BundleException `metadata-malformed` where it is missing or something else, here and
  ///   in all the other methods
  public String text(String name) {
    if (fields.get(name) instanceof JsonValue.Text(String text)) {
      return text;
    }
    throw malformed(what, "expected a text '" + name + "'");
  }

  /// Returns a number from 0 on.
  public long whole(String name) {
    return optionalWhole(name)
        .orElseThrow(() -> malformed(what, "expected a whole number '" + name + "'"));
  }

  /// Returns a number from 0 on, or empty where there is none.
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

  /// A number that may be negative: whoever asks says what is wrong with it.
  public long signed(String name) {
    if (fields.get(name) instanceof JsonValue.Whole(long number)) {
      return number;
    }
    throw malformed(what, "expected a whole number '" + name + "'");
  }

  /// Returns a truth value.
  public boolean truth(String name) {
    if (fields.get(name) instanceof JsonValue.Truth(boolean truth)) {
      return truth;
    }
    throw malformed(what, "expected true or false as '" + name + "'");
  }

  /// Returns a moment, to the second.
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

  /// Returns an object.
  public JsonFields object(String name) {
    return optionalObject(name)
        .orElseThrow(() -> malformed(what, "expected an object '" + name + "'"));
  }

  /// Returns an object, or empty where there is none.
  public Optional<JsonFields> optionalObject(String name) {
    return Optional.ofNullable(fields.get(name)).map(value -> of(value, what + " > " + name));
  }

  /// Returns a list.
  public List<JsonValue> items(String name) {
    return optionalItems(name).orElseThrow(() -> malformed(what, "expected a list '" + name + "'"));
  }

  /// Returns a list, or empty where there is none.
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

  /// Returns a list of texts.
  public List<String> texts(String name) {
    return optionalTexts(name).orElseThrow(() -> malformed(what, "expected a list '" + name + "'"));
  }

  /// Returns a list of texts, or empty where there is none.
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

  /// All fields as objects, in the order of the document.
  public Map<String, JsonFields> objects() {
    Map<String, JsonFields> objects = new LinkedHashMap<>();
    fields.forEach((name, value) -> objects.put(name, of(value, what + " > " + name)));
    return objects;
  }

  /// All fields as texts.
  public Map<String, String> allTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    fields.keySet().forEach(name -> texts.put(name, text(name)));
    return texts;
  }

  /// Makes the refusal of a file.
  public static BundleException malformed(String what, String found) {
    return new BundleException(
        BundleCode.METADATA_MALFORMED, "cannot read " + Excerpt.of(what) + ": " + found);
  }
}
