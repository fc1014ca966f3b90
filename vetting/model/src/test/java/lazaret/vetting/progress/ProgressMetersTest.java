package lazaret.vetting.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressMetersTest {
  private final ProgressMeters meters = new ProgressMeters();

  private static long at(double seconds) {
    return Duration.ofMillis((long) (1_000_000 + seconds * 1_000)).toNanos();
  }

  private ProgressInfo after(double seconds, long done, long total) {
    return meters.sample(new ProgressShare("artifacts", done, total, "artifacts"), at(seconds));
  }

  @Test
  void aSteadyRateGivesTheRemainingTime() {
    after(0, 0, 400);
    for (int second = 1; second < 100; second++) {
      after(second, second * 2L, 400);
    }

    ProgressInfo info = after(100, 200, 400);

    assertThat(info.rate()).isEqualTo(2, within(0.01));
    assertThat(info.remaining()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(101));
    assertThat(info.percent()).hasValue(50);
    assertThat(info.state()).isEqualTo(ProgressInfo.State.RUNNING);
  }

  @Test
  void nothingIsEstimatedBeforeThreeSecondsAndOneStep() {
    after(0, 0, 10);
    assertThat(after(2.9, 5, 10).remaining()).isNull();
    assertThat(after(2.9, 5, 10).rate()).isZero();
    assertThat(after(3, 5, 10).remaining()).isNotNull();
    assertThat(new ProgressMeters().sample(ProgressShare.UNKNOWN, 0).rate()).isZero();
  }

  /// Work that was done before the first sample, for example before a phase was seen, took unknown
  /// time.
  @Test
  void stepsBeforeTheFirstSampleDoNotCount() {
    after(0, 1_000, 2_000);
    assertThat(after(10, 1_000, 2_000).rate()).isZero();
    assertThat(after(10, 1_010, 2_000).rate()).isEqualTo(1, within(0.01));
  }

  @Test
  void theRateFollowsAChangeWithinAMinute() {
    after(0, 0, 10_000);
    for (int second = 1; second <= 60; second++) {
      after(second, second * 100L, 10_000);
    }
    assertThat(after(61, 6_010, 10_000).rate()).isGreaterThan(90);
    for (int second = 62; second <= 180; second++) {
      after(second, 6_000 + (second - 60) * 10L, 10_000);
    }
    assertThat(after(180, 7_200, 10_000).rate()).isEqualTo(10, within(3.0));
  }

  /// One slow step does not make the remaining time jump while it runs as long as usual.
  @Test
  void theRateStaysWhileAStepRunsAsLongAsUsualAndFallsAfterwards() {
    after(0, 0, 10);
    after(60, 1, 10);
    double usual = after(120, 2, 10).rate();

    assertThat(after(150, 2, 10).rate()).isEqualTo(usual);
    assertThat(after(900, 2, 10).rate()).isLessThan(usual / 5);
  }

  @Test
  void eachPhaseIsEstimatedByItself() {
    after(0, 0, 100);
    after(10, 50, 100);

    ProgressInfo next = meters.sample(new ProgressShare("crates", 1, 2, "crates"), at(11));

    assertThat(next.rate()).isZero();
    assertThat(next.percent()).hasValue(50);
  }

  @Test
  void aPhaseThatBeginsAgainIsEstimatedAnew() {
    after(0, 0, 100);
    after(10, 90, 100);
    assertThat(after(11, 1, 100).rate()).isZero();
  }

  @Test
  void withoutATotalThereIsARateOnly() {
    after(0, 0, 0);
    ProgressInfo info = after(10, 50, 0);

    assertThat(info.rate()).isEqualTo(5, within(0.01));
    assertThat(info.remaining()).isNull();
    assertThat(info.percent()).isEmpty();
    assertThat(info.json().text())
        .isEqualTo(
            "{\"state\":\"running\",\"phase\":\"artifacts\",\"done\":50,\"unit\":\"artifacts\",\"rate\":5.00}");
  }

  @Test
  void theEndOfACompleteOperationIsTheWhole() {
    after(0, 0, 400);
    after(10, 300, 400);

    assertThat(meters.end(true, at(10)).json().text())
        .isEqualTo(
            "{\"state\":\"complete\",\"phase\":\"artifacts\",\"done\":400,\"total\":400,"
                + "\"unit\":\"artifacts\",\"percent\":100,\"rate\":30.00,\"remaining_seconds\":0}");
    assertThat(new ProgressMeters().end(true, 0).json().text())
        .contains("\"state\":\"complete\"", "\"percent\":100")
        .doesNotContain("total", "rate");
  }

  @Test
  void theEndOfAFailedOperationIsTheShareThatWasReached() {
    after(0, 0, 3_000_000);
    after(10, 2_000_000, 3_000_000);

    assertThat(meters.end(false, at(10)).json().text())
        .isEqualTo(
            "{\"state\":\"failed\",\"phase\":\"artifacts\",\"done\":2000000,\"total\":3000000,"
                + "\"unit\":\"artifacts\",\"percent\":66,\"rate\":200000}");
  }

  @Test
  void thePercentageIsRoundedDownAndAtMostAHundred() {
    assertThat(new ProgressShare("", 999, 1_000, "").percent()).hasValue(99);
    assertThat(new ProgressShare("", 2_000, 1_000, "").percent()).hasValue(100);
    assertThat(new ProgressShare("", Long.MAX_VALUE, Long.MAX_VALUE, "").percent()).hasValue(100);
  }
}
