package lazaret.vetting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void keepsWhatPrints() {
    assertThat(Excerpt.of("serde 1.0 é 漢 \"x\"")).isEqualTo("serde 1.0 é 漢 \"x\"");
  }

  @Test
  void replacesWhatRewritesATerminalOrForgesALine() {
    assertThat(Excerpt.of("a\u001b[2J\nb\u202ec\u2028d\u0000e\ud83d\ue000\ufeff\u007f"))
        .isEqualTo("a?[2J?b?c?d?e????");
  }

  @Test
  void isShortWhateverTheLength() {
    assertThat(Excerpt.of("x".repeat(120))).hasSize(120);
    assertThat(Excerpt.of("x".repeat(1_000_000))).hasSize(122).endsWith("xx..");
    byte[] bytes = "é".repeat(1_000_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(Excerpt.of(bytes, 0, bytes.length)).isEqualTo("é".repeat(120) + "..");
    assertThat(Excerpt.of(new byte[] {'a', (byte) 0xff}, 0, 2)).isEqualTo("a?");
  }
}
