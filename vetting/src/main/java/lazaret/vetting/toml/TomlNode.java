package lazaret.vetting.toml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value of a TOML document that was read as a whole.
public sealed interface TomlNode {
  /// Returns where the value's key, header or, for an element of an array, the value itself begins:
  /// see [TomlDocument#place].
  int offset();

  /// Returns what the value is, for messages: `a string`.
  default String what() {
    return switch (this) {
      case Scalar(TomlValue value, int _) ->
          switch (value.kind()) {
            case STRING -> "a string";
            case BOOLEAN -> "a boolean";
            case OTHER -> "a number or date";
          };
      case Array _ -> "an array";
      case Table _ -> "a table";
    };
  }

  /// A scalar.
  ///
  /// @param value the scalar
  /// @param offset its place
  record Scalar(TomlValue value, int offset) implements TomlNode {}

  /// An array, or the tables under one `[[header]]`.
  ///
  /// @param elements the elements in order
  /// @param offset its place
  record Array(List<TomlNode> elements, int offset) implements TomlNode {
    /// Copies the list.
    public Array {
      elements = List.copyOf(elements);
    }
  }

  /// A table.
  ///
  /// @param entries the values by key, in the order of the document
  /// @param offset its place
  record Table(Map<String, TomlNode> entries, int offset) implements TomlNode {
    /// Copies the map.
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }
}
