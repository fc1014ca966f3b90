package lazaret.mirror.http2;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The executor of the library for the requests of one connection. It counts those that run: the
/// reset of a stream does not end its request. Thread-safe.
final class RunningRequests extends AbstractExecutorService {
  /// The maximum number of running requests of one connection. It is higher than the limit of
  /// streams, because a request still runs for a moment after its response was sent.
  static final int LIMIT = StreamTable.LIMIT + 28;

  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

  private final ExecutorService executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private int count;

  RunningRequests(ExecutorService executor) {
    this.executor = executor;
  }

  /// Returns the number of requests that run.
  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for at most half a second until fewer requests run than the limit, and returns whether
  /// that is so.
  boolean awaitCapacity() {
    lock.lock();
    try {
      long left = PATIENCE;
      while (count >= LIMIT && left > 0) {
        left = ended.awaitNanos(left);
      }
      return count < LIMIT;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void execute(Runnable command) {
    change(1);
    boolean accepted = false;
    try {
      executor.execute(
          () -> {
            try {
              command.run();
            } finally {
              change(-1);
            }
          });
      accepted = true;
    } finally {
      if (!accepted) {
        change(-1);
      }
    }
  }

  private void change(int by) {
    lock.lock();
    try {
      count += by;
      ended.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void shutdown() {
    throw new UnsupportedOperationException("the executor belongs to the server");
  }

  @Override
  public List<Runnable> shutdownNow() {
    throw new UnsupportedOperationException("the executor belongs to the server");
  }

  @Override
  public boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }
}
