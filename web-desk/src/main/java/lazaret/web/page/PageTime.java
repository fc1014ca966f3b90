package lazaret.web.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// The form of times and numbers on pages. All times are UTC.
///
/// @param now the time of the page
public record PageTime(Instant now) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_OF_YEAR =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  /// Returns a time to the minute: `today, 17:34`, `12 November, 13:51`, `3 May 2025, 10:00`.
  public String minute(Instant time) {
    return day(time) + ", " + CLOCK.format(time.atZone(ZoneOffset.UTC));
  }

  /// Returns the day of a time: `today`, `tomorrow`, `12 November`, `3 May 2025`.
  public String day(Instant time) {
    return day(date(time));
  }

  /// Returns a day in UTC: `today`, `tomorrow`, `12 November`, `3 May 2025`.
  public String day(LocalDate day) {
    long distance = ChronoUnit.DAYS.between(date(now), day);
    if (distance >= -1 && distance <= 1) {
      return distance == 0 ? "today" : distance < 0 ? "yesterday" : "tomorrow";
    }
    return (day.getYear() == date(now).getYear() ? DAY : DAY_OF_YEAR).format(day);
  }

  private static LocalDate date(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }

  /// Returns the time for the attribute `datetime`.
  public String machine(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// Returns the time since another one in words: `4 minutes`, `3 hours`, `12 days`.
  public String since(Instant time) {
    long minutes = Math.max(0, ChronoUnit.MINUTES.between(time, now));
    if (minutes < 60) {
      return plural(minutes, "minute");
    }
    return minutes < 48 * 60 ? plural(minutes / 60, "hour") : plural(minutes / (24 * 60), "day");
  }

  /// Returns a number with a comma from 1,000.
  public String number(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /// Returns a number with its noun: `1 line`, `1,204 lines`.
  public String plural(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /// Returns a size: `313 B`, `55.3 MiB`.
  public String size(long bytes) {
    if (bytes < 1_024) {
      return bytes + " B";
    }
    double value = bytes;
    String unit = "";
    for (String next : new String[] {"KiB", "MiB", "GiB", "TiB"}) {
      if (value < 1_024) {
        break;
      }
      value /= 1_024;
      unit = next;
    }
    return String.format(Locale.ENGLISH, "%.1f %s", value, unit);
  }
}
