package lazaret.vetting.toml;

/// How reading a TOML document ended.
public sealed interface TomlOutcome {
  /// The whole document was read.
  record Whole() implements TomlOutcome {}

  /// The document is no TOML, no UTF-8 or over a limit; the visitor has received what came before.
  ///
  /// @param line from 1
  /// @param column in characters, from 1
  /// @param detail what was expected and found, lower case, printable
  record Malformed(int line, int column, String detail) implements TomlOutcome, TomlReading {}
}
