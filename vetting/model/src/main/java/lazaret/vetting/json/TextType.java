package lazaret.vetting.json;

import java.util.function.Function;

/// A type that JSON has as a string.
///
/// @param type the class
/// @param expected the form for messages, with its article: `a SHA-256 of 64 hex digits`
/// @param reader reads the form; throws [lazaret.vetting.MalformedException],
///   [IllegalArgumentException] or [java.time.DateTimeException] for any other text
/// @param writer writes the form that `reader` reads
public record TextType<T>(
    Class<T> type, String expected, Function<String, T> reader, Function<T, String> writer) {
  /// Returns a type whose `toString` is its form.
  public static <T> TextType<T> of(Class<T> type, String expected, Function<String, T> reader) {
    return new TextType<>(type, expected, reader, Object::toString);
  }

  /// Returns the form of a value.
  ///
  /// @throws ClassCastException if the value is not of this type
  String text(Object value) {
    return writer.apply(type.cast(value));
  }
}
