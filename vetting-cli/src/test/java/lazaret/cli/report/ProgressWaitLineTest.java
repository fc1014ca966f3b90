package lazaret.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressWaitLineTest {
  private final ProgressWaitLine line = new ProgressWaitLine("checking the store");

  private String after(int seconds, ProgressShare share) {
    return line.text(Duration.ofSeconds(1_000 + seconds).toNanos(), share);
  }

  @Test
  void theShareOfThePhaseAndItsTimeLeftAreNamed() {
    assertThat(after(0, ProgressShare.UNKNOWN)).isEqualTo("checking the store, 0 s");
    assertThat(after(1, new ProgressShare("artifacts", 0, 400)))
        .isEqualTo("checking the store: artifacts 0 %, 1 s");
    assertThat(after(11, new ProgressShare("artifacts", 100, 400)))
        .isEqualTo("checking the store: artifacts 25 %, 11 s, 31 s left");
    assertThat(after(301, new ProgressShare("artifacts", 200, 400)))
        .isEqualTo("checking the store: artifacts 50 %, 301 s, 6 min left");
  }

  @Test
  void anotherPhaseIsEstimatedByItself() {
    assertThat(after(0, new ProgressShare("artifacts", 1, 2))).contains("artifacts 50 %");
    assertThat(after(60, new ProgressShare("crates", 1, 2)))
        .isEqualTo("checking the store: crates 50 %, 60 s");
    assertThat(after(64, new ProgressShare("crates", 1, 2)))
        .isEqualTo("checking the store: crates 50 %, 64 s");
  }

  @Test
  void aPhaseOfUnknownLengthHasNoShare() {
    assertThat(after(9, new ProgressShare("tables", 7, 0)))
        .isEqualTo("checking the store: tables, 0 s");
    assertThat(after(12, new ProgressShare("tables", 9, 0)))
        .isEqualTo("checking the store: tables, 3 s");
  }
}
