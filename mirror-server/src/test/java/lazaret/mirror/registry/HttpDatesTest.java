package lazaret.mirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDatesTest {
  private final HttpDates dates = new HttpDates();

  @Test
  void writesWholeSecondsOfUniversalTime() {
    assertThat(dates.of(Instant.parse("2026-02-01T08:05:09.999Z")))
        .isEqualTo("Sun, 01 Feb 2026 08:05:09 GMT");
    assertThat(dates.of(Instant.parse("1969-12-31T23:59:59Z")))
        .isEqualTo("Wed, 31 Dec 1969 23:59:59 GMT");
  }

  @Test
  void tellsMomentsOfOneSlotApart() {
    Instant first = Instant.parse("2026-02-01T00:00:00Z");
    Instant second = first.plusSeconds(1 << 12);

    assertThat(dates.of(first)).isEqualTo("Sun, 01 Feb 2026 00:00:00 GMT");
    assertThat(dates.of(second)).isEqualTo("Sun, 01 Feb 2026 01:08:16 GMT");
    assertThat(dates.of(first)).isEqualTo("Sun, 01 Feb 2026 00:00:00 GMT");
  }
}
