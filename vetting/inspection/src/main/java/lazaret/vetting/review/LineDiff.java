package lazaret.vetting.review;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.review.hunk.LineEdit;

/// Corresponding lines of two texts (Myers, *An O(ND) Difference Algorithm*, 1986, in linear
/// space), computed within a budget. Once it is spent, all lines between the equal beginning and
/// end count as replaced: correct, but longer. Not thread-safe; one instance is for one pair of
/// archives.
final class LineDiff {
  private final int middleLines;
  private long steps;

  LineDiff(DiffLimits limits) {
    this.middleLines = limits.middleLines();
    this.steps = limits.steps();
  }

  /// Returns the edits from one text to the other, in order. No edit touches the next.
  List<LineEdit> edits(List<String> before, List<String> after) {
    int least = Math.min(before.size(), after.size());
    int head = 0;
    while (head < least && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < least - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    LineEdit middle = new LineEdit(head, before.size() - tail, head, after.size() - tail);
    if (middle.deletions() == 0 && middle.insertions() == 0) {
      return List.of();
    }
    long lines = (long) middle.deletions() + middle.insertions();
    if (middle.deletions() == 0
        || middle.insertions() == 0
        || lines > middleLines
        || lines * lines > steps) {
      return List.of(middle);
    }
    steps -= lines * lines;
    return matched(before, after, middle);
  }

  private static List<LineEdit> matched(List<String> before, List<String> after, LineEdit middle) {
    // Lines are compared by numbers: comparing long lines with equal beginnings repeatedly would be
    // slow.
    Map<String, Integer> numbers = new HashMap<>();
    List<Integer> old = numbered(numbers, before.subList(middle.oldFrom(), middle.oldTo()));
    List<Integer> young = numbered(numbers, after.subList(middle.newFrom(), middle.newTo()));
    List<Change> changes = new MyersDiffWithLinearSpace<Integer>().computeDiff(old, young, null);
    List<LineEdit> edits = new ArrayList<>();
    for (Change change : changes) {
      edits.add(
          new LineEdit(
              middle.oldFrom() + change.startOriginal,
              middle.oldFrom() + change.endOriginal,
              middle.newFrom() + change.startRevised,
              middle.newFrom() + change.endRevised));
    }
    return joined(edits);
  }

  private static List<Integer> numbered(Map<String, Integer> numbers, List<String> lines) {
    List<Integer> list = new ArrayList<>(lines.size());
    for (String line : lines) {
      list.add(numbers.computeIfAbsent(line, _ -> numbers.size()));
    }
    return list;
  }

  private static List<LineEdit> joined(List<LineEdit> edits) {
    edits.sort(Comparator.comparingInt(LineEdit::oldFrom).thenComparingInt(LineEdit::newFrom));
    List<LineEdit> joined = new ArrayList<>();
    for (LineEdit edit : edits) {
      LineEdit last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && last.oldTo() == edit.oldFrom() && last.newTo() == edit.newFrom()) {
        joined.removeLast();
        joined.add(new LineEdit(last.oldFrom(), edit.oldTo(), last.newFrom(), edit.newTo()));
      } else {
        joined.add(edit);
      }
    }
    return joined;
  }
}
