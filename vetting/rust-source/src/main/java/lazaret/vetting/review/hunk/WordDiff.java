package lazaret.vetting.review.hunk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The changed words of two similar lines, as indexes of UTF-16 code units. A word is a run of
/// letters, digits and `_`, a run of spaces, or one other character.
///
/// @param removed the changed characters of the old line
/// @param added the changed characters of the new line
record WordDiff(BitSet removed, BitSet added) {
  /// The maximum product of the numbers of words that are compared. Beyond it, all words between
  /// the equal beginning and end count as changed.
  private static final int MOST_STEPS = 250_000;

  static WordDiff of(String before, String after) {
    List<String> old = words(before);
    List<String> young = words(after);
    int least = Math.min(old.size(), young.size());
    int head = 0;
    while (head < least && old.get(head).equals(young.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < least - head
        && old.get(old.size() - 1 - tail).equals(young.get(young.size() - 1 - tail))) {
      tail++;
    }
    List<String> a = old.subList(head, old.size() - tail);
    List<String> b = young.subList(head, young.size() - tail);
    var removed = new BitSet(a.size());
    var added = new BitSet(b.size());
    removed.set(0, a.size());
    added.set(0, b.size());
    if ((long) a.size() * b.size() <= MOST_STEPS) {
      keepCommon(a, b, removed, added);
    }
    return new WordDiff(characters(old, head, removed), characters(young, head, added));
  }

  /// Splits a line into words. Together they are the line.
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int from = 0;
    while (from < line.length()) {
      int kind = kind(line.charAt(from));
      int to = from + 1;
      while (to < line.length() && kind != 0 && kind(line.charAt(to)) == kind) {
        to++;
      }
      words.add(line.substring(from, to));
      from = to;
    }
    return words;
  }

  /// Returns 1 for a part of a word, 2 for a space, 0 for a character on its own. Both halves of a
  /// pair of surrogates are parts of a word.
  private static int kind(char c) {
    if (c == ' ' || c == '\t') {
      return 2;
    }
    return c == '_' || Character.isSurrogate(c) || Character.isLetterOrDigit(c) ? 1 : 0;
  }

  /// Clears the words of a longest common subsequence.
  private static void keepCommon(List<String> a, List<String> b, BitSet removed, BitSet added) {
    int[][] lengths = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int k = b.size() - 1; k >= 0; k--) {
        lengths[i][k] =
            a.get(i).equals(b.get(k))
                ? lengths[i + 1][k + 1] + 1
                : Math.max(lengths[i + 1][k], lengths[i][k + 1]);
      }
    }
    int i = 0;
    int k = 0;
    while (i < a.size() && k < b.size()) {
      if (a.get(i).equals(b.get(k))) {
        removed.clear(i++);
        added.clear(k++);
      } else if (lengths[i + 1][k] >= lengths[i][k + 1]) {
        i++;
      } else {
        k++;
      }
    }
  }

  /// Converts indexes of words to those of characters.
  ///
  /// @param head the number of words before the first one of the set
  private static BitSet characters(List<String> words, int head, BitSet changed) {
    var characters = new BitSet();
    int at = 0;
    for (int i = 0; i < words.size(); i++) {
      int end = at + words.get(i).length();
      if (i >= head && changed.get(i - head)) {
        characters.set(at, end);
      }
      at = end;
    }
    return characters;
  }
}
