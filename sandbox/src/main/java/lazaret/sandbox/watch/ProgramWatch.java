package lazaret.sandbox.watch;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/// A thread that records the programs that run in the sandboxes of this process. It looks every 3
/// milliseconds and may miss programs that run shorter than that. Thread-safe.
public final class ProgramWatch implements AutoCloseable {
  private static final long PAUSE = 3;

  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final Thread thread;
  private volatile boolean over;

  private ProgramWatch() {
    this.thread = Thread.ofPlatform().daemon().name("program-watch").unstarted(this::watch);
  }

  /// Starts a watch.
  public static ProgramWatch start() {
    ProgramWatch watch = new ProgramWatch();
    watch.thread.start();
    return watch;
  }

  private void watch() {
    while (!over) {
      seen.addAll(RunningCrates.programs());
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// Returns the paths inside the sandbox of the observed programs.
  public Set<String> programs() {
    return new TreeSet<>(seen);
  }

  @Override
  public void close() {
    over = true;
  }
}
