package lazaret.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedBlockTest {
  private final MarkedBlock block = new MarkedBlock("<!-- a -->\n", "<!-- b -->\n");

  @Test
  void replacesWhatIsBetweenTheMarkers() {
    String page = "before\n<!-- a -->\nold\n<!-- b -->\nafter\n";

    assertThat(block.in(page)).isEqualTo("old\n");
    assertThat(block.replaced(page, "new\n"))
        .isEqualTo("before\n<!-- a -->\nnew\n<!-- b -->\nafter\n");
    assertThat(block.in("<!-- a -->\n<!-- b -->\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<!-- a -->\n",
        "<!-- b -->\n<!-- a -->\n",
        "<!-- a -->\n<!-- a -->\n<!-- b -->\n",
        "<!-- a -->\n<!-- b -->\n<!-- b -->\n"
      })
  void refusesAPageWithoutOnePlace(String page) {
    assertThatThrownBy(() -> block.in(page)).hasMessageStartingWith("cannot find the part");
    assertThatThrownBy(() -> block.replaced(page, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
