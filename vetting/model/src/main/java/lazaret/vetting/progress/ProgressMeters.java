package lazaret.vetting.progress;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The estimate of rate and remaining time from samples of the progress. The rate is an average in
/// which older steps count less. Each phase is estimated by itself. Not thread-safe.
public final class ProgressMeters {
  /// The time after which an estimate is based on enough steps.
  private static final long KNOWN_AFTER = TimeUnit.SECONDS.toNanos(3);

  /// The age at which steps count by a factor of e less.
  private static final double WINDOW = TimeUnit.SECONDS.toNanos(30);

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private ProgressShare last = ProgressShare.UNKNOWN;

  /// True from the first sample on.
  private boolean begun;

  private long begunAt;

  /// The time at which the number of completed steps changed last.
  private long changedAt;

  /// The weighted steps and the weighted nanoseconds that they took.
  private double steps;

  private double time;

  /// Adds a sample and returns the progress.
  ///
  /// @param nanos the time of a monotonic clock
  public ProgressInfo sample(ProgressShare share, long nanos) {
    if (!begun || !share.phase().equals(last.phase()) || share.done() < last.done()) {
      begun = true;
      begunAt = nanos;
      changedAt = nanos;
      steps = 0;
      time = 0;
    } else if (share.done() > last.done()) {
      double weight = weight(nanos);
      steps = steps * weight + (share.done() - last.done());
      time = time * weight + (nanos - changedAt);
      changedAt = nanos;
    }
    last = share;
    double rate = rate(nanos);
    return new ProgressInfo(ProgressInfo.State.RUNNING, share, rate, remaining(share, rate));
  }

  /// Returns the progress at the end of the operation.
  ///
  /// @param complete whether the operation ended with a result
  /// @param nanos the time of the monotonic clock
  public ProgressInfo end(boolean complete, long nanos) {
    double rate = rate(nanos);
    return complete
        ? new ProgressInfo(ProgressInfo.State.COMPLETE, last.completed(), rate, Duration.ZERO)
        : new ProgressInfo(ProgressInfo.State.FAILED, last, rate, null);
  }

  /// Returns the steps a second, or 0 if they are not known yet. If no step ends for longer than
  /// usual, the rate falls as if the next step ended now.
  private double rate(long nanos) {
    if (steps <= 0 || nanos - begunAt < KNOWN_AFTER) {
      return 0;
    }
    double weight = weight(nanos);
    double stalled = (steps * weight + 1) / (time * weight + (nanos - changedAt));
    return Math.min(steps / time, stalled) * SECOND;
  }

  private double weight(long nanos) {
    return Math.exp(-(nanos - changedAt) / WINDOW);
  }

  private static @Nullable Duration remaining(ProgressShare share, double rate) {
    return rate <= 0 || share.done() >= share.total()
        ? null
        : Duration.ofSeconds((long) Math.ceil((share.total() - share.done()) / rate));
  }
}
