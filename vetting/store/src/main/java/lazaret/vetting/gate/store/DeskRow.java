package lazaret.vetting.gate.store;

import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;

/// A row of a table of the desk.
///
/// @param table the table
/// @param key the key, unique in its table: 1 to [#MAX_KEY] bytes of UTF-8, without a zero byte
/// @param value a document of at most [#MAX_VALUE] bytes
public record DeskRow(DeskTable table, String key, Bytes value) {
  /// The maximum length of a key, in bytes.
  public static final int MAX_KEY = 1_024;

  /// The maximum length of a value, in bytes.
  public static final int MAX_VALUE = 256 << 10;

  /// Checks the sizes, and that the key is a text for every database.
  ///
  /// @throws IllegalArgumentException if key or value are too long, or the key is empty or has a
  ///   zero byte
  public DeskRow {
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_KEY) {
      throw new IllegalArgumentException(
          "cannot store a row: expected a key of 1 to %d bytes, found %d"
              .formatted(MAX_KEY, length));
    }
    if (key.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "cannot store a row: expected a key without a zero byte, found one");
    }
    if (value.length() > MAX_VALUE) {
      throw new IllegalArgumentException(
          "cannot store a row: expected at most %d bytes, found %d"
              .formatted(MAX_VALUE, value.length()));
    }
  }
}
