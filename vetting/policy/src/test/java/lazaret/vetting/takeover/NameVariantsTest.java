package lazaret.vetting.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.takeover.Lookalike.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameVariantsTest {

  @ParameterizedTest
  @CsvSource({
    "lazystatic, lazy_static, SEPARATORS",
    "oncecell, once_cell, SEPARATORS",
    "env-logger, envlogger, SEPARATORS",
    "if-cfg, cfg_if, WORD_ORDER",
    "macro-proc, proc_macro, WORD_ORDER",
    "postgress, postgres, ONE_CHARACTER",
    "proc-macro1, proc_macro2, ONE_CHARACTER",
    "tracings, tracing, ONE_CHARACTER",
    "rands, rand, ONE_CHARACTER",
    "srede, serde, ONE_CHARACTER",
    "serd, serde, ONE_CHARACTER",
    "tokio-rs, tokio, AFFIX",
    "rust_serde, serde, AFFIX",
    "tokio, tokio_utils, AFFIX",
    "lasso-rs, lasso, AFFIX",
  })
  void namesWhatANameCouldBeMistakenFor(String name, String target, Rule rule) {
    assertThat(NameVariants.of(CrateName.parse(name))).containsEntry(target, rule);
  }

  @ParameterizedTest
  @CsvSource({"lib, libc", "sym, syn", "http, smtp", "serde, tokio", "time, tame", "axum, actix"})
  void doesNotTakeShortOrDistantNamesForEachOther(String name, String target) {
    assertThat(NameVariants.of(CrateName.parse(name))).doesNotContainKey(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a-", "a_-_-b", "x-x-x-x-x-x", "serde", "S-erde_"})
  void namesOnlyNamesAndNeverTheNameItself(String name) {
    CrateName parsed = CrateName.parse(name);

    assertThat(NameVariants.of(parsed).keySet())
        .allMatch(CrateName::isValid)
        .doesNotContain(parsed.collisionKey());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 63, 64})
  void staysBoundedForTheLongestName(int length) {
    assertThat(NameVariants.of(CrateName.parse("ab".repeat(32).substring(0, length))))
        .hasSizeLessThan(6_000);
  }
}
