package lazaret.vetting.inspect.purpose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Tests that the subjects of a text are those whose vocabularies have one of its words.
final class PurposeSubjectTest {
  private static final List<String> ENDS = List.of("s", "es", "d", "ed", "r", "er", "ing");
  private static final Map<PurposeSubject, Set<String>> VOCABULARIES =
      new EnumMap<>(PurposeSubject.class);

  static {
    for (PurposeSubject subject : PurposeSubject.values()) {
      VOCABULARIES.put(subject, subject.vocabulary());
    }
  }

  @Test
  void findsTheSubjectsWhoseVocabularyHasAWord() {
    List<String> words =
        VOCABULARIES.values().stream()
            .flatMap(Set::stream)
            .filter(word -> word.indexOf('-') < 0)
            .distinct()
            .sorted()
            .toList();
    Random random = new Random(20_261_130);
    for (int i = 0; i < 20_000; i++) {
      String word = words.get(random.nextInt(words.size()));
      String cut = word.substring(0, 1 + random.nextInt(word.length()));
      String text = (random.nextBoolean() ? word : cut) + end(random);

      assertThat(PurposeSubject.in(text)).as(text).isEqualTo(named(text));
    }
  }

  @Test
  void readsEachWordOfAText() {
    assertThat(PurposeSubject.in("A Git-hooks INSTALLER, for C."))
        .containsExactlyInAnyOrderElementsOf(
            named(List.of("a", "git", "hooks", "installer", "for")));
    assertThat(PurposeSubject.in("")).isEmpty();
    assertThat(PurposeSubject.in("é ...")).isEmpty();
  }

  private static String end(Random random) {
    return random.nextInt(3) == 0 ? "" : ENDS.get(random.nextInt(ENDS.size()));
  }

  private static Set<PurposeSubject> named(List<String> words) {
    Set<PurposeSubject> all = EnumSet.noneOf(PurposeSubject.class);
    words.forEach(word -> all.addAll(named(word)));
    return all;
  }

  /// Returns the subjects of a word by asking each vocabulary.
  private static Set<PurposeSubject> named(String word) {
    Set<PurposeSubject> named = EnumSet.noneOf(PurposeSubject.class);
    VOCABULARIES.forEach(
        (subject, known) -> {
          boolean names = known.contains(word);
          for (String end : ENDS) {
            names |=
                word.endsWith(end)
                    && word.length() > end.length() + 2
                    && known.contains(word.substring(0, word.length() - end.length()));
          }
          if (names) {
            named.add(subject);
          }
        });
    return named;
  }
}
