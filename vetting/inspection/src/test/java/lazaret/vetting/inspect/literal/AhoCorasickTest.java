package lazaret.vetting.inspect.literal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lazaret.vetting.inspect.literal.AhoCorasick.MatchConsumer;
import org.junit.jupiter.api.Test;

/// Tests the search for many texts against a search for one after the other.
final class AhoCorasickTest {
  private record Match(int needle, int start, int end) {}

  @Test
  void findsWhatASearchForEachTextFinds() {
    Random random = new Random(20_261_130);
    for (int i = 0; i < 3_000; i++) {
      List<String> texts = texts(random);
      byte[] bytes = letters(random, random.nextInt(60)).getBytes(StandardCharsets.UTF_8);
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      List<Match> wanted = each(texts, bytes, from, to);
      var search = new AhoCorasick(texts);

      assertThat(found(search, bytes, from, to, to)).containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(found(search, bytes, from, from + random.nextInt(to - from + 1), to))
          .containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(search.isIn(bytes, from, to)).isEqualTo(!wanted.isEmpty());
      assertThat(search.maybeIn(bytes, from, to))
          .isEqualTo(!wanted.isEmpty() || beyondAscii(bytes, from, to));
    }
  }

  @Test
  void findsNothingWithoutTexts() {
    var search = new AhoCorasick(List.of());

    assertThat(search.isIn(new byte[] {'a', 0, -1}, 0, 3)).isFalse();
  }

  private static List<String> texts(Random random) {
    List<String> texts = new ArrayList<>();
    for (int count = 1 + random.nextInt(6); count > 0; count--) {
      texts.add(letters(random, 1 + random.nextInt(4)));
    }
    return texts.stream().distinct().toList();
  }

  private static String letters(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("abAB.é".charAt(random.nextInt(6)));
    }
    return text.toString();
  }

  private static boolean beyondAscii(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return true;
      }
    }
    return false;
  }

  private static List<Match> found(AhoCorasick search, byte[] bytes, int from, int cut, int to) {
    List<Match> all = new ArrayList<>();
    MatchConsumer receiver = (needle, start, end) -> all.add(new Match(needle, start, end));
    int state = search.search(bytes, from, cut, AhoCorasick.START, receiver);
    var _ = search.search(bytes, cut, to, state, receiver);
    return all;
  }

  private static List<Match> each(List<String> texts, byte[] bytes, int from, int to) {
    List<Match> all = new ArrayList<>();
    for (int needle = 0; needle < texts.size(); needle++) {
      byte[] text = texts.get(needle).getBytes(StandardCharsets.UTF_8);
      for (int start = from; start + text.length <= to; start++) {
        var range = new String(bytes, start, text.length, StandardCharsets.ISO_8859_1);
        var wanted = new String(text, StandardCharsets.ISO_8859_1);
        if (folded(range).equals(folded(wanted))) {
          all.add(new Match(needle, start, start + text.length));
        }
      }
    }
    return all;
  }

  /// Returns a text with ASCII letters in lower case.
  private static String folded(String text) {
    var folded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return folded.toString();
  }
}
