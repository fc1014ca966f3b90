package lazaret.vetting.review;

import java.util.List;
import lazaret.vetting.review.hunk.LineEdit;
import lazaret.vetting.text.Printable;

/// A writer of differences in the unified form, within the limits of one pair of archives. Source:
/// POSIX *diff -u*: hunks with three lines of context, a range of one line without its length. Not
/// thread-safe.
final class UnifiedDiffWriter {
  private static final int CONTEXT = 3;

  private final int lineChars;
  private int linesLeft;
  private int charsLeft;
  private final StringBuilder out = new StringBuilder();
  private int lines;

  UnifiedDiffWriter(DiffLimits limits) {
    this.lineChars = limits.lineChars();
    this.linesLeft = limits.shownLines();
    this.charsLeft = limits.shownChars();
  }

  /// Returns whether the limit of shown lines or characters is reached.
  boolean full() {
    return linesLeft == 0 || charsLeft == 0;
  }

  /// Returns the difference of one file, or an empty text if it exceeds the remaining limit.
  ///
  /// @param before lines in the form of [TextLines#comparable()]
  String write(List<String> before, List<String> after, List<LineEdit> edits) {
    out.setLength(0);
    lines = 0;
    int first = 0;
    while (first < edits.size()) {
      int last = first;
      while (last + 1 < edits.size()
          && edits.get(last + 1).oldFrom() - edits.get(last).oldTo() <= 2 * CONTEXT) {
        last++;
      }
      hunk(before, after, edits.subList(first, last + 1));
      if (lines > linesLeft || out.length() > charsLeft) {
        return "";
      }
      first = last + 1;
    }
    linesLeft -= lines;
    charsLeft -= out.length();
    return out.toString();
  }

  private void hunk(List<String> before, List<String> after, List<LineEdit> edits) {
    LineEdit first = edits.getFirst();
    LineEdit last = edits.getLast();
    int lead = Math.min(CONTEXT, first.oldFrom());
    int trail = Math.min(CONTEXT, before.size() - last.oldTo());
    int oldFrom = first.oldFrom() - lead;
    int newFrom = first.newFrom() - lead;
    line(
        "@@ -%s +%s @@"
            .formatted(range(oldFrom, last.oldTo() + trail), range(newFrom, last.newTo() + trail)));
    int at = oldFrom;
    for (LineEdit edit : edits) {
      lines(" ", before.subList(at, edit.oldFrom()));
      lines("-", before.subList(edit.oldFrom(), edit.oldTo()));
      lines("+", after.subList(edit.newFrom(), edit.newTo()));
      at = edit.oldTo();
    }
    lines(" ", before.subList(at, at + trail));
  }

  private static String range(int from, int to) {
    int length = to - from;
    if (length == 1) {
      return String.valueOf(from + 1);
    }
    return (length == 0 ? from : from + 1) + "," + length;
  }

  private void lines(String mark, List<String> texts) {
    for (String text : texts) {
      if (lines > linesLeft || out.length() > charsLeft) {
        return;
      }
      boolean ends = !text.endsWith("\n");
      String bare = ends ? text : text.substring(0, text.length() - 1);
      line(mark + Printable.escaped(bare, lineChars));
      if (!ends) {
        line(TextLines.NO_END);
      }
    }
  }

  private void line(String text) {
    out.append(text).append('\n');
    lines++;
  }
}
