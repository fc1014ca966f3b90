package lazaret.vetting.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.Lease;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.Leases;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The choice of the leader by one lease. A thread takes it when it is free or expired, and extends
/// it. Another node is the leader at most a term after the leader stopped ([LeaseRun#TERM]).
/// Thread-safe.
public final class LeaderTask implements Leader, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LeaderTask.class.getName());
  private static final String KEY = "leader";

  /// The time after which another node may take the lease. The rest of the term is for its look,
  /// the statement that takes the lease, and the tasks that look who leads.
  private static final Duration HELD_FOR = LeaseRun.TERM.minusSeconds(4);

  /// The pause between two looks at the lease.
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Leases leases;
  private final Thread thread;
  private volatile @Nullable Lease held;

  /// Creates the choice; [#start] takes part in it.
  public LeaderTask(Leases leases) {
    this.leases = leases;
    this.thread = Thread.ofVirtual().name("leader").unstarted(this::look);
  }

  /// Begins to take the lease when it is free.
  public void start() {
    thread.start();
  }

  private void look() {
    long extended = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long now = System.nanoTime();
        if (held == null || now - extended > HELD_FOR.toNanos() / 3) {
          round();
          extended = now;
        }
        TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Extends the lease, or takes it if it can be taken.
  void round() {
    try {
      Lease mine = held;
      if (mine != null && !leases.extend(mine, HELD_FOR)) {
        lost(mine);
      }
      if (held == null) {
        Optional<Lease> taken = leases.take(KEY, HELD_FOR);
        taken.ifPresent(_ -> LOG.log(System.Logger.Level.INFO, "this node is the leader"));
        held = taken.orElse(null);
      }
    } catch (StoreException e) {
      // Until another node has the lease, it is still that of this one. The database decides.
      LOG.log(System.Logger.Level.DEBUG, "the lease of the leader: {0}", e.getMessage());
    }
  }

  private void lost(Lease lease) {
    if (lease.equals(held)) {
      held = null;
      LOG.log(System.Logger.Level.INFO, "this node is no longer the leader");
    }
  }

  /// Returns whether this node is the leader, as far as it knows.
  public boolean leads() {
    return held != null;
  }

  @Override
  public boolean run(Work work) throws InterruptedException {
    Lease mine = held;
    if (mine == null) {
      return false;
    }
    Optional<InterruptedException> interrupted;
    try {
      interrupted = Lease.during(mine, () -> interruption(work));
    } catch (StoreException e) {
      if (!e.isLossOf(mine)) {
        throw e;
      }
      lost(mine);
      return false;
    }
    if (interrupted.isPresent()) {
      throw interrupted.get();
    }
    return true;
  }

  private static Optional<InterruptedException> interruption(Work work) {
    try {
      work.run();
      return Optional.empty();
    } catch (InterruptedException e) {
      return Optional.of(e);
    }
  }

  /// Ends the part in the choice, and lets another node become leader at once.
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread.isAlive()) {
        boolean _ = thread.join(Duration.ofSeconds(5));
      }
      Lease mine = held;
      held = null;
      if (mine != null) {
        leases.release(mine);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "the lease ends with its term: {0}", e.getMessage());
    }
  }
}
