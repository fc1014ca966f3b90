package lazaret.vetting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the word that somebody probably meant.
public final class Nearest {
  private Nearest() {}

  /// Returns the known word with the least Levenshtein distance, if it is close enough to be a
  /// misspelling: at most a third of the word, and at most 3.
  public static Optional<String> of(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k))
        .filter(k -> distance(word, k) <= Math.min(3, Math.max(1, k.length() / 3)));
  }

  /// Returns the Levenshtein distance: how many characters to insert, drop or replace.
  public static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) > 64 || one.length() > 256) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
