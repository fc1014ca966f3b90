package lazaret.mirror.feeds;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import lazaret.vetting.LazaretException;
import lazaret.vetting.trace.CurrentSpan;
import lazaret.vetting.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// A background task that runs once per interval, sooner after a failure. Thread-safe.
final class PeriodicTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PeriodicTask.class.getName());

  /// The delay after the start, so that the first requests are answered first.
  private static final Duration AFTER_START = Duration.ofSeconds(2);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

  private final String name;
  private final Duration interval;
  private final BooleanSupplier round;
  private volatile @Nullable Thread thread;

  /// Creates the task.
  ///
  /// @param name the name of the task, for the log
  /// @param interval the time from the end of a round to the next one
  /// @param round returns whether it succeeded
  PeriodicTask(String name, Duration interval, BooleanSupplier round) {
    this.name = name;
    this.interval = interval;
    this.round = round;
  }

  /// Starts the task.
  ///
  /// @param first runs once before the first round
  /// @param tracer begins the span of each round
  void start(Runnable first, Tracer tracer) {
    thread = Thread.ofVirtual().name(name).start(() -> run(first, tracer));
  }

  private void run(Runnable first, Tracer tracer) {
    try {
      Thread.sleep(AFTER_START);
      first.run();
      while (true) {
        boolean done = CurrentSpan.of(tracer.begin("refresh " + name), _ -> round.getAsBoolean());
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
