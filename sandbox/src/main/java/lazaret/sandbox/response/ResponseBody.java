package lazaret.sandbox.response;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/// The body of an HTTP response, read as a stream. Not thread-safe.
///
/// Source: RFC 9112, 6 and 7.1.
public final class ResponseBody extends InputStream {
  /// An empty body.
  public static final ResponseBody NONE =
      new ResponseBody(Framing.LENGTH, new ResponseInput(InputStream.nullInputStream()), 0);

  private static final int NOT_MODIFIED = 304;
  private static final int NO_CONTENT = 204;

  /// The largest number of digits of a length.
  private static final int MOST_DIGITS = 15;

  private static final int MOST_LINE = 200;
  private static final int MOST_TRAILERS = 20;
  private static final int SKIPPED = 8 << 10;

  private enum Framing {
    LENGTH,
    CHUNKS,
    CONNECTION
  }

  private final Framing framing;
  private final ResponseInput in;
  private final long length;

  /// The number of remaining bytes of the body, or of the chunk.
  private long left;

  private boolean ended;
  private boolean begun;

  private ResponseBody(Framing framing, ResponseInput in, long length) {
    this.framing = framing;
    this.in = in;
    this.length = length;
    this.left = Math.max(0, length);
    this.ended = framing == Framing.LENGTH && length == 0;
  }

  /// Returns the body after a head.
  ///
  /// @param head the head of the response
  /// @param in the connection after the head
  /// @param bodiless whether the response has no body, regardless of the head
  /// @throws ProtocolException if the end of the body is ambiguous
  public static ResponseBody of(ResponseHead head, ResponseInput in, boolean bodiless)
      throws IOException {
    if (bodiless || head.status() == NOT_MODIFIED || head.status() == NO_CONTENT) {
      return new ResponseBody(Framing.LENGTH, in, 0);
    }
    String coding = head.headers().get("transfer-encoding");
    String length = head.headers().get("content-length");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked") || length != null) {
        throw new ProtocolException("the gate sent a body whose end is not clear");
      }
      return new ResponseBody(Framing.CHUNKS, in, -1);
    }
    return length == null
        ? new ResponseBody(Framing.CONNECTION, in, -1)
        : new ResponseBody(Framing.LENGTH, in, number(length, 10));
  }

  private static long number(String digits, int radix) throws ProtocolException {
    boolean isOne = !digits.isEmpty() && digits.length() <= MOST_DIGITS;
    long value = 0;
    for (int i = 0; isOne && i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
      isOne = digit >= 0;
      value = value * radix + digit;
    }
    if (!isOne) {
      throw new ProtocolException("the gate sent an invalid length");
    }
    return value;
  }

  /// Returns the length in bytes, or a negative number if it is not known in advance.
  public long length() {
    return length;
  }

  /// Reads and discards the rest.
  ///
  /// @param most the largest number of bytes to read
  /// @return whether the end was reached, so that another response can follow
  public boolean skipToEnd(long most) throws IOException {
    if (framing == Framing.CONNECTION || left > most) {
      return false;
    }
    byte[] bytes = ended ? new byte[0] : new byte[SKIPPED];
    for (long taken = 0; !ended && taken <= most; ) {
      taken += Math.max(0, read(bytes, 0, bytes.length));
    }
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// Reads some bytes.
  ///
  /// @throws EOFException if the connection ends before the body
  /// @throws ProtocolException if a chunk is malformed
  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    if (framing == Framing.CHUNKS && left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    boolean isOpen = framing == Framing.CONNECTION;
    int read = in.read(into, offset, isOpen ? most : (int) Math.min(most, left));
    if (read < 0 && !isOpen) {
      throw new EOFException("the gate's response ends too early");
    }
    left -= Math.max(0, read);
    ended = isOpen ? read < 0 : left == 0 && framing == Framing.LENGTH;
    return read;
  }

  private void nextChunk() throws IOException {
    var line = new StringBuilder(16);
    if (begun) {
      ResponseHead.line(in, line, 2);
    }
    begun = true;
    var _ = ResponseHead.line(in, line, MOST_LINE);
    int extension = line.indexOf(";");
    left = number((extension < 0 ? line.toString() : line.substring(0, extension)).strip(), 16);
    if (left > 0) {
      return;
    }
    for (int i = 0; i < MOST_TRAILERS; i++) {
      var _ = ResponseHead.line(in, line, MOST_LINE);
      if (line.isEmpty()) {
        ended = true;
        return;
      }
    }
    throw new ProtocolException("the gate's response has too much data after its end");
  }
}
