package lazaret.vetting.toml;

import lazaret.vetting.Bytes;

/// A TOML document that was read as a whole: a tree that knows its places. For documents in which
/// mistakes have to be shown where they stand, or entries have to be taken one by one; a manifest
/// out of a `.crate` is read as a stream.
public final class TomlDocument implements TomlReading {
  private final TomlNode.Table root;
  private final String text;

  private TomlDocument(TomlNode.Table root, String text) {
    this.root = root;
    this.text = text;
  }

  /// Reads a document. A key or table that is defined twice is refused, as toml.io demands.
  ///
  /// @param document UTF-8, with or without a byte order mark; its length is for the caller to
  ///   limit
  /// @param maxNodes how many values, keys and tables may be in it; memory is in proportion
  public static TomlReading read(Bytes document, int maxNodes) {
    String text = TomlReader.text(document);
    if (text == null) {
      return new TomlOutcome.Malformed(1, 1, "not UTF-8");
    }
    var builder = new TomlBuilder(maxNodes);
    return switch (TomlReader.read(text, builder)) {
      case TomlOutcome.Whole _ -> new TomlDocument(builder.root(), text);
      case TomlOutcome.Malformed malformed -> malformed;
    };
  }

  /// Returns the table that everything else is in.
  public TomlNode.Table root() {
    return root;
  }

  /// Returns where a value stands. Takes time in proportion to the document.
  public TomlPlace place(TomlNode node) {
    return TomlPlace.of(text, node.offset());
  }
}
