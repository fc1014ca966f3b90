package lazaret.vetting.toml;

/// The result of reading a TOML document as a stream.
public sealed interface TomlOutcome {
  /// The whole document was read.
  record Whole() implements TomlOutcome {}

  /// The document is not TOML, not UTF-8 or over a limit. The visitor has received the part before
  /// the fault.
  ///
  /// @param line line of the fault, from 1
  /// @param column column of the fault in characters, from 1
  /// @param detail expected and found text, in lower case, printable
  record Malformed(int line, int column, String detail) implements TomlOutcome, TomlReading {}
}
