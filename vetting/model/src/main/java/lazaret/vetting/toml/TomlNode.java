package lazaret.vetting.toml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A node of a TOML document that was read as a whole.
public sealed interface TomlNode {
  /// Returns the offset of the value's key or header, or of the value if it is an element of an
  /// array. See [TomlDocument#position].
  int offset();

  /// Returns the type of the value for messages: `a string`.
  default String what() {
    return switch (this) {
      case Scalar(TomlScalar value, int _) ->
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
  /// @param offset position in the text
  record Scalar(TomlScalar value, int offset) implements TomlNode {}

  /// An array, or the tables under one `[[header]]`.
  ///
  /// @param elements elements in order
  /// @param offset position in the text
  record Array(List<TomlNode> elements, int offset) implements TomlNode {
    /// Copies the list.
    public Array {
      elements = List.copyOf(elements);
    }
  }

  /// A table.
  ///
  /// @param entries values by key, in the order of the document
  /// @param offset position in the text
  record Table(Map<String, TomlNode> entries, int offset) implements TomlNode {
    /// Copies the map.
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }
}
