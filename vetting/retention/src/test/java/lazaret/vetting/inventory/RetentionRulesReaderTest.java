package lazaret.vetting.inventory;

import static lazaret.vetting.inventory.RetentionFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionRulesReaderTest {
  @Test
  void readsAllKeys() {
    String text =
        """
        max-size = "400GiB"
        per-run = 20
        per-run-size = "1GB"

        [[rule]]
        name = "unused"
        unused-for = "180d"

        [[rule]]
        name = "large"
        unused-for = "30d"
        older-than = "365d"
        larger-than = "10MiB"
        origin = "import"
        """;
    RetentionRules read = rules(text);

    assertThat(read.id()).isEqualTo(Sha256.of(Bytes.utf8(text)));
    assertThat(read.maxSize()).isEqualTo(400L << 30);
    assertThat(read.roomySize()).isEqualTo(380L << 30);
    assertThat(read.perRun()).isEqualTo(20);
    assertThat(read.perRunBytes()).isEqualTo(1_000_000_000);
    assertThat(read.rules())
        .containsExactly(
            new RetentionRule("unused", Duration.ofDays(180), null, null, null),
            new RetentionRule(
                "large",
                Duration.ofDays(30),
                Duration.ofDays(365),
                10L << 20,
                ArtifactOrigin.IMPORT));
    assertThat(read.needsOrigin()).isTrue();
  }

  @Test
  void emptyFileRemovesNothing() {
    RetentionRules read = rules("");

    assertThat(read.rules()).isEmpty();
    assertThat(read.maxSize()).isZero();
    assertThat(read.perRun()).isEqualTo(1_000);
    assertThat(read.perRunBytes()).isEqualTo(10L << 30);
    assertThat(read.needsOrigin()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "unused-for = \"1d\" | lacks 'name'",
        "name = 3 | 3:1: 'name' must be a text of 1 to",
        "name = \"a\\u0007b\" | 3:1: 'name' must be a text of 1 to",
        "name = \"max-size\" | 3:1: 'name' is 'max-size', which is used already",
        "name = \"a\" | lacks a condition",
        "unused-for = \"23h\" | 3:1: 'unused-for' must be a duration of at least a day",
        "older-than = \"soon\" | 3:1: 'older-than' must be a duration of at least a day",
        "larger-than = \"0\" | 3:1: 'larger-than' must be a size above zero",
        "larger-than = -1 | 3:1: 'larger-than' must be a size above zero",
        "origin = \"elsewhere\" | 3:1: 'origin' must be \"upstream\" or \"import\"",
        "older = \"1d\" | 3:1: unknown key 'older'; docs/retention.md lists all keys",
      })
  void namesTheMistakesOfARule(String line, String mistake) {
    assertThatThrownBy(() -> rules("# a rule\n[[rule]]\n" + line + "\n"))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the rules of retention: ")
        .hasMessageContaining(mistake);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "per-run = 0 | 1:1: 'per-run' must be a number from 1 to 100000",
        "per-run = \"1\" | 1:1: 'per-run' must be a number from 1 to 100000",
        "max-size = \"much\" | 1:1: 'max-size' must be a size above zero",
        "size = 3 | 1:1: unknown key 'size'",
        "rule = 3 | 1:1: 'rule' must be an array of at most 100 tables: [[rule]]",
        "rule = [3] | 'rule' must be an array of tables: [[rule]]",
        "rule = | cannot read the rules of retention: 1:",
      })
  void namesTheMistakesOfTheFile(String text, String mistake) {
    assertThatThrownBy(() -> rules(text + "\n"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(mistake);
  }

  @Test
  void namesAllMistakesAtOnce() {
    assertThatThrownBy(() -> rules("max-size = 0\nper-run = 0\n[[rule]]\nname = \"\"\n"))
        .hasMessageContaining("1:1: 'max-size'")
        .hasMessageContaining("; 2:1: 'per-run'")
        .hasMessageContaining("; 4:1: 'name'");
  }

  @Test
  void hasOneRuleForAName() {
    String rule = "[[rule]]\nname = \"a\"\nunused-for = \"1d\"\n";

    assertThatThrownBy(() -> rules(rule + rule))
        .hasMessageContaining("5:1: 'name' is 'a', which is used already");
  }

  @Test
  void limitsTheNumberOfRules() {
    String rule = "[[rule]]\nname = \"%d\"\nunused-for = \"1d\"\n";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      text.append(rule.formatted(i));
    }
    assertThat(rules(text.toString()).rules()).hasSize(100);

    assertThatThrownBy(() -> rules(text + rule.formatted(100)))
        .hasMessageContaining("'rule' must be an array of at most 100 tables");
  }
}
