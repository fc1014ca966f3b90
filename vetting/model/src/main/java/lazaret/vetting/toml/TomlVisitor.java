package lazaret.vetting.toml;

import java.util.List;

/// A receiver of the content of a TOML document, in the order of the document. The path lists are
/// valid during the call only.
public interface TomlVisitor {
  /// Receives a table header.
  ///
  /// @param path keys from the root, unquoted, at least one
  /// @param element whether it is the header of an array's element, `[[path]]`
  void table(List<String> path, boolean element);

  /// Receives a scalar. Each scalar of an array is received with the path of the array.
  ///
  /// @param path keys from the root through tables, dotted keys and inline tables, unquoted
  /// @param value the scalar
  void value(List<String> path, TomlScalar value);

  /// Receives the position of the next header, key or element of an array.
  ///
  /// @param offset offset in characters from the start of the text
  default void position(int offset) {}

  /// Receives the start of an array; its elements follow until [#endArray()].
  ///
  /// @param path as for [#value]; for an array within an array, the path of the outer one
  default void startArray(List<String> path) {}

  /// Receives the end of the array that was started last.
  default void endArray() {}

  /// Receives the start of an inline table; its values follow until [#endTable()].
  ///
  /// @param path as for [#value]; for an element of an array, the path of the array
  default void startTable(List<String> path) {}

  /// Receives the end of the inline table that was started last.
  default void endTable() {}
}
