package lazaret.vetting.gate.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lazaret.vetting.ErrorCode;

/// The runs of one kind of long work, one at a time. A lock orders those of this process, and a
/// lease those of all nodes of a store; it is extended meanwhile. The commits of a run are refused
/// once its lease is lost. Thread-safe; a run may contain another one.
public final class LeaseRun {
  private static final System.Logger LOG = System.getLogger(LeaseRun.class.getName());

  /// The term of the lease.
  public static final Duration TERM = Duration.ofSeconds(10);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Store store;
  private final String key;
  private final ReentrantLock lock = new ReentrantLock();

  /// Creates the runs of a kind.
  ///
  /// @param key the key of the lease, such as `feeds`
  public LeaseRun(Store store, String key) {
    this.store = store;
    this.key = key;
  }

  /// Runs work on the calling thread. Waits for other runs, for at most half a minute if they are
  /// on other nodes.
  ///
  /// @throws StoreException with code `store-conflict` if the wait ends; the work did not begin
  public <T> T run(Supplier<T> work) {
    if (lock.isHeldByCurrentThread()) {
      return work.get();
    }
    lock.lock();
    try {
      return store.shared().isEmpty() ? work.get() : leased(work);
    } finally {
      lock.unlock();
    }
  }

  /// Runs work on the calling thread, unless a run of this kind is under way here or on another
  /// node. A node that ended without giving its lease back has it until the end of the term.
  ///
  /// @return the result of the work; empty if it did not begin
  public <T> Optional<T> tryRun(Supplier<T> work) {
    if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
      return Optional.empty();
    }
    try {
      if (store.shared().isEmpty()) {
        return Optional.of(work.get());
      }
      Leases leases = store.leases();
      return leases.take(key, TERM).map(lease -> during(leases, lease, work));
    } finally {
      lock.unlock();
    }
  }

  private <T> T leased(Supplier<T> work) {
    Leases leases = store.leases();
    return during(leases, taken(leases), work);
  }

  private Lease taken(Leases leases) {
    long begun = System.nanoTime();
    try {
      while (true) {
        Optional<Lease> lease = leases.take(key, TERM);
        if (lease.isPresent()) {
          return lease.get();
        }
        if (System.nanoTime() - begun > LONGEST_WAIT.toNanos()) {
          throw busy();
        }
        Thread.sleep(POLL);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  private StoreException busy() {
    return new StoreException(
        ErrorCode.STORE_CONFLICT,
        "cannot begin work on '%s': expected that no other node does it, found that one does; try again"
            .formatted(key),
        null);
  }

  /// Runs work on the calling thread under a lease that a thread of its own extends meanwhile, and
  /// that is released at the end. The commits of the work are refused once the lease is lost.
  static <T> T during(Leases leases, Lease lease, Supplier<T> work) {
    var ended = new CountDownLatch(1);
    Thread _ =
        Thread.ofVirtual().name("lease " + lease.key()).start(() -> extend(leases, lease, ended));
    try {
      return Lease.during(lease, work);
    } finally {
      ended.countDown();
      release(leases, lease);
    }
  }

  /// Extends a lease until the work ended. It is not interrupted, because that would close the
  /// connection to the database.
  private static void extend(Leases leases, Lease lease, CountDownLatch ended) {
    boolean held = true;
    try {
      while (held && !ended.await(TERM.toMillis() / 3, TimeUnit.MILLISECONDS)) {
        held = extended(leases, lease);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean extended(Leases leases, Lease lease) {
    try {
      return leases.extend(lease, TERM);
    } catch (StoreException e) {
      // The store may answer again before the term ends.
      LOG.log(System.Logger.Level.DEBUG, "a lease is not extended: {0}", e.getMessage());
      return true;
    }
  }

  /// Releases a lease. The result of the work does not depend on it: the term ends by itself.
  private static void release(Leases leases, Lease lease) {
    try {
      leases.release(lease);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "a lease is not released: {0}", e.getMessage());
    }
  }
}
