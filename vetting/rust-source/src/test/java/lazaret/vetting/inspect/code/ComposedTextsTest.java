package lazaret.vetting.inspect.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.rust.RustLexer;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.WordTable;
import org.junit.jupiter.api.Test;

final class ComposedTextsTest {
  private static final int SPLITS = 400;
  private static final int SOURCES = 20_000;

  /// Pieces of sources that compose texts, also of braces in literals and in arrays of bytes.
  private static final List<String> PIECES =
      List.of(
          "\"/proc/\"",
          "\"/pro\"",
          "\"c/\"",
          "\"carg\"",
          "\"o:\"",
          "\"go\"",
          "\"rust{}c-\"",
          "\"{}\"",
          "\"/de{{\"",
          "\"{x}ev\"",
          "\"}v}}\"",
          "\".car\"",
          "'/'",
          "[47, 100, 101, 118]",
          "[99, 97, 114, 123, 125, 58]",
          "x",
          ".join(",
          "format!(",
          "concat!(",
          "quote!(",
          ")",
          ",");

  /// A text for each pattern that is matched with composed texts.
  private static final Map<Need, String> TEXTS =
      Map.of(
          Need.DIRECTIVE, "cargo:rustc-link-arg=-fuse-ld=x",
          Need.CONFIGURATION, ".cargo/config",
          Need.CARGO_HOME, "/bin/cargo",
          Need.PROCESS, "/proc/self/maps",
          Need.TEST_DATA, "tests/data/x.bin",
          Need.DEVICE, "/dev/input/event0",
          Need.CODE, "std::process::Command::new");

  @Test
  void findsAPatternHoweverItsTextIsSplit() {
    Random random = new Random(20_261_130);
    TEXTS.forEach(
        (need, text) -> {
          for (int i = 0; i < SPLITS; i++) {
            String source = split(text, random);
            assertThat(of(source).may(need)).as("%s in %s", need, source).isTrue();
          }
        });
  }

  @Test
  void coversEachTextThatIsComposed() {
    Random random = new Random(20_261_130);
    int covered = 0;
    for (int i = 0; i < SOURCES; i++) {
      var source = new StringBuilder("let x =");
      for (int pieces = 2 + random.nextInt(9); pieces > 0; pieces--) {
        source.append(' ').append(PIECES.get(random.nextInt(PIECES.size())));
      }
      SourceTokens code = code(source.toString());
      var texts = new ConstantTexts(code);
      var _ = texts.name(code.find("x"), texts.of(0, code.size()));
      String text = texts.of(0, code.size());
      var composed = new ComposedTexts(code);
      for (ConstantTexts.Reading reading : ConstantTexts.Reading.values()) {
        int found = PatternPrefilter.of(text, reading.between());
        for (Need need : TEXTS.keySet()) {
          if (need.in(found)) {
            assertThat(composed.may(need)).as("%s in %s", need, source).isTrue();
            covered++;
          }
        }
      }
    }
    assertThat(covered).isGreaterThan(SOURCES / 10);
  }

  @Test
  void readsBracesInArraysOfBytes() {
    // The bytes are those of `car{}:`.
    String source = "fn f() { quote!([99, 97, 114, 123, 125, 58], \"go\"); }";

    assertThat(of(source).may(Need.DIRECTIVE)).isTrue();
  }

  /// Returns a source with a text in several literals of different forms, in any order.
  private static String split(String text, Random random) {
    var source = new StringBuilder("fn f() { let z = \"other {} text\"; ");
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + 1 + random.nextInt(6));
      String part = text.substring(from, to);
      String statement =
          switch (random.nextInt(6)) {
            case 0 -> "let a%d = \"%s\"; ".formatted(from, part);
            case 1 -> "g(format!(\"{}%s{}\", x, y)); ".formatted(part);
            case 2 -> "g(format!(\"{a}%s\")); ".formatted(part);
            case 3 -> "g(concat!(\"%s\", r#\"%s\"#)); ".formatted(part.substring(0, 1), rest(part));
            case 4 -> bytes(part);
            default -> characters(part);
          };
      int place = random.nextBoolean() ? source.length() : source.indexOf("let z");
      source.insert(place, statement);
      from = to;
    }
    return source.append('}').toString();
  }

  private static String rest(String part) {
    return part.substring(1);
  }

  /// Returns an array of bytes, which counts as a text from three bytes on.
  private static String bytes(String part) {
    if (part.length() < 3) {
      return "g(\"%s\"); ".formatted(part);
    }
    var numbers = new StringBuilder("g([");
    part.chars().forEach(c -> numbers.append(c).append(", "));
    return numbers.append("]); ").toString();
  }

  private static String characters(String part) {
    var all = new StringBuilder();
    part.chars().forEach(c -> all.append("s.push('").append((char) c).append("'); "));
    return all.toString();
  }

  @Test
  void insertsSeparators() {
    assertThat(of("fn f() { p(\".cargo\"); p(\"config\"); }").may(Need.CONFIGURATION)).isTrue();
    assertThat(of("fn f() { p(\"extern\"); p(\"\\\"C\"); }").may(Need.CODE)).isTrue();
  }

  @Test
  void excludesPatternsOfWhichAPieceIsMissing() {
    String source =
        "fn f() { p(\"/pro\"); p(\"carg\"); p(\".cargo {} config\"); p(\"/de\"); p(\"proc!\"); }";

    assertThat(List.of(Need.DIRECTIVE, Need.CONFIGURATION, Need.DEVICE, Need.CODE))
        .noneMatch(of(source)::may);
  }

  @Test
  void excludesNothingIfThereIsTooMuchToSearch() {
    var source = new StringBuilder();
    for (int i = 0; i < 9_000; i++) {
      source.append("p(\"").append("x".repeat(250)).append("\"); ");
    }

    assertThat(TEXTS.keySet()).allMatch(of(source.toString())::may);
  }

  @Test
  void excludesNothingIfThereAreTooManyPieces() {
    var source = new StringBuilder();
    for (int i = 0; i < 80; i++) {
      source.append("p(\"").append("}a".repeat(1_000)).append("\"); ");
    }

    assertThat(TEXTS.keySet()).allMatch(of(source.toString())::may);
  }

  private static ComposedTexts of(String source) {
    return new ComposedTexts(code(source));
  }

  private static SourceTokens code(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    var tokens = new RustTokens();
    RustLexer.read(bytes, bytes.length, WordTable.of(List.of("fn")), 1 << 20, tokens);
    return new SourceTokens(tokens);
  }
}
