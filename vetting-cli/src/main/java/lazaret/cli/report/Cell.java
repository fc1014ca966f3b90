package lazaret.cli.report;

/// A piece of one line of text.
///
/// @param text may be foreign; control characters are replaced
/// @param style how it looks where colours are shown
public record Cell(String text, Style style) {
  /// Neutralises the text.
  public Cell {
    text = Plain.line(text);
  }

  /// Returns unadorned text.
  public static Cell of(Object value) {
    return new Cell(value.toString(), Style.PLAIN);
  }

  /// Returns text in a style.
  public static Cell of(Style style, Object value) {
    return new Cell(value.toString(), style);
  }

  /// Returns the number of columns that the text takes: one per character.
  int width() {
    return text.codePointCount(0, text.length());
  }
}
