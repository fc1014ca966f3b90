package lazaret.vetting.toml;

import java.util.function.Function;

/// The result of reading a TOML document.
///
/// @param <D> type of the result: the tree, or the visitor that received the document
public sealed interface TomlOutcome<D> {
  /// Returns the content of a document that was read.
  ///
  /// @throws X the exception that the function makes of a fault
  <X extends RuntimeException> D orElseThrow(Function<Malformed<D>, X> exception);

  /// The whole document was read.
  ///
  /// @param content the tree, or the visitor
  record Document<D>(D content) implements TomlOutcome<D> {
    @Override
    public <X extends RuntimeException> D orElseThrow(Function<Malformed<D>, X> exception) {
      return content;
    }
  }

  /// The document is not TOML, not UTF-8 or over a limit. A visitor has received the part before
  /// the fault.
  ///
  /// @param line line of the fault, from 1
  /// @param column column of the fault in characters, from 1
  /// @param detail expected and found text, in lower case, printable
  record Malformed<D>(int line, int column, String detail) implements TomlOutcome<D> {
    @Override
    public <X extends RuntimeException> D orElseThrow(Function<Malformed<D>, X> exception) {
      throw exception.apply(this);
    }
  }
}
