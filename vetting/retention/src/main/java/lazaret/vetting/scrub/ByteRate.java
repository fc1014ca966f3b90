package lazaret.vetting.scrub;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A limit of the bytes that work reads in a second. It waits once a few milliseconds are owed,
/// since most artifacts are small. For one thread.
final class ByteRate {
  private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long bytesPerSecond;
  private final CountDownLatch ended;
  private double owed;

  /// Creates a limit.
  ///
  /// @param bytesPerSecond at least 1
  /// @param ended counted down when the work must end
  ByteRate(long bytesPerSecond, CountDownLatch ended) {
    this.bytesPerSecond = bytesPerSecond;
    this.ended = ended;
  }

  /// Waits for the time that some bytes may take.
  ///
  /// @return whether the work goes on
  boolean spend(long bytes) {
    owed += (double) SECOND / bytesPerSecond * bytes;
    long nanos = owed < SHORTEST ? 0 : (long) owed;
    owed -= nanos;
    try {
      return !ended.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
