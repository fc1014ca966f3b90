package lazaret.site;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import lazaret.vetting.LazaretException;
import lazaret.vetting.gate.store.Leader;
import org.jspecify.annotations.Nullable;

/// The removal of files that no row has, each hour. One node of several does it. Thread-safe.
public final class SiteFileSweep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SiteFileSweep.class.getName());
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final SiteFileService files;
  private final InstantSource clock;
  private volatile @Nullable Thread thread;

  /// Creates a sweep that does nothing before [#start].
  public SiteFileSweep(SiteFileService files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  /// Starts the work in the background.
  ///
  /// @param leader runs what one node of several does
  public void start(Leader leader) {
    start(leader, EVERY);
  }

  /// Starts the work with another pause before each round.
  void start(Leader leader, Duration pause) {
    thread = Thread.ofVirtual().name("site file sweep").start(() -> work(leader, pause));
  }

  private void work(Leader leader, Duration pause) {
    try {
      while (true) {
        Thread.sleep(pause);
        try {
          boolean _ = leader.run(this::sweep);
        } catch (LazaretException e) {
          later(e);
        } catch (RuntimeException e) {
          // Nothing else removes files that are not needed.
          LOG.log(System.Logger.Level.ERROR, "files of the site are swept later", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    try {
      int _ = files.sweep(clock.instant());
    } catch (IOException e) {
      later(e);
    }
  }

  private static void later(Exception e) {
    LOG.log(System.Logger.Level.WARNING, "files of the site are swept later: {0}", e.getMessage());
  }

  /// Ends the work. It reads the store, which is closed next.
  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        boolean _ = running.join(STOP_WAIT);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
