package lazaret.sandbox.reply;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The bytes that a server sends, buffered. Not thread-safe.
public final class ReplyInput {
  private static final int BUFFER = 16 << 10;

  private final InputStream from;
  private final byte[] bytes = new byte[BUFFER];
  private int at;
  private int end;

  /// Creates an input over a connection's stream.
  public ReplyInput(InputStream from) {
    this.from = from;
  }

  /// Waits for more, if nothing is at hand.
  ///
  /// @return whether there is any
  public boolean hasMore() throws IOException {
    if (at < end) {
      return true;
    }
    at = 0;
    end = Math.max(0, from.read(bytes, 0, bytes.length));
    return end > 0;
  }

  /// Reads a byte.
  ///
  /// @throws EOFException if the connection has ended
  int need() throws IOException {
    if (at == end && !hasMore()) {
      throw new EOFException("the gate's answer ends too early");
    }
    return bytes[at++] & 0xff;
  }

  /// Reads some bytes: those at hand, else as they come.
  ///
  /// @return how many; negative if the connection has ended
  int read(byte[] into, int offset, int length) throws IOException {
    if (at == end) {
      return from.read(into, offset, length);
    }
    int taken = Math.min(length, end - at);
    System.arraycopy(bytes, at, into, offset, taken);
    at += taken;
    return taken;
  }
}
