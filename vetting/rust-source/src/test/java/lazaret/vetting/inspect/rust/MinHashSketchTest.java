package lazaret.vetting.inspect.rust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinHashSketchTest {
  private static final WordTable WORDS = WordTable.of(List.of("fn"));

  @Test
  void findsACloneUnderAnotherNameWithAFunctionMore() {
    MinHashSketch original = sketch(statements("a", 400));
    MinHashSketch clone =
        sketch(
            "// renamed\nuse rustdecimal::x;\n"
                + statements("a", 400)
                + "fn steal() { go(1, 2, 3); }");

    assertThat(original.likeness(clone)).isGreaterThan(0.95);
    assertThat(clone.likeness(original)).isEqualTo(original.likeness(clone));
  }

  @Test
  void tellsHowMuchIsCommon() {
    MinHashSketch half = sketch(statements("a", 400) + statements("b", 400));
    MinHashSketch other = sketch(statements("b", 400) + statements("c", 400));

    assertThat(half.likeness(other)).isCloseTo(1.0 / 3, within(0.2));
    assertThat(sketch(statements("a", 400)).likeness(sketch(statements("c", 400)))).isZero();
  }

  @Test
  void saysNothingOfLittleSource() {
    MinHashSketch little = sketch(statements("a", MinHashSketch.SIZE - 1));

    assertThat(little.likeness(little)).isZero();
    assertThat(MinHashSketch.NONE.likeness(sketch(statements("a", 400)))).isZero();
  }

  private static String statements(String name, int count) {
    var source = new StringBuilder();
    for (int i = 0; i < count; i++) {
      source.append("let %s%d = call(%s, %d, \"text\");\n".formatted(name, i, name, i));
    }
    return source.toString();
  }

  private static MinHashSketch sketch(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    var tokens = new RustTokens();
    RustLexer.read(bytes, bytes.length, WORDS, 1_000_000, tokens);
    var sketch = new MinHashSketch.Builder();
    sketch.add(tokens);
    return sketch.sketch();
  }
}
