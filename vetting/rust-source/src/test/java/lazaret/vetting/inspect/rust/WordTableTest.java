package lazaret.vetting.inspect.rust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WordTableTest {
  private static final WordTable WORDS = WordTable.of(List.of("fn", "use", "TcpStream", "Aa"));

  @Test
  void findsWordsByTheirBytes() {
    for (String word : List.of("fn", "use", "TcpStream", "Aa")) {
      int number = WORDS.number(word);

      assertThat(WORDS.text(number)).isEqualTo(word);
      assertThat(WORDS.hasHash(hash(word))).isTrue();
    }
    assertThat(WORDS.number("Tcp")).isEqualTo(WordTable.UNKNOWN);
    assertThat(WORDS.hasHash(hash("Tcp"))).isFalse();
  }

  @Test
  void tellsWordsOfOneHashApart() {
    assertThat(hash("BB")).isEqualTo(hash("Aa"));
    assertThat(WORDS.number("BB")).isEqualTo(WordTable.UNKNOWN);
    assertThat(WORDS.hasHash(hash("BB"))).isTrue();
  }

  private static int hash(String word) {
    int hash = 0;
    for (byte b : word.getBytes(UTF_8)) {
      hash = WordTable.HASH_FACTOR * hash + b;
    }
    return hash;
  }
}
