package lazaret.vetting.inspect.rust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RustLexerTest {
  private static final int MANY = 1_000_000;
  private static final WordTable WORDS = WordTable.of(Set.of("type", "use"));

  @Test
  void readsPathsAndLiterals() {
    assertThat(lex("std::net::TcpStream::connect(\"a:1\")?;"))
        .containsExactly(
            "IDENTIFIER std",
            "PATH_SEPARATOR ::",
            "IDENTIFIER net",
            "PATH_SEPARATOR ::",
            "IDENTIFIER TcpStream",
            "PATH_SEPARATOR ::",
            "IDENTIFIER connect",
            "PUNCTUATION (",
            "STRING \"a:1\"",
            "PUNCTUATION )",
            "PUNCTUATION ?",
            "PUNCTUATION ;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "r\"a\\\"|RAW_STRING|a\\",
        "r#\"a\"b\"#|RAW_STRING|a\"b",
        "r###\"a\"##b\"###|RAW_STRING|a\"##b",
        "br##\"a\"#b\"##|RAW_BYTE_STRING|a\"#b",
        "b\"\\x68\\x69\"|BYTE_STRING|hi",
        "c\"hi\"|C_STRING|hi",
        "cr#\"hi\"#|RAW_C_STRING|hi",
        "\"a\\\"b\"|STRING|a\"b",
        "\"\\u{68}\\u{6_9}\"|STRING|hi",
        "'\\''|CHARACTER|'",
        "'\"'|CHARACTER|\"",
        "'é'|CHARACTER|é",
        "'\\u{1F600}'|CHARACTER|😀",
        "b'\\\\'|BYTE|\\",
      })
  void readsLiterals(String source, String kind, String value) {
    RustTokens tokens = read(source + " end");

    assertThat(tokens.size()).isEqualTo(2);
    assertThat(tokens.kind(0).name()).isEqualTo(kind);
    assertThat(new String(tokens.value(0), StandardCharsets.UTF_8)).isEqualTo(value);
  }

  @Test
  void joinsLinesThatABackslashContinues() {
    RustTokens tokens = read("\"a\\\n   b\"");

    assertThat(new String(tokens.value(0), StandardCharsets.UTF_8)).isEqualTo("ab");
  }

  @Test
  void tellsLifetimesFromCharacters() {
    assertThat(lex("fn f<'a>(x: &'static str) -> char { 'a' } 'outer: loop { break 'outer }"))
        .contains("LIFETIME 'a", "LIFETIME 'static", "CHARACTER 'a'", "LIFETIME 'outer");
    assertThat(lex("impl<'r#type> X<'_> {}")).contains("LIFETIME 'r#type", "LIFETIME '_");
  }

  @Test
  void skipsCommentsOfEveryKind() {
    assertThat(lex("a /* x /* \" */ y */ b // \" \n /// \" doc\n //! \"\n /** \" */ c"))
        .containsExactly("IDENTIFIER a", "IDENTIFIER b", "IDENTIFIER c");
  }

  @Test
  void takesTheNameOfARawIdentifier() {
    RustTokens tokens = read("r#type r#use::x r");

    assertThat(tokens.text(0)).isEqualTo("type");
    assertThat(tokens.word(0)).isEqualTo(WORDS.number("type"));
    assertThat(tokens.word(1)).isEqualTo(WORDS.number("use"));
    assertThat(tokens.text(tokens.size() - 1)).isEqualTo("r");
  }

  @Test
  void skipsAShebangButNoAttribute() {
    assertThat(lex("#!/bin/env \"\nfn")).containsExactly("IDENTIFIER fn");
    assertThat(lex("#! /* x */\n [no_std]")).first().isEqualTo("PUNCTUATION #");
    assertThat(lex("\uFEFF#!/x\nfn")).containsExactly("IDENTIFIER fn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---{ use TcpStream;\n--- 1 }",
        "#!/x\n---{ use TcpStream;\n--- 1 }",
        "---cargo\nit's = \"\n---\nuse TcpStream;",
        "#!/x\n---cargo\n/* r#\"\n---\nuse TcpStream;",
        "---{ let a = \"\n---\n\"; use TcpStream; \"\n\";",
        "----\n---\n----\nuse TcpStream;",
        "---x\nuse TcpStream;",
        "#!/** \"*/[\"\nuse TcpStream;",
        "#!/** a */[allow(TcpStream)]",
      })
  void readsWhatAnyReadingOfFrontmatterAndShebangCompiles(String source) {
    assertThat(lexAll(source)).contains("IDENTIFIER TcpStream");
  }

  @Test
  void readsOrdinarySourcesOnce() {
    assertThat(lexAll("#![allow(a)]\nfn")).hasSize(9);
    assertThat(lexAll("#!/usr/bin/x it's\nfn")).containsExactly("IDENTIFIER fn");
    assertThat(lexAll("\uFEFFfn")).containsExactly("IDENTIFIER fn");
  }

  @Test
  void readsTheFormsOfEdition2024() {
    assertThat(lex("#\"a\"# ##\"b\"##"))
        .containsExactly(
            "PUNCTUATION #",
            "STRING \"a\"",
            "PUNCTUATION #",
            "PUNCTUATION #",
            "PUNCTUATION #",
            "STRING \"b\"",
            "PUNCTUATION #",
            "PUNCTUATION #");
    assertThat(lex("#[unsafe(no_mangle)] gen fn g() {}"))
        .contains("IDENTIFIER unsafe", "IDENTIFIER no_mangle", "IDENTIFIER gen");
    assertThat(lex("z\"a\" k#x"))
        .containsExactly(
            "IDENTIFIER z", "STRING \"a\"", "IDENTIFIER k", "PUNCTUATION #", "IDENTIFIER x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x1F_u8", "1_000", "1.5e-3", "2E+8f64", "0b1010", "1f32", "0xe"})
  void readsNumbersWhole(String number) {
    assertThat(lex(number + ";")).containsExactly("NUMBER " + number, "PUNCTUATION ;");
  }

  @Test
  void partsRangesAndMethodsFromNumbers() {
    assertThat(lex("1..2 3.max(4) 0xe+1"))
        .containsExactly(
            "NUMBER 1",
            "PUNCTUATION .",
            "PUNCTUATION .",
            "NUMBER 2",
            "NUMBER 3",
            "PUNCTUATION .",
            "IDENTIFIER max",
            "PUNCTUATION (",
            "NUMBER 4",
            "PUNCTUATION )",
            "NUMBER 0xe",
            "PUNCTUATION +",
            "NUMBER 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"", "r#\"", "/*", "'", "'\\", "b'", "\"\\", "br###\"x\"##", "r", "'\\u{"})
  void endsWithWhatHasNoEnd(String source) {
    RustTokens tokens = read(source);

    for (int i = 0; i < tokens.size(); i++) {
      assertThat(tokens.end(i)).isBetween(tokens.start(i) + 1, source.length());
      assertThat(tokens.value(i)).isNotNull();
    }
    assertThat(tokens.whole()).isTrue();
  }

  @Test
  void aQuoteWithoutItsEndHidesNoLaterLine() {
    assertThat(lex("'\\x\nuse std::net;")).contains("IDENTIFIER use", "IDENTIFIER net");
  }

  @Test
  void takesBytesThatAreNoUtf8() {
    byte[] source = {'a', (byte) 0xFF, (byte) 0xC0, ' ', '"', (byte) 0x80, '"', ' ', 'b', 0};

    var tokens = new RustTokens();
    RustLexer.read(source, source.length, WORDS, MANY, tokens);

    assertThat(tokens.size()).isEqualTo(4);
    assertThat(tokens.kind(1)).isEqualTo(TokenKind.STRING);
    assertThat(tokens.text(2)).isEqualTo("b");
  }

  @Test
  void spacesBeyondAsciiPartTokens() {
    assertThat(lex("a\u2028b\u200Ec\u0085d")).hasSize(4);
  }

  @Test
  void saysWhenItStoppedEarly() {
    byte[] source = "a b c d".getBytes(StandardCharsets.UTF_8);

    var tokens = new RustTokens();
    RustLexer.read(source, source.length, WORDS, 3, tokens);

    assertThat(tokens.size()).isEqualTo(3);
    assertThat(tokens.whole()).isFalse();
  }

  @Test
  void countsLines() {
    RustTokens tokens = read("a\n\n/*\n*/ b \"x\ny\" c");

    assertThat(tokens.line(0)).isEqualTo(1);
    assertThat(tokens.line(1)).isEqualTo(4);
    assertThat(tokens.line(3)).isEqualTo(5);
  }

  private static RustTokens read(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    var tokens = new RustTokens();
    RustLexer.read(bytes, bytes.length, WORDS, MANY, tokens);
    return tokens;
  }

  private static List<String> lexAll(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    var tokens = new RustTokens();
    List<String> all = new ArrayList<>();
    RustLexer.readings(bytes, bytes.length, WORDS, MANY, tokens, () -> all.addAll(texts(tokens)));
    return all;
  }

  private static List<String> lex(String source) {
    return texts(read(source));
  }

  private static List<String> texts(RustTokens tokens) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      all.add(tokens.kind(i) + " " + tokens.text(i));
    }
    return all;
  }
}
