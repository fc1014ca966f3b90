package lazaret.bench.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyCountersTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        127,
        128,
        129,
        255,
        256,
        257,
        511,
        512,
        1_000_000,
        123_456_789_012L,
        Long.MAX_VALUE
      })
  void aRangeIsNarrow(long value) {
    long greatest = LatencyCounters.greatest(LatencyCounters.index(value));

    assertThat(greatest).isGreaterThanOrEqualTo(value);
    assertThat((double) (greatest - value)).isLessThanOrEqualTo(value / 100.0);
    if (greatest < Long.MAX_VALUE) {
      assertThat(LatencyCounters.index(greatest + 1)).isEqualTo(LatencyCounters.index(value) + 1);
    }
  }

  @Test
  void percentilesAreThoseOfAllLatencies() {
    LatencyCounters latencies = new LatencyCounters();
    for (int i = 1; i <= 100; i++) {
      latencies.add(i);
    }
    latencies.add(-5);

    assertThat(latencies.count()).isEqualTo(101);
    assertThat(latencies.percentile(0.5)).isEqualTo(50);
    assertThat(latencies.percentile(0.99)).isEqualTo(99);
    assertThat(latencies.percentile(1)).isEqualTo(100);
    assertThat(latencies.percentile(0.001)).isZero();
  }

  @Test
  void countsFailuresApartFromLatencies() {
    LatencyCounters latencies = new LatencyCounters();
    latencies.failed();

    assertThat(latencies.failures()).isEqualTo(1);
    assertThat(latencies.count()).isZero();
    assertThatThrownBy(() -> latencies.percentile(0.5)).hasMessageContaining("found none");
  }
}
