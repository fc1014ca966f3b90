package lazaret.cli.report;

import lazaret.vetting.text.Printable;

/// A part of one line of text.
///
/// @param text the text, which may be foreign; control characters are replaced
/// @param style the look of the text if colors are shown
public record Cell(String text, TextStyle style) {
  /// Replaces control characters of the text.
  public Cell {
    text = Printable.line(text);
  }

  /// Returns text in the plain style.
  public static Cell of(Object value) {
    return new Cell(value.toString(), TextStyle.PLAIN);
  }

  /// Returns text in a style.
  public static Cell of(TextStyle style, Object value) {
    return new Cell(value.toString(), style);
  }

  /// Returns the number of columns that the text occupies: one per character.
  int width() {
    return text.codePointCount(0, text.length());
  }
}
