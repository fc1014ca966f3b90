package lazaret.sandbox.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CargoBuildWatchTest {
  private static final String OUTPUT =
      """
         Compiling alpha v1.0.0
      warning: alpha@1.0.0:    Compiling nothing
         Compiling beta v1.1.0
        Compiling too few blanks
         Compiling scratch v0.0.0 (/project)
          Finished `dev` profile in 0.42s
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4_096})
  void countsACrateWhenTheNextOneBegins(int piece) throws IOException {
    AtomicInteger compiled = new AtomicInteger();
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    byte[] bytes = OUTPUT.getBytes(StandardCharsets.UTF_8);

    try (CargoBuildWatch watch = new CargoBuildWatch(rest, compiled::incrementAndGet)) {
      for (int from = 0; from < bytes.length; from += piece) {
        watch.write(bytes, from, Math.min(piece, bytes.length - from));
      }
    }

    assertThat(compiled).hasValue(2);
    assertThat(rest.toString(StandardCharsets.UTF_8)).isEqualTo(OUTPUT);
  }
}
