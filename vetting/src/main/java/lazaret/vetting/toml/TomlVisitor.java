package lazaret.vetting.toml;

import java.util.List;

/// Receives what a TOML document holds, in the order of the document. The path lists are borrowed:
/// they are valid during the call only.
public interface TomlVisitor {
  /// Receives a table header.
  ///
  /// @param path the keys from the root, unquoted, at least one
  /// @param element whether it is the header of an array's element, `[[path]]`
  void table(List<String> path, boolean element);

  /// Receives a scalar. Each scalar of an array is received with the path of the array.
  ///
  /// @param path the keys from the root through tables, dotted keys and inline tables, unquoted
  /// @param value the scalar
  void value(List<String> path, TomlValue value);
}
