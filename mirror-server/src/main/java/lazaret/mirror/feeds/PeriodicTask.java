package lazaret.mirror.feeds;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.trace.CurrentSpan;
import lazaret.vetting.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// A background task that the leader runs once per interval, sooner after a failure. Thread-safe.
final class PeriodicTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PeriodicTask.class.getName());

  /// The delay after the start, so that the first requests are answered first.
  private static final Duration AFTER_START = Duration.ofSeconds(2);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

  /// The pause of a node that is not the leader, before it looks again whether it is.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

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
  /// @param leader chooses the node that runs the rounds
  void start(Runnable first, Tracer tracer, Leader leader) {
    thread = Thread.ofVirtual().name(name).start(() -> run(first, tracer, leader));
  }

  private void run(Runnable first, Tracer tracer, Leader leader) {
    Rounds rounds = new Rounds(first, tracer);
    try {
      Thread.sleep(AFTER_START);
      while (true) {
        Thread.sleep(lead(leader, rounds));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Runs a round if this node is the leader, and returns the pause after it.
  private Duration lead(Leader leader, Rounds rounds) throws InterruptedException {
    try {
      boolean led = leader.run(rounds);
      // A node that is the leader again completes what the one in between began.
      rounds.begun &= led;
      return led ? rounds.pause : LOOK_EVERY;
    } catch (LazaretException e) {
      // The round lost a lease of its own. This node is still the leader.
      LOG.log(System.Logger.Level.WARNING, name + " are not refreshed; it is tried again", e);
      return afterFailure();
    }
  }

  private Duration afterFailure() {
    return interval.compareTo(AFTER_FAILURE) > 0 ? AFTER_FAILURE : interval;
  }

  /// The rounds of one start. A round that fails is repeated after a pause.
  private final class Rounds implements Leader.Work {
    private final Runnable first;
    private final Tracer tracer;
    private boolean begun;
    private Duration pause = interval;

    Rounds(Runnable first, Tracer tracer) {
      this.first = first;
      this.tracer = tracer;
    }

    @Override
    public void run() {
      boolean done = false;
      try {
        if (!begun) {
          first.run();
          begun = true;
        }
        done = CurrentSpan.of(tracer.begin("refresh " + name), _ -> round.getAsBoolean());
      } catch (LazaretException e) {
        if (e.code() == ErrorCode.LEASE_LOST) {
          throw e;
        }
        LOG.log(System.Logger.Level.ERROR, name + " are not refreshed; it is tried again", e);
      } catch (RuntimeException e) {
        // A defect in one round must not end all later ones.
        LOG.log(System.Logger.Level.ERROR, name + " are not refreshed; it is tried again", e);
      }
      pause = done ? interval : afterFailure();
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
