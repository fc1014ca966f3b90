package lazaret.bench.evaluation;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.toml.TomlDocument;
import lazaret.vetting.toml.TomlNode;
import lazaret.vetting.toml.TomlOutcome;

/// A table of the fixtures' TOML with access by key. Values that are absent or of another type are
/// empty.
///
/// @param table the table
record TomlView(TomlNode.Table table) {
  private static final int MAX_NODES = 100_000;

  /// Parses a document.
  ///
  /// @throws IllegalArgumentException if it is not TOML
  static TomlView of(Bytes document) {
    return switch (TomlDocument.read(document, MAX_NODES)) {
      case TomlOutcome.Document(TomlDocument whole) -> new TomlView(whole.root());
      case TomlOutcome.Malformed<TomlDocument> malformed ->
          throw new IllegalArgumentException("cannot read TOML: " + malformed);
    };
  }

  /// Returns a scalar as text.
  Optional<String> text(String key) {
    return table.entries().get(key) instanceof TomlNode.Scalar scalar
        ? Optional.of(scalar.value().text())
        : Optional.empty();
  }

  /// Returns a required scalar as text.
  String need(String key) {
    return text(key).orElseThrow(() -> new IllegalArgumentException("no key '" + key + "'"));
  }

  /// Returns the tables in an array.
  List<TomlView> tables(String key) {
    return elements(key).stream()
        .<TomlView>mapMulti(
            (node, out) -> {
              if (node instanceof TomlNode.Table inner) {
                out.accept(new TomlView(inner));
              }
            })
        .toList();
  }

  /// Returns the scalars in an array as texts.
  List<String> texts(String key) {
    return elements(key).stream()
        .<String>mapMulti(
            (node, out) -> {
              if (node instanceof TomlNode.Scalar scalar) {
                out.accept(scalar.value().text());
              }
            })
        .toList();
  }

  /// Returns a table.
  Optional<TomlView> inner(String key) {
    return table.entries().get(key) instanceof TomlNode.Table inner
        ? Optional.of(new TomlView(inner))
        : Optional.empty();
  }

  private List<TomlNode> elements(String key) {
    return table.entries().get(key) instanceof TomlNode.Array array ? array.elements() : List.of();
  }
}
