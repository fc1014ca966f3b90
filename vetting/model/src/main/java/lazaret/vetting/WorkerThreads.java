package lazaret.vetting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A few platform threads for one long pass over a store, at most one for each processor.
public final class WorkerThreads {
  /// The maximum number of threads. More would take processor time from requests.
  private static final int MOST = 4;

  private WorkerThreads() {}

  /// Runs the same work on each thread and waits for all of them. An interrupt does not end the
  /// wait; the interrupt status is set again afterwards.
  ///
  /// @param name prefix of the thread names in thread dumps
  /// @throws RuntimeException as the work throws it
  public static void run(String name, Runnable work) {
    int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST);
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().name(name, 0).daemon(true).factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(threads.submit(work));
      }
      running.forEach(WorkerThreads::await);
    }
  }

  private static void await(Future<?> running) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Object _ = running.get();
          return;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("a worker ended", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
