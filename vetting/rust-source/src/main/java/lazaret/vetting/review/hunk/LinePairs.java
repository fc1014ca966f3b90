package lazaret.vetting.review.hunk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The similar lines of one edit. A removed and an added line are a pair if their likeness is 0.6
/// or more and their places in the edit differ by at most three. Pairs do not cross. Not
/// thread-safe.
final class LinePairs {
  /// The maximum number of lines on each side. A larger edit is displayed as whole lines.
  private static final int MOST_LINES = 500;

  private static final int NEAR = 3;
  private static final double ALIKE = 0.6;

  private final DiffText before;
  private final DiffText after;
  private final Map<Integer, Integer> newOfOld = new HashMap<>();
  private final Map<Integer, Integer> oldOfNew = new HashMap<>();
  private final Map<Integer, WordDiff> changes = new HashMap<>();

  LinePairs(DiffText before, DiffText after) {
    this.before = before;
    this.after = after;
  }

  /// Finds the pairs of an edit.
  ///
  /// @param removed the removed lines, from 0
  /// @param added the added lines, from 0
  LinePairs find(List<Integer> removed, List<Integer> added) {
    if (removed.size() > MOST_LINES || added.size() > MOST_LINES) {
      return this;
    }
    Words[] old = removed.stream().map(i -> Words.of(before.line(i))).toArray(Words[]::new);
    Words[] young = added.stream().map(i -> Words.of(after.line(i))).toArray(Words[]::new);
    int least = 0;
    for (int i = 0; i < old.length; i++) {
      int best = -1;
      double likeness = 0;
      for (int k = Math.max(least, i - NEAR); k <= Math.min(young.length - 1, i + NEAR); k++) {
        double found = old[i].likeness(young[k]);
        if (found >= ALIKE && found > likeness) {
          best = k;
          likeness = found;
        }
      }
      if (best >= 0) {
        newOfOld.put(removed.get(i), added.get(best));
        oldOfNew.put(added.get(best), removed.get(i));
        least = best + 1;
      }
    }
    return this;
  }

  /// Returns the added line with which a removed line is paired, or null if there is none.
  @Nullable Integer ofRemoved(int line) {
    return newOfOld.get(line);
  }

  /// Returns the removed line with which an added line is paired, or null if there is none.
  @Nullable Integer ofAdded(int line) {
    return oldOfNew.get(line);
  }

  /// Returns the changed words of a pair.
  WordDiff changes(int removed, int added) {
    return changes.computeIfAbsent(
        removed, line -> WordDiff.of(before.line(line), after.line(added)));
  }

  /// The words of a line, sorted by their hashes; spaces do not count.
  ///
  /// @param words for each word its hash and, in the lowest 16 bits, its length
  /// @param weight the sum of the lengths
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Words(long[] words, long weight) {
    private static final int MOST_CHARS = 20_000;
    private static final int MOST_LENGTH = 0xFFFF;

    static Words of(String line) {
      if (line.length() > MOST_CHARS) {
        return new Words(new long[0], 0);
      }
      long[] words =
          WordDiff.words(line).stream()
              .filter(word -> !word.isBlank())
              .mapToLong(
                  word -> ((long) word.hashCode() << 16) | Math.min(word.length(), MOST_LENGTH))
              .sorted()
              .toArray();
      return new Words(words, Arrays.stream(words).map(word -> word & MOST_LENGTH).sum());
    }

    /// Returns the share of common words, weighed by their lengths, from 0 to 1.
    double likeness(Words other) {
      long common = 0;
      int at = 0;
      int there = 0;
      while (at < words.length && there < other.words.length) {
        int order = Long.compare(words[at], other.words[there]);
        common += order == 0 ? words[at] & MOST_LENGTH : 0;
        at += order <= 0 ? 1 : 0;
        there += order >= 0 ? 1 : 0;
      }
      long all = weight + other.weight;
      return all == 0 ? 0 : (double) (2 * common) / all;
    }
  }
}
