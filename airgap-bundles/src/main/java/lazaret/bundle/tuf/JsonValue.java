package lazaret.bundle.tuf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value of signed JSON. There are no fractions: canonical JSON has none (TUF specification,
/// *Document formats*).
public sealed interface JsonValue {
  /// An object.
  ///
  /// @param fields by name, in the order of the document
  record Fields(Map<String, JsonValue> fields) implements JsonValue {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /// A list.
  ///
  /// @param items in the order of the document
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
  /// @param value within 64 bits
  record Whole(long value) implements JsonValue {}

  /// A truth value.
  ///
  /// @param value true or false
  record Truth(boolean value) implements JsonValue {}

  /// The value `null`.
  record Nothing() implements JsonValue {}
}
