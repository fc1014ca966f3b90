package lazaret.mirror.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.mirror.outbound.UpstreamOptions.Retries;
import lazaret.testkit.ManualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBackoffTest {
  private final RetryBackoff pauses =
      new RetryBackoff(
          new Retries(3, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(10)),
          ManualClock.at("2026-11-24T12:00:00Z"));

  private @Nullable Duration retryAfter(String value) {
    return pauses.retryAfter(HttpHeaders.of(Map.of("retry-after", List.of(value)), (_, _) -> true));
  }

  @Test
  void growWithFullJitterUpToTheCap() {
    long[] longest = {100, 200, 300};
    Set<Duration> seen = new HashSet<>();
    for (int failed = 1; failed <= 3; failed++) {
      for (int i = 0; i < 200; i++) {
        Duration pause = pauses.before(failed, null).orElseThrow();
        assertThat(pause).isBetween(Duration.ZERO, Duration.ofMillis(longest[failed - 1]));
        seen.add(pause);
      }
    }
    assertThat(seen).hasSizeGreaterThan(500);
  }

  @Test
  void endAfterTheLastRetry() {
    assertThat(pauses.before(4, null)).isEmpty();
  }

  @Test
  void areNeverShorterThanWhatUpstreamAsked() {
    assertThat(pauses.before(1, Duration.ofSeconds(10)))
        .hasValueSatisfying(
            pause ->
                assertThat(pause).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_100)));
    assertThat(pauses.before(1, Duration.ofMillis(10_001))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|PT0S",
        "120|PT2M",
        "999999999999999999|PT24H",
        "Tue, 24 Nov 2026 12:00:30 GMT|PT30S",
        "Tue, 24 Nov 2026 11:00:00 GMT|PT0S",
        "Thu, 24 Nov 2033 11:00:00 GMT|PT24H",
      })
  void readRetryAfterInBothForms(String value, Duration expected) {
    assertThat(retryAfter(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "1.5", "9999999999999999999", "24 Nov"})
  void readNothingElse(String value) {
    assertThat(retryAfter(value)).isNull();
  }
}
