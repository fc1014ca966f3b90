package lazaret.mirror.http2;

import java.util.concurrent.atomic.AtomicLong;

/// A stream that at least one side has not ended. Thread-safe.
final class OpenStream {
  /// Bytes that the server may still send.
  final AtomicLong sendWindow;

  /// Bytes that the client may still send.
  final AtomicLong receiveWindow;

  private boolean clientEnded;
  private boolean serverEnded;

  OpenStream(long sendWindow, long receiveWindow) {
    this.sendWindow = new AtomicLong(sendWindow);
    this.receiveWindow = new AtomicLong(receiveWindow);
  }

  /// Returns whether the client has ended its side.
  synchronized boolean clientEnded() {
    return clientEnded;
  }

  /// Records the end of the client's side, and returns whether both sides have ended.
  synchronized boolean endClient() {
    clientEnded = true;
    return serverEnded;
  }

  /// Records the end of the server's side, and returns whether both sides have ended.
  synchronized boolean endServer() {
    serverEnded = true;
    return clientEnded;
  }
}
