package lazaret.vetting.inspect.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.vetting.inspect.rust.RustLexer;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.WordTable;
import org.junit.jupiter.api.Test;

final class SourceTokensTest {
  private static final List<String> PIECES =
      List.of("fn", "let", "send", "x", "\"a\"", "b\"\\x00\"", "'c'", "7", "(", ")", "{", "}", ".");

  private static SourceTokens code(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    var tokens = new RustTokens();
    RustLexer.read(bytes, bytes.length, WordTable.of(List.of("let")), 1 << 20, tokens);
    return new SourceTokens(tokens);
  }

  @Test
  void findsTheSamePlacesAsAWalkOverAllTokens() {
    Random random = new Random(20_261_128);
    WordSet words = WordSet.of("send", "fn", "absent");
    for (int i = 0; i < 500; i++) {
      var source = new StringBuilder();
      for (int pieces = random.nextInt(40); pieces > 0; pieces--) {
        source.append(PIECES.get(random.nextInt(PIECES.size()))).append(' ');
      }
      SourceTokens code = code(source.toString());
      int[] walked =
          IntStream.range(0, code.size()).filter(at -> words.contains(code.word(at))).toArray();

      assertThat(code.at(words)).as(source.toString()).containsExactly(walked);
      assertThat(code.at(words::contains)).containsExactly(walked);
      assertThat(code.has(words)).isEqualTo(walked.length > 0);
      assertThat(code.strings())
          .containsExactly(IntStream.range(0, code.size()).filter(code::string).toArray());
      assertThat(code.numbers())
          .containsExactly(IntStream.range(0, code.size()).filter(code::number).toArray());
      boolean[] named = code.named(words);
      assertThat(IntStream.range(0, code.size()).filter(at -> code.is(at, named)).toArray())
          .containsExactly(walked);
    }
  }

  @Test
  void tellsManyIdentifiersApart() {
    String twins =
        IntStream.range(0, 40_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    SourceTokens code = code(twins);

    assertThat(code.find("w39999")).isEqualTo(40_000);
    assertThat(code.find("w40000")).isZero();
    assertThat(code.at(WordSet.of("w7", "w39999"))).containsExactly(7, 39_999);
  }

  @Test
  void closesNothingPastTheEndOfTheTokens() {
    SourceTokens code = code("f( { [");

    assertThat(Arrays.stream(new int[] {0, 1, 2, 3, 4, 9}).map(code::close))
        .containsExactly(0, 3, 3, 3, 4, 9);
    assertThat(code.close(-1)).isEqualTo(-1);
    assertThat(code.end(4, false)).isEqualTo(4);
    assertThat(code.word(4)).isEmpty();
    assertThat(code.arguments(4)).isEmpty();
    assertThat(code("fn f").arguments(2)).isEmpty();
  }

  @Test
  void readsTheTextOfALiteralOnceAndAsItIs() {
    SourceTokens code = code("\"a\\u{2e}ssh\" \".ssh\" 'x'");

    assertThat(code.literal(0)).isEqualTo("a.ssh").isSameAs(code.literal(0));
    assertThat(code.literal(2)).isEqualTo("x");
    assertThat(PatternPrefilter.Need.CREDENTIAL.in(code.written(0))).isFalse();
    assertThat(PatternPrefilter.Need.CREDENTIAL.in(code.needs(0))).isTrue();
    assertThat(PatternPrefilter.Need.CREDENTIAL.in(code.needs(1))).isTrue();
  }
}
