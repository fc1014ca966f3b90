package lazaret.vetting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeSpanTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  private static final TimeSpan HOUR = TimeSpan.from(NOON, Duration.ofHours(1));

  @Test
  void aPeriodEndsWhereTheClockIsOutsideOfItInEitherDirection() {
    assertThat(HOUR.holds(NOON)).isTrue();
    assertThat(HOUR.holds(NOON.plusSeconds(3_599))).isTrue();
    assertThat(HOUR.holds(NOON.plusSeconds(3_600))).isFalse();
    assertThat(HOUR.holds(NOON.minusNanos(1))).isFalse();
    assertThat(HOUR.holds(NOON.minus(Duration.ofDays(3_650)))).isFalse();
  }

  @Test
  void neverHasMoreLeftThanItsLength() {
    assertThat(HOUR.left(NOON.plusSeconds(3_000))).isEqualTo(Duration.ofMinutes(10));
    assertThat(HOUR.left(NOON.minus(Duration.ofDays(3_650)))).isEqualTo(Duration.ZERO);
    assertThat(HOUR.left(NOON.plus(Duration.ofDays(1)))).isEqualTo(Duration.ZERO);
  }

  @Test
  void aClockIsImplausibleBeforeTheProgramAndBeforeAPublishTime() {
    assertThat(EarliestTime.plausible(NOON, Stream.of(NOON.minusSeconds(1), null))).isTrue();
    assertThat(EarliestTime.plausible(NOON, Stream.of(NOON.plusSeconds(1)))).isFalse();
    assertThat(EarliestTime.plausible(Instant.parse("2019-01-01T00:00:00Z"), Stream.of()))
        .isFalse();
  }
}
