package lazaret.mirror.http2;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/// An HTTP/2 connection that is closed when the library is done with it. Thread-safe as the
/// library's.
///
/// @param connection the library's connection
/// @param close closes the connection itself
record GuardedConnection(ServerConnection connection, Runnable close)
    implements ServerConnection, InterruptableTask<Void> {
  /// The time for the last frames to reach the client. Bytes of the client that are still unread
  /// reset the connection when it is closed.
  private static final Duration FAREWELL = Duration.ofMillis(500);

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      connection.handle(limit);
    } finally {
      Thread.ofVirtual().name("http2-close").start(this::closeLater);
    }
  }

  private void closeLater() {
    try {
      Thread.sleep(FAREWELL);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    close.run();
  }

  @Override
  public Duration idleTime() {
    return connection.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    connection.close(interrupt);
  }

  @Override
  public boolean canInterrupt() {
    return connection instanceof InterruptableTask<?> task && task.canInterrupt();
  }
}
