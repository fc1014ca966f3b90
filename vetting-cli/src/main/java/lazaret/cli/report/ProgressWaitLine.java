package lazaret.cli.report;

import java.util.concurrent.TimeUnit;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// The text of a line for a wait. It stores the start of the current phase to estimate the
/// remaining time. Not thread-safe.
final class ProgressWaitLine {
  private static final int PERCENT = 100;

  private final String what;
  private @Nullable Long begun;
  private ProgressShare first = ProgressShare.UNKNOWN;
  private long firstSeen;

  ProgressWaitLine(String what) {
    this.what = what;
  }

  /// Returns the current text.
  ///
  /// @param nanos the time of a monotonic clock; the first value is the start of the wait
  String text(long nanos, ProgressShare share) {
    if (begun == null) {
      begun = nanos;
    }
    if (!share.phase().equals(first.phase()) || share.done() < first.done()) {
      first = share;
      firstSeen = nanos;
    }
    String phase = share.phase().isEmpty() ? "" : ": " + Printable.line(share.phase());
    return "%s%s%s, %d s%s"
        .formatted(
            what,
            phase,
            part(share),
            TimeUnit.NANOSECONDS.toSeconds(nanos - begun),
            TimeLeft.words(
                nanos - firstSeen, share.done() - first.done(), share.total() - first.done()));
  }

  private static String part(ProgressShare share) {
    return share.total() <= 0
        ? ""
        : " %d %%".formatted((long) ((double) share.done() / share.total() * PERCENT));
  }
}
