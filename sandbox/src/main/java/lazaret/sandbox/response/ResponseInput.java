package lazaret.sandbox.response;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A buffered reader of the bytes of a server. Not thread-safe.
public final class ResponseInput {
  private static final int BUFFER = 16 << 10;

  private final InputStream from;
  private final byte[] bytes = new byte[BUFFER];
  private int at;
  private int end;

  /// Creates a reader of the stream of a connection.
  public ResponseInput(InputStream from) {
    this.from = from;
  }

  /// Waits for data, unless data is buffered.
  ///
  /// @return false at the end of the stream
  public boolean hasMore() throws IOException {
    if (at < end) {
      return true;
    }
    at = 0;
    end = Math.max(0, from.read(bytes, 0, bytes.length));
    return end > 0;
  }

  /// Reads one byte.
  ///
  /// @throws EOFException if the connection has ended
  int need() throws IOException {
    if (at == end && !hasMore()) {
      throw new EOFException("the gate's response ends too early");
    }
    return bytes[at++] & 0xff;
  }

  /// Reads the buffered bytes, or from the connection if there are none.
  ///
  /// @return the number of bytes; negative if the connection has ended
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
