package lazaret.sandbox.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputExcerptTest {
  @Test
  void keepsTheLastLinesAsOne() throws IOException {
    OutputExcerpt tail = new OutputExcerpt();
    assertThat(tail.text()).isEmpty();
    tail.write("error: no\n\n  caused by:\r\n".getBytes(StandardCharsets.UTF_8));
    tail.write('x');

    assertThat(tail.text()).isEqualTo("error: no; caused by:; x");

    tail.write("a".repeat(5_000).getBytes(StandardCharsets.UTF_8));
    tail.write("b".repeat(1_000).getBytes(StandardCharsets.UTF_8));
    assertThat(tail.text()).isEqualTo("a".repeat(500) + "b".repeat(1_000));
  }
}
