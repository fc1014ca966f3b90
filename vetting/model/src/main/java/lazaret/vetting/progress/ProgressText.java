package lazaret.vetting.progress;

import java.time.Duration;
import java.util.Locale;
import lazaret.vetting.text.Printable;
import lazaret.vetting.text.SizeText;

/// The text of a progress line: `checking the store: artifacts 42 %, 168 of 400, 2.1/s, 1 min 51 s
/// left`.
final class ProgressText {
  private static final String BYTES = "bytes";
  private static final int WHOLE = 10;

  private ProgressText() {}

  /// Returns the text.
  ///
  /// @param what the work, for example `checking the store`
  /// @param passed the time since the start, which is shown while the remaining time is unknown
  /// @param columns the maximum length
  static String of(String what, ProgressInfo info, Duration passed, int columns) {
    String phase = Printable.line(info.share().phase());
    String amounts = amount(info) + rate(info) + time(info, passed);
    String text = what + (phase.isEmpty() ? "" : ": " + phase) + amounts;
    if (text.length() > columns && !phase.isEmpty()) {
      text = phase + amounts;
    }
    return text.substring(0, Math.min(columns, text.length()));
  }

  private static String amount(ProgressInfo info) {
    ProgressShare share = info.share();
    if (share.total() > 0) {
      return " %d %%, %s of %s%s"
          .formatted(
              info.percent().orElse(0),
              number(share, share.done()),
              number(share, share.total()),
              unit(share));
    }
    return share.done() > 0 ? ", " + number(share, share.done()) + unit(share) : "";
  }

  private static String number(ProgressShare share, long number) {
    return share.unit().equals(BYTES) ? SizeText.text(number) : Long.toString(number);
  }

  /// Returns the unit, or an empty text if the number or the phase names it.
  private static String unit(ProgressShare share) {
    return share.unit().isEmpty()
            || share.unit().equals(BYTES)
            || share.unit().equals(share.phase())
        ? ""
        : " " + Printable.line(share.unit());
  }

  private static String rate(ProgressInfo info) {
    double rate = info.rate();
    if (rate <= 0) {
      return "";
    }
    String number =
        info.share().unit().equals(BYTES)
            ? SizeText.text(Math.round(rate))
            : String.format(Locale.ROOT, rate < WHOLE ? "%.1f" : "%.0f", rate);
    return ", " + number + "/s";
  }

  private static String time(ProgressInfo info, Duration passed) {
    Duration left = info.remaining();
    return ", " + (left == null ? words(passed) : words(left) + " left");
  }

  /// Returns a duration with its two largest units: `3 min 20 s`.
  private static String words(Duration time) {
    if (time.toDays() > 0) {
      return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
    }
    if (time.toHours() > 0) {
      return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : "%d s".formatted(time.toSeconds());
  }
}
