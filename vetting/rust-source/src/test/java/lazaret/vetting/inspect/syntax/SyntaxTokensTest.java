package lazaret.vetting.inspect.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SyntaxTokensTest {
  private static List<String> rust(String text) {
    return shown(text, SyntaxTokens.rust(text));
  }

  private static List<String> toml(String text) {
    return shown(text, SyntaxTokens.toml(text));
  }

  private static List<String> shown(String text, SyntaxTokens tokens) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      shown.add(tokens.kind(i) + " " + text.substring(tokens.start(i), tokens.end(i)));
    }
    return shown;
  }

  @Test
  void findsKeywordsStringsNumbersAndComments() {
    assertThat(rust("let a = \"b\" + 'c' + 1_0.5e3; // d\nfn e() {}"))
        .containsExactly(
            "KEYWORD let",
            "STRING \"b\"",
            "STRING 'c'",
            "NUMBER 1_0.5e3",
            "COMMENT // d",
            "KEYWORD fn");
  }

  @Test
  void distinguishesLifetimesFromCharacters() {
    assertThat(rust("fn a<'b>(c: &'b str) -> char { 'd' }"))
        .containsExactly("KEYWORD fn", "STRING 'd'");
  }

  @Test
  void readsRawStringsAndRawIdentifiers() {
    assertThat(rust("r#\"a \" // b\"# r#type type"))
        .containsExactly("STRING r#\"a \" // b\"#", "KEYWORD type");
  }

  @Test
  void readsNestedCommentsAndThoseWithoutAnEnd() {
    assertThat(rust("/* a /* b */ c */ if /* d /* e */ f"))
        .containsExactly("COMMENT /* a /* b */ c */", "KEYWORD if", "COMMENT /* d /* e */ f");
  }

  @Test
  void endsAStringWithoutAQuoteAtTheEndOfTheText() {
    assertThat(rust("let a = \"b\nfn c() {}\\"))
        .containsExactly("KEYWORD let", "STRING \"b\nfn c() {}\\");
  }

  @Test
  void findsAttributesAndTheirLiterals() {
    assertThat(rust("#![a]\n#[cfg(feature = \"b\", c[1])] fn d() { e[0] }"))
        .containsExactly(
            "ATTRIBUTE #![a]\n#[cfg(feature =",
            "STRING \"b\"",
            "ATTRIBUTE , c[",
            "NUMBER 1",
            "ATTRIBUTE ])]",
            "KEYWORD fn",
            "NUMBER 0");
  }

  @Test
  void readsAShebangAsAComment() {
    assertThat(rust("#!/usr/bin/env if\nif"))
        .containsExactly("COMMENT #!/usr/bin/env if", "KEYWORD if");
  }

  @Test
  void countsPositionsInCharacters() {
    assertThat(rust("\"\u00e4\ud83d\ude00\u20ac\" if /*\u20ac*/ fn"))
        .containsExactly(
            "STRING \"\u00e4\ud83d\ude00\u20ac\"",
            "KEYWORD if",
            "COMMENT /*\u20ac*/",
            "KEYWORD fn");
  }

  @Test
  void findsKeysAndValuesOfToml() {
    assertThat(
            toml(
                """
                [package."a]b"] # c
                name = "d" # e
                'f' = [
                  1.5, true,
                ]
                g = { h = 2026-11-28 }
                i = '''j
                'k'''
                """))
        .containsExactly(
            "ATTRIBUTE [package.\"a]b\"]",
            "COMMENT # c",
            "KEYWORD name",
            "STRING \"d\"",
            "COMMENT # e",
            "KEYWORD 'f'",
            "NUMBER 1.5",
            "KEYWORD true",
            "KEYWORD g",
            "KEYWORD h",
            "NUMBER 2026-11-28",
            "KEYWORD i",
            "STRING '''j\n'k'''");
  }

  @Test
  void endsAnOpenStringOfTomlWithItsLine() {
    assertThat(toml("a = \"b\\\nc = 1\nd = \"\"\"e\nf = 2"))
        .containsExactly(
            "KEYWORD a",
            "STRING \"b\\",
            "KEYWORD c",
            "NUMBER 1",
            "KEYWORD d",
            "STRING \"\"\"e\nf = 2");
  }

  @Test
  void findsTheRangesBehindAPosition() {
    SyntaxTokens tokens = SyntaxTokens.rust("if a else b");

    assertThat(tokens.firstAfter(0)).isZero();
    assertThat(tokens.firstAfter(2)).isEqualTo(1);
    assertThat(tokens.firstAfter(100)).isEqualTo(2);
  }

  @Test
  void readsAnyTextInOrderAndWithoutOverlap() {
    for (long seed = 1; seed <= 2_000; seed++) {
      var random = new SplittableRandom(seed);
      var text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append("\"'#![]{}/*\\\nr=b1a .-\u00e4\u202e".charAt(random.nextInt(22)));
      }
      for (SyntaxTokens tokens :
          List.of(SyntaxTokens.rust(text.toString()), SyntaxTokens.toml(text.toString()))) {
        int before = 0;
        for (int i = 0; i < tokens.size(); i++) {
          assertThat(tokens.start(i)).as("seed %d", seed).isGreaterThanOrEqualTo(before);
          assertThat(tokens.end(i)).as("seed %d", seed).isGreaterThan(tokens.start(i));
          before = tokens.end(i);
        }
        assertThat(before).isLessThanOrEqualTo(text.length());
      }
    }
  }

  @Test
  void readsALongHostileTextInLinearTime() {
    String open = "#[".repeat(500_000);

    assertThat(SyntaxTokens.rust(open).size()).isEqualTo(1);
    assertThat(SyntaxTokens.rust("/*".repeat(2_000_000)).size()).isEqualTo(1);
  }
}
