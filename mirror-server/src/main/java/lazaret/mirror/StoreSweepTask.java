package lazaret.mirror;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lazaret.storage.provider.StoreTasks;
import lazaret.vetting.LazaretException;
import lazaret.vetting.cluster.ClusterService;
import org.jspecify.annotations.Nullable;

/// The background work that keeps a store in order: each node reads suspected artifacts again, and
/// the leader removes each minute what nothing refers to. Thread-safe.
final class StoreSweepTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StoreSweepTask.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
  private static final int LOOKS_PER_SWEEP = 4;

  private final StoreTasks tasks;
  private final ClusterService cluster;
  private volatile @Nullable Thread thread;

  StoreSweepTask(StoreTasks tasks, ClusterService cluster) {
    this.tasks = tasks;
    this.cluster = cluster;
  }

  /// Begins the work, unless the store needs none.
  void start() {
    if (!tasks.equals(StoreTasks.NONE)) {
      thread = Thread.ofVirtual().name("store sweep").start(this::work);
    }
  }

  private void work() {
    try {
      for (int look = 1; ; look++) {
        TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        try {
          look();
          if (look % LOOKS_PER_SWEEP == 0) {
            boolean _ = cluster.leader().run(tasks::sweep);
          }
        } catch (LazaretException e) {
          LOG.log(System.Logger.Level.WARNING, "the store is swept later: {0}", e.getMessage());
        } catch (RuntimeException e) {
          // The work must not end by a defect: nothing else removes what is not needed.
          LOG.log(System.Logger.Level.ERROR, "the store is swept later", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Reads suspected artifacts again, and drops those that are damaged.
  void look() {
    tasks.damaged().forEach(cluster::scrub);
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        boolean _ = running.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
