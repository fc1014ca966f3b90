package lazaret.mirror;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/// A part of the start that runs on a thread of its own while the caller goes on. Once it is
/// closed, the thread has ended, so that a start that fails leaves none. Thread-safe.
final class StartTask implements AutoCloseable {
  private final FutureTask<?> task;
  private final Thread thread;

  private StartTask(FutureTask<?> task, Thread thread) {
    this.task = task;
    this.thread = thread;
  }

  /// Begins the work.
  ///
  /// @param name the name of the thread
  static StartTask begin(String name, Runnable work) {
    var task = new FutureTask<>(Executors.callable(work));
    return new StartTask(task, Thread.ofPlatform().name(name).daemon().start(task));
  }

  /// Waits until the work is done.
  ///
  /// @throws RuntimeException as the work threw it
  void await() {
    try {
      var _ = task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException("a part of the start failed", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during the start", e);
    }
  }

  /// Waits until the work has ended, also if it failed.
  @Override
  public void close() {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
