package lazaret.storage.rocks;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.ReadThreads;
import lazaret.vetting.gate.store.StoreException;

/// An executor with a few platform threads that wait for the disk in place of virtual threads. A
/// native call pins the carrier of a virtual thread while it blocks, and there are only as many
/// carriers as cores. With 1,500 cold reads, other requests waited up to 215 ms, and 30 ms with
/// this executor (docs/measurements.md, *Blocking reads on virtual threads*). Threads are created
/// on demand and end when idle. Thread-safe.
final class DiskExecutor implements ReadThreads, AutoCloseable {
  /// The maximum number of calls that wait or run; more callers wait before they queue.
  static final int MAX_QUEUED = 1024;

  private static final long PATIENCE_SECONDS = 30;

  private final ThreadPoolExecutor threads;
  private final Semaphore places = new Semaphore(MAX_QUEUED);

  /// Creates the thread pool.
  ///
  /// @param name the name of its threads in thread dumps
  DiskExecutor(String name, int count) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name(name, 0).daemon(true).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /// Runs a call and waits for its result; a platform thread runs it itself. An interrupt before
  /// the call begins cancels it. Later, the result is awaited in spite of an interrupt, because it
  /// would be unknown otherwise, and the thread stays interrupted.
  ///
  /// @throws StoreException if the store is closed, too busy for half a minute, or the call throws
  ///   it
  @Override
  public <T> T run(Supplier<T> call) {
    if (!Thread.currentThread().isVirtual()) {
      return call.get();
    }
    acquire();
    var task = new FutureTask<>(call::get);
    try {
      threads.execute(task);
      return outcome(task);
    } catch (RejectedExecutionException _) {
      throw StoreFailures.closed();
    } finally {
      places.release();
    }
  }

  @Override
  public boolean start(Runnable call) {
    if (!places.tryAcquire()) {
      return false;
    }
    boolean started = false;
    try {
      threads.execute(() -> runInPlace(call));
      started = true;
    } catch (RejectedExecutionException _) {
      // closed: the caller learns of it from its own call
    } finally {
      if (!started) {
        places.release();
      }
    }
    return started;
  }

  private void runInPlace(Runnable call) {
    try {
      call.run();
    } finally {
      places.release();
    }
  }

  private void acquire() {
    try {
      if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreException(
            ErrorCode.STORE_FAILED,
            "cannot use the store: "
                + MAX_QUEUED
                + " calls waited for the disk for "
                + PATIENCE_SECONDS
                + " seconds; check whether the disk is slow or failing",
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          ErrorCode.STORE_FAILED, "cannot use the store: the caller was interrupted", e);
    }
  }

  private static <T> T outcome(FutureTask<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    return switch (cause) {
      // A new exception, so that the trace shows the caller too.
      case StoreException e -> new StoreException(e.code(), String.valueOf(e.getMessage()), e);
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException("a call threw a checked exception", cause);
    };
  }

  /// Lets queued calls finish and ends the threads.
  @Override
  public void close() {
    threads.close();
  }
}
