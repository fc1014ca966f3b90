package lazaret.vetting.gate.store;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lazaret.vetting.ErrorCode;

/// Runs of the same work on several nodes, of which one at a time does it, such as the fetch of one
/// artifact. The others look for its result. A lease chooses the node, and the commits of the work
/// are refused once another node has the lease. Within a node, callers share one run. Thread-safe.
public final class SharedFlight {
  private static final System.Logger LOG = System.getLogger(SharedFlight.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final Store store;

  /// Creates the runs on a store.
  public SharedFlight(Store store) {
    this.store = store;
  }

  /// Runs work on the calling thread, or waits for the result of another node.
  ///
  /// @param key the key of the lease, such as `artifact/` with a digest
  /// @param known reads the result; empty if there is none yet
  /// @param work makes and stores the result
  public <T> T run(String key, Supplier<Optional<T>> known, Supplier<T> work) {
    if (store.shared().isEmpty()) {
      return work.get();
    }
    Leases leases = store.leases();
    for (int attempt = 0; ; attempt++) {
      // The caller has just looked for the result.
      Optional<T> result = attempt == 0 ? Optional.empty() : known.get();
      Optional<Lease> lease =
          result.isPresent() ? Optional.empty() : leases.take(key, LeaseRun.TERM);
      if (lease.isPresent()) {
        // The other node may have ended between the look and the lease.
        Supplier<T> rest = attempt == 0 ? work : () -> known.get().orElseGet(work);
        result = attempted(leases, lease.get(), rest);
      }
      if (result.isPresent()) {
        return result.get();
      }
      pause(key, attempt);
    }
  }

  /// Returns the result of the work, or empty if another node took the lease.
  private static <T> Optional<T> attempted(Leases leases, Lease lease, Supplier<T> work) {
    try {
      return Optional.of(LeaseRun.during(leases, lease, work));
    } catch (StoreException e) {
      if (!e.isLossOf(lease)) {
        throw e;
      }
      LOG.log(System.Logger.Level.DEBUG, "{0}", e.getMessage());
      return Optional.empty();
    }
  }

  private static void pause(String key, int attempt) {
    try {
      TimeUnit.MILLISECONDS.sleep(
          Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 10)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          ErrorCode.STORE_CONFLICT,
          "cannot wait for the result of '%s' on another node: the wait was interrupted; try again"
              .formatted(key),
          null);
    }
  }
}
