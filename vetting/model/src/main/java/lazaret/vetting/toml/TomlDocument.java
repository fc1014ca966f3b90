package lazaret.vetting.toml;

import lazaret.vetting.Bytes;

/// A TOML document that was read as a whole: a tree with positions. Used for documents whose faults
/// are shown with their positions, or whose entries are read individually. A manifest of a `.crate`
/// is read as a stream instead.
public final class TomlDocument {
  private final TomlNode.Table root;
  private final String text;

  private TomlDocument(TomlNode.Table root, String text) {
    this.root = root;
    this.text = text;
  }

  /// Reads a document. A key or table that is defined twice is refused, as toml.io requires.
  ///
  /// @param document UTF-8, with or without a byte order mark; the caller limits its length
  /// @param maxNodes maximum number of values, keys and tables; memory is proportional to it
  public static TomlOutcome<TomlDocument> read(Bytes document, int maxNodes) {
    String text = TomlReader.text(document);
    if (text == null) {
      return new TomlOutcome.Malformed<>(1, 1, "not UTF-8");
    }
    return switch (TomlReader.read(text, new TomlBuilder(maxNodes))) {
      case TomlOutcome.Document(TomlBuilder builder) ->
          new TomlOutcome.Document<>(new TomlDocument(builder.root(), text));
      case TomlOutcome.Malformed(int line, int column, String detail) ->
          new TomlOutcome.Malformed<>(line, column, detail);
    };
  }

  /// Returns the root table.
  public TomlNode.Table root() {
    return root;
  }

  /// Returns the position of a value. Takes time in proportion to the document.
  public TomlPosition position(TomlNode node) {
    return TomlPosition.of(text, node.offset());
  }
}
