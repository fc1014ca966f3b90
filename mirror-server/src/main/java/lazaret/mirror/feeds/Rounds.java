package lazaret.mirror.feeds;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// Does something once per interval in the background, sooner after a failure. Thread-safe.
final class Rounds implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Rounds.class.getName());

  /// The first answer of the server comes first.
  private static final Duration AFTER_START = Duration.ofSeconds(2);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

  private final String name;
  private final Duration interval;
  private final BooleanSupplier round;
  private volatile @Nullable Thread thread;

  /// Prepares rounds.
  ///
  /// @param name what is done, for the log
  /// @param interval from the end of a round to the next one
  /// @param round tells whether nothing failed
  Rounds(String name, Duration interval, BooleanSupplier round) {
    this.name = name;
    this.interval = interval;
    this.round = round;
  }

  /// Begins.
  ///
  /// @param first done once before the first round
  void start(Runnable first) {
    thread = Thread.ofVirtual().name(name).start(() -> run(first));
  }

  private void run(Runnable first) {
    try {
      Thread.sleep(AFTER_START);
      first.run();
      while (true) {
        boolean done = round.getAsBoolean();
        boolean soon = !done && interval.compareTo(AFTER_FAILURE) > 0;
        Thread.sleep(soon ? AFTER_FAILURE : interval);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (LazaretException e) {
      LOG.log(System.Logger.Level.ERROR, name + " are not refreshed any more until a restart", e);
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
