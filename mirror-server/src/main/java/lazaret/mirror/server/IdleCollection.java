package lazaret.mirror.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Returns the memory that a load needed to the system as soon as few requests arrive.
///
/// The serial collector examines the old generation only when it is full, and returns memory only
/// after that. A server that was busy once would therefore keep the heap of that time. A collection
/// of the whole heap stops all threads for some tens of milliseconds. Not thread-safe.
final class IdleCollection implements Runnable {
  private static final Duration PERIOD = Duration.ofMillis(500);

  /// The number of requests between two looks that probes and scrapes may send.
  private static final long FEW = 5;

  /// The additional bytes in use that are worth a collection. They are more than the young
  /// generation, which is not returned.
  private static final long WORTH = 48L << 20;

  /// The number of looks after a collection before the next one: ten seconds. Otherwise a few large
  /// downloads could cause two collections a second, which would stop all other downloads.
  static final int PAUSE = 20;

  private final LongSupplier requests;
  private long before;
  private long kept;
  private int pause;

  /// @param requests returns the number of requests since the start
  IdleCollection(LongSupplier requests) {
    this.requests = requests;
  }

  /// Looks twice a second until the thread is interrupted.
  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(PERIOD);
        boolean _ = look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Collects the heap if it is worth it and few requests have arrived since the last look. At
  /// least [#PAUSE] looks are between two collections.
  ///
  /// @return whether it collected
  boolean look() {
    long now = requests.getAsLong();
    boolean idle = now - before <= FEW;
    before = now;
    if (pause > 0) {
      pause--;
      return false;
    }
    if (!idle || used() - kept < WORTH) {
      return false;
    }
    System.gc();
    kept = used();
    pause = PAUSE;
    return true;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
