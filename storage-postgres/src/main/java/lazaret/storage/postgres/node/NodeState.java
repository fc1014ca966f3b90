package lazaret.storage.postgres.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.ClusterNode;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The knowledge of a node about the others, which a thread of its own refreshes four times within
/// the maximum staleness. Thread-safe.
final class NodeState implements SharedState, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NodeState.class.getName());

  private static final int BEATS = 4;

  /// The limit of a wait for a beat.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /// The pause after a beat that failed.
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Duration POLL = Duration.ofMillis(20);

  private final NodeRows rows;
  private final FlipRows flips;
  private final NodeBeats beats;
  private final Duration maxStaleness;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// The number of the last announcement of a snapshot by this node; 0 if there was none.
  private volatile long announced;

  // All guarded by lock. Beats are numbered from 1 on.
  private long begun;
  private long succeeded;
  private long failed;
  private @Nullable String reason;
  private boolean wanted;
  private boolean closed;

  /// Creates the state; [#start] begins the beats.
  NodeState(NodeRows rows, NodeBeats beats) {
    this.rows = rows;
    this.flips = rows.flips();
    this.beats = beats;
    this.maxStaleness = rows.maxStaleness();
    this.thread = Thread.ofPlatform().name("beats").daemon().unstarted(this::run);
  }

  /// Makes the first beat, and begins the others.
  ///
  /// @throws StoreException if the first one fails
  void start() {
    beats.beat();
    thread.start();
  }

  private void run() {
    while (true) {
      long number = awaitTurn();
      if (number == 0) {
        return;
      }
      beats.lookAtClocks();
      long flip = beats.flip();
      String why = null;
      try {
        beats.beat();
      } catch (StoreException e) {
        why = String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a beat failed by a defect", e);
        why = "a beat failed by a defect";
      }
      // The next beat reports that this node obeys the announcement.
      ended(number, why, beats.flip() != flip);
    }
  }

  /// Waits until a beat is due.
  ///
  /// @return the number of the beat; 0 after the close
  private long awaitTurn() {
    lock.lock();
    try {
      long nanos = maxStaleness.toNanos() / BEATS;
      while (!closed && !wanted && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      wanted = false;
      return closed ? 0 : ++begun;
    } catch (InterruptedException _) {
      // The thread belongs to this class, which ends it in another way.
      return 0;
    } finally {
      lock.unlock();
    }
  }

  private void ended(long number, @Nullable String why, boolean again) {
    lock.lock();
    try {
      if (why == null) {
        succeeded = number;
        wanted |= again;
      } else {
        failed = number;
        reason = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (why != null) {
      sleep(PAUSE);
    }
  }

  private static void sleep(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isCurrent() {
    return System.nanoTime() - beats.begun() < maxStaleness.toNanos();
  }

  @Override
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - beats.begun());
  }

  @Override
  public Duration maxStaleness() {
    return maxStaleness;
  }

  @Override
  public void refresh() {
    lock.lock();
    try {
      long target = begun + 1;
      want();
      long nanos = LONGEST_WAIT.toNanos();
      while (succeeded < target && failed < target && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      if (succeeded < target) {
        String why = failed < target ? null : reason;
        throw unavailable(
            why == null
                ? "cannot read the decision counter: expected an answer of the database within %d s, found none; try again"
                    .formatted(LONGEST_WAIT.toSeconds())
                : why);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw unavailable("cannot read the decision counter: the wait was interrupted; try again");
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a beat if the last one is too old for serving.
  void requireAnswer() {
    if (!isCurrent()) {
      refresh();
    }
  }

  private static StoreException unavailable(String message) {
    return new StoreException(ErrorCode.STORE_UNAVAILABLE, message, null);
  }

  /// Lets the next beat begin at once. The caller has the lock.
  private void want() {
    wanted = true;
    changed.signalAll();
  }

  @Override
  public Instant now() {
    return beats.now();
  }

  @Override
  public Instant inForceBy() {
    return beats.latestNow().plus(maxStaleness);
  }

  @Override
  public void follow(ChangeListener listener) {
    beats.follow(listener);
  }

  @Override
  public boolean isFlipAnnounced() {
    return beats.flip() != 0;
  }

  @Override
  public void announceFlip(long sequence, Duration wait) {
    long announcement = flips.announce(sequence);
    announced = announcement;
    try {
      awaitFollowers(sequence, announcement, System.nanoTime() + wait.toNanos());
    } catch (StoreException e) {
      cancelFlip();
      throw e;
    }
  }

  /// Waits until each node refreshes before each answer. A node that makes no beat for twice the
  /// maximum staleness does not serve, and learns of the announcement before it serves again.
  private void awaitFollowers(long sequence, long announcement, long end) {
    record Last(long beat, long since) {}
    Map<Integer, Last> seen = new HashMap<>();
    while (true) {
      List<String> pending = new ArrayList<>();
      for (FlipRows.Follower each : flips.behind(announcement)) {
        Last last = seen.get(each.id());
        if (last == null || last.beat() != each.beat()) {
          seen.put(each.id(), new Last(each.beat(), System.nanoTime()));
          pending.add(each.name());
        } else if (System.nanoTime() - last.since() < 2 * maxStaleness.toNanos()) {
          pending.add(each.name());
        }
      }
      if (pending.isEmpty()) {
        return;
      }
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        throw unavailable(
            "cannot change to snapshot %d: expected that all nodes follow, found that '%s' does not; try again"
                .formatted(sequence, pending.getFirst()));
      }
      sleep(POLL);
    }
  }

  @Override
  public void cancelFlip() {
    flips.cancel(announced);
  }

  @Override
  public void reportPolicy(String digest) {
    beats.report(digest);
  }

  @Override
  public List<ClusterNode> nodes() {
    return rows.nodes();
  }

  /// Ends the beats. The node does not count as current after the maximum staleness.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      boolean _ = thread.join(LONGEST_WAIT.multipliedBy(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
