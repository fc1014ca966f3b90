package lazaret.vetting.review.hunk;

import java.util.ArrayList;
import java.util.List;

/// The edits between two texts by a table of common subsequences.
final class LineEdits {
  private LineEdits() {}

  static List<LineEdit> between(List<String> before, List<String> after) {
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
    return between(
        before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), head);
  }

  private static List<LineEdit> between(List<String> a, List<String> b, int head) {
    int[][] lengths = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int k = b.size() - 1; k >= 0; k--) {
        lengths[i][k] =
            a.get(i).equals(b.get(k))
                ? lengths[i + 1][k + 1] + 1
                : Math.max(lengths[i + 1][k], lengths[i][k + 1]);
      }
    }
    List<LineEdit> edits = new ArrayList<>();
    int i = 0;
    int k = 0;
    while (i < a.size() || k < b.size()) {
      int fromOld = i;
      int fromNew = k;
      while ((i < a.size() || k < b.size())
          && !(i < a.size() && k < b.size() && a.get(i).equals(b.get(k)))) {
        boolean old = k == b.size() || (i < a.size() && lengths[i + 1][k] >= lengths[i][k + 1]);
        i += old ? 1 : 0;
        k += old ? 0 : 1;
      }
      if (i > fromOld || k > fromNew) {
        edits.add(new LineEdit(head + fromOld, head + i, head + fromNew, head + k));
      }
      while (i < a.size() && k < b.size() && a.get(i).equals(b.get(k))) {
        i++;
        k++;
      }
    }
    return edits;
  }
}
