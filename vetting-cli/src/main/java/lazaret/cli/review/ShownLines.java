package lazaret.cli.review;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.deskapi.reading.LineRangeInfo;
import lazaret.vetting.deskapi.reading.ReadMarkInfo;
import lazaret.vetting.deskapi.review.FileDiffInfo;
import lazaret.vetting.deskapi.review.FileDigestInfo;

/// The changed lines of one file that a review shows, from its unified difference. A line that is
/// cut is not shown as a whole, and is left out.
final class ShownLines {
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");
  private static final Pattern CUT =
      Pattern.compile(".* \\.\\. \\(\\d+ more characters in this line\\)");

  private final List<LineRangeInfo> after = new ArrayList<>();
  private final List<LineRangeInfo> before = new ArrayList<>();
  private int nextOld;
  private int nextNew;

  private ShownLines() {}

  /// Returns the marks of the files whose lines are shown.
  static List<ReadMarkInfo> marks(List<FileDiffInfo> files) {
    List<ReadMarkInfo> marks = new ArrayList<>();
    for (FileDiffInfo file : files) {
      String text = file.text();
      FileDigestInfo content = file.after() == null ? file.before() : file.after();
      if (text != null && content != null) {
        ShownLines lines = new ShownLines();
        text.lines().forEach(lines::add);
        lines.mark(file, content, marks);
      }
    }
    return marks;
  }

  private void mark(FileDiffInfo file, FileDigestInfo content, List<ReadMarkInfo> marks) {
    if (after.isEmpty() && before.isEmpty()) {
      return;
    }
    boolean removed = file.after() == null;
    FileDigestInfo base = file.change() == FileDiffInfo.Change.CHANGED ? file.before() : null;
    marks.add(
        new ReadMarkInfo(
            file.path(),
            content.sha256(),
            base == null ? null : base.sha256(),
            false,
            false,
            List.of(),
            removed ? before : after,
            removed ? List.of() : before));
  }

  private void add(String line) {
    char sign = line.isEmpty() ? ' ' : line.charAt(0);
    switch (sign) {
      case '@' -> hunk(line);
      case '+' -> nextNew = add(after, nextNew, line);
      case '-' -> nextOld = add(before, nextOld, line);
      case ' ' -> {
        nextOld++;
        nextNew++;
      }
      // The statement that a file does not end with a line feed.
      default -> {}
    }
  }

  private void hunk(String line) {
    Matcher head = HUNK.matcher(line);
    if (head.matches()) {
      nextOld = Integer.parseInt(head.group(1));
      nextNew = Integer.parseInt(head.group(3));
    }
  }

  private static int add(List<LineRangeInfo> ranges, int line, String text) {
    if (line > 0 && !CUT.matcher(text).matches()) {
      LineRangeInfo last = ranges.isEmpty() ? null : ranges.getLast();
      if (last != null && last.last() == line - 1) {
        ranges.removeLast();
        ranges.add(new LineRangeInfo(last.first(), line));
      } else {
        ranges.add(new LineRangeInfo(line, line));
      }
    }
    return line + 1;
  }
}
