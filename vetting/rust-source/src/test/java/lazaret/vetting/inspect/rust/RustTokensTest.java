package lazaret.vetting.inspect.rust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RustTokensTest {
  private static final List<String> PIECES =
      List.of("Key", "a", "b", "Z9", "_", "é", "ß", "\u212a", "r#fn", "x".repeat(40), " ", "\n");

  @Test
  void namesIdentifiersByTheirTexts() {
    Random random = new Random(20_261_130);
    var tokens = new RustTokens();
    for (int i = 0; i < 100; i++) {
      var source = new StringBuilder();
      for (int pieces = random.nextInt(1_000); pieces > 0; pieces--) {
        source.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      read(source.toString(), tokens);

      for (int at = 0; at < tokens.size(); at++) {
        if (tokens.is(at, TokenKind.IDENTIFIER)) {
          assertThat(tokens.name(at)).isEqualTo(tokens.text(at));
        }
        assertThat(tokens.endsWith(at, "Key")).isEqualTo(tokens.text(at).endsWith("Key"));
      }
    }
  }

  @Test
  void namesRepeatedIdentifiersByOneString() {
    var tokens = new RustTokens();
    read("alpha beta alpha", tokens);
    String first = tokens.name(0);

    assertThat(tokens.name(2)).isSameAs(first);
    read("alpha", tokens);
    assertThat(tokens.name(0)).isSameAs(first);
  }

  private static void read(String source, RustTokens tokens) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    RustLexer.read(bytes, bytes.length, WordTable.of(List.of("let")), 1 << 20, tokens);
  }
}
