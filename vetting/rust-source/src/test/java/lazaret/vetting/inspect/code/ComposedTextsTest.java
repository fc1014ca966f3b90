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

  private static ComposedTexts of(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    var tokens = new RustTokens();
    RustLexer.read(bytes, bytes.length, WordTable.of(List.of("fn")), 1 << 20, tokens);
    return new ComposedTexts(new SourceTokens(tokens));
  }
}
