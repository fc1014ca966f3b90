package lazaret.vetting.inspect.code;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/// The words at which a rule begins. Immutable.
///
/// A source is searched for each of them ([SourceTokens#at]), rather than each of its identifiers
/// in the set: most sources contain none.
public final class WordSet {
  private final Set<String> all;
  private final String[] words;
  private final int[] hashes;

  private WordSet(Stream<String> words) {
    this.words = words.distinct().sorted().toArray(String[]::new);
    all = new HashSet<>(Arrays.asList(this.words));
    hashes = Arrays.stream(this.words).mapToInt(IdentifierTable::hash).toArray();
  }

  /// Creates a set from words.
  public static WordSet of(String... words) {
    return new WordSet(Arrays.stream(words));
  }

  /// Creates a set from a set of strings.
  public static WordSet of(Set<String> words) {
    return new WordSet(words.stream());
  }

  /// Creates a set from words that are separated by spaces.
  public static WordSet split(String words) {
    return of(words.split(" ", -1));
  }

  /// Returns the words of this set and of others.
  public WordSet and(WordSet... more) {
    return new WordSet(
        Stream.concat(
            Arrays.stream(words), Arrays.stream(more).flatMap(o -> Arrays.stream(o.words))));
  }

  /// Returns whether a word is in the set.
  public boolean contains(String word) {
    return all.contains(word);
  }

  int size() {
    return words.length;
  }

  String word(int index) {
    return words[index];
  }

  /// Returns the hash of a word, as in [IdentifierTable].
  int hash(int index) {
    return hashes[index];
  }
}
