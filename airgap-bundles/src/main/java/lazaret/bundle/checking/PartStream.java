package lazaret.bundle.checking;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A stream of a part that only goes forward, with a buffer. For one thread at a time; to be
/// closed.
final class PartStream implements AutoCloseable {
  private final InputStream in;
  private final byte[] buffer;
  private long position;

  /// @param in at its beginning; closed with this
  /// @param length of the buffer
  PartStream(InputStream in, int length) {
    this.in = in;
    this.buffer = new byte[length];
  }

  /// Returns what is filled.
  byte[] buffer() {
    return buffer;
  }

  /// Returns how far it was read.
  long position() {
    return position;
  }

  /// Fills the beginning of the buffer.
  ///
  /// @param from where in the part, not before what was read
  /// @param length at most the buffer's
  /// @return how many bytes, fewer only where the part ends
  /// @throws IOException as the stream throws it
  int fill(long from, int length) throws IOException {
    try {
      in.skipNBytes(from - position);
    } catch (EOFException _) {
      return 0;
    }
    int read = in.readNBytes(buffer, 0, length);
    position = from + read;
    return read;
  }

  /// Returns what comes next, up to a length, to be read to its end before anything else is.
  InputStream next(long length) {
    position += length;
    return new Section(in, length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
