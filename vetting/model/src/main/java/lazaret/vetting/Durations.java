package lazaret.vetting;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `7d`, `12h`, `1h30m`, `20s`, `500ms`.
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?(?:(\\d{1,8})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private Durations() {}

  /// Reads a duration.
  ///
  /// @param text one or more numbers, each with `d`, `h`, `m`, `s` or `ms`, from large to small; or
  ///   `0`
  /// @throws IllegalArgumentException if the text is anything else
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher parts = FORM.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new IllegalArgumentException(
          "expected a duration like \"7d\", \"12h\", \"1h30m\" or \"500ms\"");
    }
    return Duration.ofDays(number(parts, 1))
        .plusHours(number(parts, 2))
        .plusMinutes(number(parts, 3))
        .plusSeconds(number(parts, 4))
        .plusMillis(number(parts, 5));
  }

  private static long number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /// Returns a duration in the form that [#parse] reads. Fractions of a millisecond are dropped.
  public static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    add(text, duration.toDaysPart(), "d");
    add(text, duration.toHoursPart(), "h");
    add(text, duration.toMinutesPart(), "m");
    add(text, duration.toSecondsPart(), "s");
    add(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0" : text.toString();
  }

  /// Returns a duration for use in a sentence: `7 days` or `1 day`. A duration that is not a number
  /// of whole days is returned in the form that [#parse] reads.
  public static String words(Duration duration) {
    long days = duration.toDays();
    if (days == 0 || !duration.equals(Duration.ofDays(days))) {
      return text(duration);
    }
    return days + (days == 1 ? " day" : " days");
  }

  private static void add(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }
}
