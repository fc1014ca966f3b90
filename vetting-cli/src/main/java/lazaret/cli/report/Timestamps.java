package lazaret.cli.report;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Text forms of points in time.
public final class Timestamps {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /// Returns an ISO 8601 time as `2026-11-24 10:00Z`, or the unchanged text if it is not one.
  public static String minute(String iso) {
    try {
      return MINUTES.format(Instant.parse(iso));
    } catch (DateTimeException _) {
      return iso;
    }
  }

  /// Returns a time as `2026-11-24 10:00Z`.
  public static String minute(Instant at) {
    return MINUTES.format(at);
  }

  /// Returns an ISO 8601 time with its distance from now: `2026-11-24 10:00Z (in 3 days)`.
  public static String distant(String iso, Instant now) {
    try {
      return distant(Instant.parse(iso), now);
    } catch (DateTimeException _) {
      return iso;
    }
  }

  /// Returns a time with its distance from now: `2026-11-24 10:00Z (in 3 days)`.
  public static String distant(Instant at, Instant now) {
    Duration ahead = Duration.between(now, at);
    if (ahead.abs().toSeconds() < 2) {
      return minute(at) + " (now)";
    }
    String size = size(ahead.abs());
    return minute(at) + (ahead.isNegative() ? " (" + size + " ago)" : " (in " + size + ")");
  }

  /// Returns the end of a wait with its distance, as [#distant] does. The end is rounded up to the
  /// next full minute, as in a refusal, so that the wait is over at that time.
  public static String until(String iso, Instant now) {
    try {
      return until(Instant.parse(iso), now);
    } catch (DateTimeException _) {
      return iso;
    }
  }

  /// Returns the end of a wait with its distance, rounded up to the next full minute.
  public static String until(Instant end, Instant now) {
    return distant(end.plusSeconds(59).truncatedTo(ChronoUnit.MINUTES), now);
  }

  private static String size(Duration distance) {
    long seconds = distance.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 2 * 3_600) {
      return seconds / 60 + " min";
    }
    return seconds < 2 * 86_400 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
  }

  /// Parses a time in the past: a span before now (`3d`, `12h`), a day or a time
  /// (`2026-11-20T12:00:00Z`). A day means its last moment in UTC, or now if it is today.
  ///
  /// @throws IllegalArgumentException if the text has none of these forms
  public static Instant past(String text, Instant now) {
    if (text.matches("\\d{1,5}[hdw]")) {
      return now.minus(Duration.between(now, end(text, now)));
    }
    Instant end = end(text, now);
    if (!text.matches("\\d{4}-\\d{2}-\\d{2}")) {
      return end;
    }
    Instant last = end.minusNanos(1);
    return last.isAfter(now) && last.minus(Duration.ofDays(1)).isBefore(now) ? now : last;
  }

  /// Parses the end of a period: a span from now (`90d`, `12h`, `6w`), a day (`2027-01-31`) or a
  /// time (`2027-01-31T12:00:00Z`). A day belongs to the period, in UTC.
  ///
  /// @throws IllegalArgumentException if the text has none of these forms
  public static Instant end(String text, Instant now) {
    try {
      if (text.matches("\\d{1,5}[hdw]")) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return now.plus(
            switch (text.charAt(text.length() - 1)) {
              case 'h' -> Duration.ofHours(number);
              case 'd' -> Duration.ofDays(number);
              default -> Duration.ofDays(7 * number);
            });
      }
      return text.matches("\\d{4}-\\d{2}-\\d{2}")
          ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected a span like 90d, a day like 2027-01-31 or a moment like 2027-01-31T12:00:00Z",
          e);
    }
  }
}
