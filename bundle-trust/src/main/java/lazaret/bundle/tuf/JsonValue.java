package lazaret.bundle.tuf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value of signed JSON. Numbers are whole, because canonical JSON has no fractions (TUF
/// specification, *Document formats*).
public sealed interface JsonValue {
  /// A JSON object.
  ///
  /// @param fields the values by field name, in the order of the document
  record Fields(Map<String, JsonValue> fields) implements JsonValue {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /// A JSON array.
  ///
  /// @param items the items in the order of the document
  record Items(List<JsonValue> items) implements JsonValue {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// A string.
  ///
  /// @param text any Unicode
  record Text(String text) implements JsonValue {}

  /// A whole number.
  ///
  /// @param value the number, within 64 bits
  record Whole(long value) implements JsonValue {}

  /// A boolean.
  ///
  /// @param value true or false
  record Truth(boolean value) implements JsonValue {}

  /// The value `null`.
  record Nothing() implements JsonValue {}
}
