package lazaret.cli.report;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The text of a wait. Remembers when the phase began, for the time that is left of it. Not
/// thread-safe.
final class WaitingLine {
  private static final int PERCENT = 100;

  private final String what;
  private @Nullable Long begun;
  private Share first = Share.UNKNOWN;
  private long firstSeen;

  WaitingLine(String what) {
    this.what = what;
  }

  /// Returns the text.
  ///
  /// @param nanos the time on a clock that only moves forward; the first one is the beginning
  String text(long nanos, Share share) {
    if (begun == null) {
      begun = nanos;
    }
    if (!share.phase().equals(first.phase()) || share.done() < first.done()) {
      first = share;
      firstSeen = nanos;
    }
    String phase = share.phase().isEmpty() ? "" : ": " + Plain.line(share.phase());
    return "%s%s%s, %d s%s"
        .formatted(
            what,
            phase,
            part(share),
            TimeUnit.NANOSECONDS.toSeconds(nanos - begun),
            TimeLeft.words(
                nanos - firstSeen, share.done() - first.done(), share.total() - first.done()));
  }

  private static String part(Share share) {
    return share.total() <= 0
        ? ""
        : " %d %%".formatted((long) ((double) share.done() / share.total() * PERCENT));
  }
}
