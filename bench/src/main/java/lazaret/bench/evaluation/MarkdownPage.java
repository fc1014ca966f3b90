package lazaret.bench.evaluation;

import java.util.List;
import java.util.Locale;

/// A writer of a Markdown page. Not thread-safe.
final class MarkdownPage {
  private final StringBuilder text = new StringBuilder();

  /// Starts a section.
  ///
  /// @param level level of the heading; 1 for the title
  void heading(int level, String words) {
    text.append(text.isEmpty() ? "" : "\n").append("#".repeat(level)).append(' ');
    text.append(words).append('\n');
  }

  /// Adds a paragraph.
  void paragraph(String words) {
    text.append('\n').append(words.strip()).append('\n');
  }

  /// Adds a list.
  void list(List<String> items) {
    text.append('\n');
    items.forEach(item -> text.append("- ").append(item).append('\n'));
  }

  /// Adds a table.
  ///
  /// @param rows rows with as many cells as the header
  void table(List<String> header, List<List<String>> rows) {
    text.append('\n');
    row(header);
    text.append("|---".repeat(header.size())).append("|\n");
    rows.forEach(this::row);
  }

  private void row(List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    text.append('\n');
  }

  /// Returns a share in per cent, or `-` if the whole is zero.
  static String share(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  /// Returns the page.
  @Override
  public String toString() {
    return text.toString();
  }
}
