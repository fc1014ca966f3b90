package lazaret.mirror.outbound;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import lazaret.mirror.outbound.UpstreamOptions.Retries;
import org.jspecify.annotations.Nullable;

/// The pauses between attempts. Thread-safe.
final class RetryBackoff {
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

  private final Retries retries;
  private final Clock clock;

  RetryBackoff(Retries retries, Clock clock) {
    this.retries = retries;
    this.clock = clock;
  }

  /// Returns the pause before another attempt, or empty if there should be none.
  ///
  /// @param failed the number of attempts that have failed, from 1
  /// @param retryAfter the pause that upstream requested, or null
  Optional<Duration> before(int failed, @Nullable Duration retryAfter) {
    if (failed > retries.count()) {
      return Optional.empty();
    }
    if (retryAfter != null && retryAfter.compareTo(retries.retryAfterCap()) > 0) {
      return Optional.empty();
    }
    long longest =
        Math.min(retries.cap().toNanos(), retries.base().toNanos() << Math.min(failed - 1, 10));
    Duration jitter = Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest + 1));
    // Jitter is added to the requested pause. Otherwise all clients that were refused together
    // would return together.
    return Optional.of(retryAfter == null ? jitter : retryAfter.plus(jitter));
  }

  /// Reads `Retry-After` (RFC 9110 §10.2.3), seconds or a date, limited to one day; null if it is
  /// missing or malformed.
  @Nullable Duration retryAfter(HttpHeaders headers) {
    String value = headers.firstValue("retry-after").map(String::strip).orElse("");
    if (value.matches("[0-9]{1,18}")) {
      return bounded(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return bounded(Duration.between(clock.instant(), date.toInstant()));
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
  }
}
