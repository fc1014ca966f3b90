package lazaret.bundle.checking;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A buffered, forward-only stream of a part. One thread at a time uses it; the caller closes it.
final class PartStream implements AutoCloseable {
  private final InputStream in;
  private final byte[] buffer;
  private long position;

  /// Creates a stream.
  ///
  /// @param in the part at its beginning; closed with this stream
  /// @param length the length of the buffer
  PartStream(InputStream in, int length) {
    this.in = in;
    this.buffer = new byte[length];
  }

  /// Returns the buffer that [#fill] writes to.
  byte[] buffer() {
    return buffer;
  }

  /// Returns the number of bytes that were read or skipped.
  long position() {
    return position;
  }

  /// Fills the beginning of the buffer.
  ///
  /// @param from the offset in the part, not before the current position
  /// @param length the number of bytes, at most the length of the buffer
  /// @return the number of bytes read, less than `length` only at the end of the part
  /// @throws IOException if the stream throws it
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

  /// Returns a stream of the next bytes. It must be read to its end before this object is used
  /// again.
  InputStream next(long length) {
    position += length;
    return new StreamSection(in, length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
