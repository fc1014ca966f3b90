package lazaret.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  private ProgressLine progress(int total) {
    return new ProgressLine(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), total, nanos::get);
  }

  private String stepAfter(ProgressLine progress, Duration time) {
    nanos.addAndGet(time.toNanos());
    bytes.reset();
    progress.step("serde");
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theTimeLeftFollowsFromTheSpeedSoFar() {
    try (ProgressLine progress = progress(10)) {
      assertThat(stepAfter(progress, Duration.ofSeconds(1))).contains("[1/10] serde");
      assertThat(stepAfter(progress, Duration.ofSeconds(9))).contains("[2/10, 41 s left] serde");
      assertThat(stepAfter(progress, Duration.ofMinutes(10))).contains("[3/10, 24 min left] serde");
    }
  }

  @Test
  void theLastStepNamesNoTime() {
    try (ProgressLine progress = progress(1)) {
      assertThat(stepAfter(progress, Duration.ofSeconds(9))).contains("[1/1] serde");
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[K");
  }
}
