package lazaret.vetting.origin;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;

/// The words of a text that can be names of crates.
final class NameWords {
  private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z0-9_-]+");

  private NameWords() {}

  /// Returns the words of a text that are names, and the beginnings of words before a `-` that are.
  static Stream<CrateName> of(String text) {
    return BETWEEN.splitAsStream(text).flatMap(NameWords::beginnings);
  }

  private static Stream<CrateName> beginnings(String word) {
    return IntStream.rangeClosed(1, word.length())
        .filter(end -> end == word.length() || word.charAt(end) == '-')
        .mapToObj(end -> word.substring(0, end))
        .filter(CrateName::isValid)
        .map(CrateName::parse);
  }
}
