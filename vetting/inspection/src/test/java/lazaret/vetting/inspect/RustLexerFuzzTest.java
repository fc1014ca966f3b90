package lazaret.vetting.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lazaret.testkit.Mutator;
import lazaret.vetting.inspect.rust.RustLexer;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.WordTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A fuzz test of the lexer: for any bytes, tokens are in order and none is empty.
final class RustLexerFuzzTest {
  private static final WordTable WORDS = WordTable.of(Set.of("use", "mod", "std"));
  private static final int MAX_TOKENS = 100_000;
  private static final List<String> BASES =
      List.of(
          "use std::{net as n, process::{Command as C, *}}; fn main() { C::new(\"sh\"); }",
          "#!/bin/env x\n---\na = 'b'\n---\nfn f<'a>(x: &'a str) -> char { 'a' }",
          "const A: &[u8] = b\"\\x68\\u{69}\"; const B: &str = r##\"a\"#b\"##; c\"x\"; br#\"\"#;",
          "/* a /* b */ c */ // d\n/// e\n#[cfg(test)] mod t { include!(\"x\"); } 0x1f_u8 1.5e-3");

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void survivesAnything(long seed) {
    var mutator = new Mutator(seed);
    for (int round = Mutator.rounds(5_000); round > 0; round--) {
      byte[] source =
          mutator.mutate(InspectionFixture.bytes(BASES.get(mutator.below(BASES.size())).repeat(2)));

      var tokens = new RustTokens();
      RustLexer.read(source, source.length, WORDS, MAX_TOKENS, tokens);

      int end = 0;
      for (int i = 0; i < tokens.size(); i++) {
        assertThat(tokens.start(i)).isGreaterThanOrEqualTo(end);
        assertThat(tokens.end(i)).isGreaterThan(tokens.start(i)).isLessThanOrEqualTo(source.length);
        assertThat(tokens.value(i)).hasSizeLessThanOrEqualTo(tokens.end(i) - tokens.start(i));
        end = tokens.end(i);
      }
    }
  }
}
