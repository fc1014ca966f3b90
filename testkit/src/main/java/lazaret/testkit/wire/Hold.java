package lazaret.testkit.wire;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A point at which a proxy holds one message, so that a test can kill or stop a program meanwhile.
/// Thread-safe.
public final class Hold {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /// Waits until a message is held.
  ///
  /// @throws AssertionError if none is within a minute
  public void awaitReached() {
    if (!awaitReached(PATIENCE)) {
      throw new AssertionError("no message was held");
    }
  }

  /// Waits until a message is held, for a limited time.
  ///
  /// @return whether one is held, or was
  public boolean awaitReached(Duration patience) {
    try {
      return reached.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Passes the message on, and all later ones.
  public void release() {
    released.countDown();
  }

  /// Holds the message of the calling thread until the test releases it. Called by proxies.
  ///
  /// @throws InterruptedException if the thread is interrupted meanwhile
  public void pass() throws InterruptedException {
    reached.countDown();
    released.await();
  }
}
