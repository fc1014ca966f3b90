package lazaret.mirror.http2;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/// An HTTP/2 connection that is closed when the library is done with it and its frames are written.
/// Thread-safe as the library's.
///
/// @param connection the library's connection
/// @param watch the sending side
/// @param close closes the connection itself
record GuardedConnection(ServerConnection connection, OutboundWatch watch, Runnable close)
    implements ServerConnection, InterruptableTask<Void> {
  /// The time for the last frames to reach the client. Bytes of the client that are still unread
  /// reset the connection when it is closed.
  private static final Duration FAREWELL = Duration.ofMillis(500);

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      connection.handle(limit);
    } finally {
      // The server closes the socket when this method ends.
      watch.flush();
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

  /// Closes the connection. The library interrupts the thread that reads an idle connection, which
  /// closes its socket; that must not happen while the end of a response waits to be written.
  @Override
  public void close(boolean interrupt) {
    if (interrupt || watch.isWritten()) {
      connection.close(interrupt);
    } else {
      Thread.ofVirtual().name("http2-close").start(this::closeWhenWritten);
    }
  }

  private void closeWhenWritten() {
    watch.flush();
    connection.close(false);
  }

  @Override
  public boolean canInterrupt() {
    return connection instanceof InterruptableTask<?> task
        && task.canInterrupt()
        && watch.isWritten();
  }
}
