package lazaret.bench.mix;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A reader of HTTP/1.1 responses that have a length. It skips bodies and makes no objects, so that
/// the collector of this process does not delay requests. For one thread.
final class ResponseReader {
  private static final int BUFFER = 32 * 1024;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int NOT_MODIFIED = 304;
  private static final byte[] END = ascii("\r\n\r\n");

  /// In small letters, as it is compared.
  private static final byte[] LENGTH = ascii("\r\ncontent-length:");

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];

  ResponseReader(InputStream in) {
    this.in = in;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads the next response to its end.
  ///
  /// @return its status
  /// @throws IOException if the connection ends, the response has no length, or it is longer than
  ///   its length
  int next() throws IOException {
    int filled = 0;
    int end = -1;
    while (end < 0) {
      if (filled == buffer.length) {
        throw new IOException("cannot read a response: expected a head of at most 32 KB");
      }
      filled += read(filled, buffer.length - filled);
      end = find(END, filled);
    }
    int status = number(STATUS_AT, end);
    long body = status == NOT_MODIFIED ? 0 : length(end);
    long left = body - (filled - end - END.length);
    if (left < 0) {
      throw new IOException("cannot read a response: expected its end, found more bytes");
    }
    while (left > 0) {
      left -= read(0, (int) Math.min(left, buffer.length));
    }
    return status;
  }

  private int read(int from, int most) throws IOException {
    int count = in.read(buffer, from, most);
    if (count < 0) {
      throw new EOFException("cannot read a response: the connection ended");
    }
    return count;
  }

  private long length(int end) throws IOException {
    int at = find(LENGTH, end);
    if (at < 0) {
      throw new IOException("cannot read a response: expected a length, found none");
    }
    return number(at + LENGTH.length, end);
  }

  /// Returns the number at a position, after spaces.
  private int number(int from, int to) throws IOException {
    int at = from;
    while (at < to && buffer[at] == ' ') {
      at++;
    }
    int value = 0;
    int digits = 0;
    for (; at < to && buffer[at] >= '0' && buffer[at] <= '9'; at++) {
      value = Math.addExact(Math.multiplyExact(value, 10), buffer[at] - '0');
      digits++;
    }
    if (digits == 0) {
      throw new IOException("cannot read a response: expected a number in its head");
    }
    return value;
  }

  /// Returns the first position of bytes, without regard to capitals; -1 if there is none.
  private int find(byte[] what, int to) {
    for (int at = 0; at <= to - what.length; at++) {
      int same = 0;
      while (same < what.length && small(buffer[at + same]) == what[same]) {
        same++;
      }
      if (same == what.length) {
        return at;
      }
    }
    return -1;
  }

  private static int small(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }
}
