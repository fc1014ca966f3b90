package lazaret.cli.sandbox;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import lazaret.sandbox.watch.Runners;

/// Sees which programs run in the sandboxes of this process, by looking every few milliseconds:
/// what lives shorter than that may be missed. Thread-safe.
final class ProgramWatch implements AutoCloseable {
  private static final long PAUSE = 3;

  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final Thread thread;
  private volatile boolean over;

  private ProgramWatch() {
    this.thread = Thread.ofPlatform().daemon().name("program-watch").unstarted(this::watch);
  }

  /// Begins to watch.
  static ProgramWatch start() {
    ProgramWatch watch = new ProgramWatch();
    watch.thread.start();
    return watch;
  }

  private void watch() {
    while (!over) {
      seen.addAll(Runners.programs());
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// Returns the programs that were seen, by their paths inside.
  Set<String> programs() {
    return new TreeSet<>(seen);
  }

  @Override
  public void close() {
    over = true;
  }
}
