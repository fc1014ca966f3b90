package lazaret.bundle.format;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Tasks that run side by side, on as many threads as there are processors, and whose outcomes come
/// in the order in which they were added. How much is under way is bounded by its user, who takes
/// an outcome where [#isFull]. For one user; to be closed.
///
/// @param <T> what a task comes to
public final class InOrder<T> implements AutoCloseable {
  /// Shared: there are only so many processors. Threads go when idle.
  private static final ThreadPoolExecutor THREADS = threads();

  private final long mostWeight;
  private final Queue<Task<T>> tasks = new ArrayDeque<>();
  private long weight;

  private record Task<T>(Future<T> outcome, long weight) {}

  /// Begins without tasks.
  ///
  /// @param mostWeight how heavy all tasks together may be, unless one alone is heavier
  public InOrder(long mostWeight) {
    this.mostWeight = mostWeight;
  }

  private static ThreadPoolExecutor threads() {
    int count = Runtime.getRuntime().availableProcessors();
    var threads =
        new ThreadPoolExecutor(
            count,
            count,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("lazaret-bundle-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /// Tells whether an outcome is to be taken before a task is added.
  public boolean isFull() {
    return weight >= mostWeight;
  }

  /// Tells whether every outcome was taken.
  public boolean isEmpty() {
    return tasks.isEmpty();
  }

  /// Adds a task.
  ///
  /// @param size how heavy it is, in bytes that it holds for example
  public void add(long size, Callable<T> task) {
    tasks.add(new Task<>(THREADS.submit(task), size));
    weight += size;
  }

  /// Waits for the outcome of the task that was added first of those that are left.
  ///
  /// @throws IOException as the task threw it, or if waiting was interrupted; what else it threw
  ///   comes as it was
  public T take() throws IOException {
    Task<T> task = tasks.remove();
    weight -= task.weight();
    try {
      return task.outcome().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("waiting was given up", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IOException(e.getMessage(), e);
      }
    }
  }

  /// Gives up what is under way.
  @Override
  public void close() {
    tasks.forEach(task -> task.outcome().cancel(true));
    tasks.clear();
  }
}
