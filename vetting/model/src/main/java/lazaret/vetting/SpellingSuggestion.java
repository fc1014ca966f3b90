package lazaret.vetting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Spelling suggestions: the known word that an unknown one is probably a misspelling of.
public final class SpellingSuggestion {
  private SpellingSuggestion() {}

  /// Returns the known word with the least Levenshtein distance, or empty if none is close enough.
  /// Close enough is a distance of at most a third of the known word (at least 1), and at most 3.
  public static Optional<String> of(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k))
        .filter(k -> distance(word, k) <= Math.min(3, Math.max(1, k.length() / 3)));
  }

  /// Returns the Levenshtein distance: the number of characters to insert, remove or replace.
  /// Returns [Integer#MAX_VALUE] if the lengths differ by more than 64 or the first word has more
  /// than 256 characters.
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
