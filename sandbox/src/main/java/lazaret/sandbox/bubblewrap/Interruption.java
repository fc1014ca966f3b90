package lazaret.sandbox.bubblewrap;

import java.util.concurrent.CountDownLatch;

/// What is done when the launcher itself is told to end (Ctrl-C, SIGTERM) while a command runs: the
/// command is ended, and nothing of the run is left on the machine. Thread-safe.
final class Interruption implements AutoCloseable {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Runnable work) {
    hook =
        Thread.ofPlatform()
            .name("sandbox-interruption")
            .unstarted(
                () -> {
                  begun.countDown();
                  work.run();
                });
  }

  /// Has something done when this process is told to end, until this is closed.
  static Interruption doing(Runnable work) {
    Interruption interruption = new Interruption(work);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /// Waits for the end of this process, where it was told to end: what is left to say of the
  /// command is that it was killed.
  void holdIfBegun() {
    if (begun.getCount() > 0) {
      return;
    }
    try {
      Thread.currentThread().join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It runs.
      holdIfBegun();
    }
  }
}
