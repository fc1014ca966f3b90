package lazaret.results;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import lazaret.vetting.LazaretException;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.Store;

/// The rounds of the work on results in the background. One begins at the start, at a call, after a
/// while, and soon after new artifacts if they are published. Thread-safe.
final class ResultTask {
  private static final System.Logger LOG = System.getLogger(ResultTask.class.getName());

  /// The longest time between two rounds.
  private static final Duration ROUND_EVERY = Duration.ofMinutes(5);

  /// The shortest time between two rounds.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /// The ratio of pause to work: a round reads the names of all crates.
  private static final int PAUSE_PER_WORK = 10;

  private final Store store;
  private final boolean publishes;
  private final Runnable everywhere;
  private final Leader.Work round;

  /// Has an element if a round should begin at once.
  private final BlockingQueue<Boolean> calls = new ArrayBlockingQueue<>(1);

  /// Creates the rounds.
  ///
  /// @param publishes whether new artifacts begin a round
  /// @param everywhere the work of each node at the begin of a round
  /// @param round the work of the node that is chosen
  ResultTask(Store store, boolean publishes, Runnable everywhere, Leader.Work round) {
    this.store = store;
    this.publishes = publishes;
    this.everywhere = everywhere;
    this.round = round;
  }

  /// Works until the thread is interrupted.
  ///
  /// @param leader chooses the node that works
  void work(Leader leader) {
    try {
      while (true) {
        long start = System.nanoTime();
        long artifacts = 0;
        try {
          artifacts = artifacts();
          everywhere.run();
          boolean _ = leader.run(round);
        } catch (LazaretException e) {
          LOG.log(System.Logger.Level.WARNING, "results: {0}", e.getMessage());
        } catch (RuntimeException e) {
          // Without this work no revoked result would be inspected again.
          LOG.log(System.Logger.Level.ERROR, "the work on results is repeated", e);
        }
        await(artifacts, Duration.ofNanos((System.nanoTime() - start) * PAUSE_PER_WORK));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Begins a round at once.
  void wake() {
    boolean _ = calls.offer(true);
  }

  /// Waits until a round may have work.
  ///
  /// @param before the number of artifacts at the begin of the last round
  /// @param calm the shortest wait if there are other artifacts now
  private void await(long before, Duration calm) throws InterruptedException {
    long start = System.nanoTime();
    boolean called = false;
    long waited = 0;
    while (!called && waited < ROUND_EVERY.toNanos()) {
      called = calls.poll(LOOK_EVERY.toSeconds(), TimeUnit.SECONDS) != null;
      waited = System.nanoTime() - start;
      if (waited >= calm.toNanos() && isChanged(before)) {
        return;
      }
    }
  }

  private long artifacts() {
    return publishes ? store.counts().artifacts() : 0;
  }

  private boolean isChanged(long before) {
    try {
      return artifacts() != before;
    } catch (RuntimeException _) {
      // The next round tells it.
      return false;
    }
  }
}
