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

/// An executor of tasks on all processors whose results are returned in the order of submission.
/// The caller limits the pending work by taking a result while [#isFull] returns true. One thread
/// may use it and closes it.
///
/// @param <T> the result of a task
public final class OrderedTasks<T> implements AutoCloseable {
  /// The thread pool, shared by all instances to match the number of processors. Idle threads end.
  private static final ThreadPoolExecutor THREADS = threads();

  private final long mostWeight;
  private final Queue<Task<T>> tasks = new ArrayDeque<>();
  private long weight;

  private record Task<T>(Future<T> outcome, long weight) {}

  /// Creates an executor without tasks.
  ///
  /// @param mostWeight the largest total weight of the pending tasks; one heavier task is accepted
  public OrderedTasks(long mostWeight) {
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

  /// Returns whether a result must be taken before the next task is added.
  public boolean isFull() {
    return weight >= mostWeight;
  }

  /// Returns whether all results were taken.
  public boolean isEmpty() {
    return tasks.isEmpty();
  }

  /// Adds a task.
  ///
  /// @param size the weight of the task, for example the bytes that it keeps in memory
  /// @param task the task
  public void add(long size, Callable<T> task) {
    tasks.add(new Task<>(THREADS.submit(task), size));
    weight += size;
  }

  /// Waits for the result of the oldest pending task and returns it.
  ///
  /// @throws IOException if the task threw a checked exception or waiting was interrupted;
  ///   unchecked exceptions of the task are thrown unchanged
  public T take() throws IOException {
    Task<T> task = tasks.remove();
    weight -= task.weight();
    try {
      return task.outcome().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("waiting was canceled", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IOException(e.getMessage(), e);
      }
    }
  }

  /// Cancels the pending tasks.
  @Override
  public void close() {
    tasks.forEach(task -> task.outcome().cancel(true));
    tasks.clear();
  }
}
