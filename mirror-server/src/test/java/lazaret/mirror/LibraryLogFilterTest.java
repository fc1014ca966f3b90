package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/// Floods of messages of the HTTP library.
class LibraryLogFilterTest {
  private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

  private final LibraryLogFilter filter = new LibraryLogFilter();

  private static LogRecord event(String logger, String message, int second) {
    LogRecord event = new LogRecord(Level.WARNING, message);
    event.setLoggerName(logger);
    event.setInstant(START.plusSeconds(second));
    event.setThrown(new IllegalStateException("outer", new IllegalArgumentException("inner")));
    return event;
  }

  private int passed(int from, int to, String message) {
    int passed = 0;
    for (int second = from; second < to; second++) {
      for (int i = 0; i < 100; i++) {
        if (filter.isLoggable(event("io.helidon.http", message.formatted(i), second))) {
          passed++;
        }
      }
    }
    return passed;
  }

  @Test
  void logFloodOfOneKindPassesOnceAMinute() {
    assertThat(passed(0, 60, "[0x%1$s 0x%1$s] Internal server error")).isOne();

    LogRecord next = event("io.helidon.http", "[0xff 0xff] Internal server error", 61);
    assertThat(filter.isLoggable(next)).isTrue();
    assertThat(next.getMessage())
        .contains("IllegalArgumentException: inner", "(5999 more of this kind before)");
    assertThat(next.getThrown()).isNull();
  }

  @Test
  void logFloodWithTextOfTheClientIsOneKind() {
    assertThat(passed(0, 10, "[0x0 0x0] Request failed: GET /%s HTTP/2.0")).isOne();
  }

  @Test
  void failedExportsOfTracesPassOnceAMinuteWithoutTheirStackTrace() {
    int passed = 0;
    for (int i = 0; i < 60; i++) {
      LogRecord event =
          event("io.opentelemetry.exporter.internal.http.HttpExporter", "Failed to export", i);
      passed += filter.isLoggable(event) ? 1 : 0;
      assertThat(event.getThrown() == null).isEqualTo(i == 0);
    }

    assertThat(passed).isOne();
  }

  @Test
  void floodOfFailedRequestsIsLimitedAndCounted() {
    int passed = 0;
    for (int i = 0; i < 10_000; i++) {
      LogRecord own =
          event("lazaret.mirror.server.Router", "request " + i + ": disk full", i / 200);
      passed += filter.isLoggable(own) ? 1 : 0;
    }
    assertThat(passed).isEqualTo(LibraryLogFilter.MOST_OWN);

    LogRecord next = event("lazaret.mirror.server.Router", "request ab12: disk full", 61);
    assertThat(filter.isLoggable(next)).isTrue();
    assertThat(next.getMessage())
        .isEqualTo("request ab12: disk full (9980 more of this kind before)");
    assertThat(next.getThrown()).isNotNull();
  }

  @Test
  void otherKindsAndLoggersPass() {
    assertThat(passed(0, 1, "Internal server error")).isOne();
    assertThat(passed(0, 1, "Got a throwable while listening")).isOne();
    for (int i = 0; i < 3; i++) {
      LogRecord own = event("lazaret.mirror", "request failed", 0);
      assertThat(filter.isLoggable(own)).isTrue();
      assertThat(own.getThrown()).isNotNull();
    }
  }
}
