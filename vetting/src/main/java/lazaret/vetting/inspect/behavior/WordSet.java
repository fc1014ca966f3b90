package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/// Words that a rule begins at. A source is asked for each of them ([Code#at]), and not each of its
/// identifiers for the set: most sources hold none. Immutable.
final class WordSet {
  private final Set<String> all;
  private final String[] words;
  private final int[] hashes;

  private WordSet(Stream<String> words) {
    this.words = words.distinct().sorted().toArray(String[]::new);
    all = new HashSet<>(Arrays.asList(this.words));
    hashes = Arrays.stream(this.words).mapToInt(Identifiers::hash).toArray();
  }

  static WordSet of(String... words) {
    return new WordSet(Arrays.stream(words));
  }

  static WordSet of(Set<String> words) {
    return new WordSet(words.stream());
  }

  /// Takes words with a space between each two.
  static WordSet split(String words) {
    return of(words.split(" ", -1));
  }

  /// Returns the words of this and of others.
  WordSet and(WordSet... more) {
    return new WordSet(
        Stream.concat(
            Arrays.stream(words), Arrays.stream(more).flatMap(o -> Arrays.stream(o.words))));
  }

  boolean contains(String word) {
    return all.contains(word);
  }

  int size() {
    return words.length;
  }

  String word(int index) {
    return words[index];
  }

  /// Returns the hash of a word, as [Identifiers] has it.
  int hash(int index) {
    return hashes[index];
  }
}
