package lazaret.bundle.format;

import java.io.IOException;
import java.io.OutputStream;
import lazaret.vetting.Bytes;

/// A writer of archives in the form of [Ustar]. Not thread-safe.
public final class UstarWriter {
  private static final byte[] ZEROS = new byte[2 * Ustar.BLOCK];

  /// The length in bytes of the end of an archive.
  public static final long END = ZEROS.length;

  private final OutputStream out;
  private long position;
  private long open;
  private int padding;

  /// Starts an archive.
  ///
  /// @param out the destination, which stays open
  public UstarWriter(OutputStream out) {
    this.out = out;
  }

  /// Writes a whole entry.
  ///
  /// @return the offset of its content in the archive
  /// @throws IOException if the stream throws it
  public long add(String name, Bytes content) throws IOException {
    long at = begin(name, content.length());
    write(content.array(), 0, content.length());
    return at;
  }

  /// Starts an entry, whose content is then written by [#write].
  ///
  /// @return the offset of its content in the archive
  /// @throws IOException if the stream throws it
  /// @throws IllegalStateException if the previous entry is incomplete
  public long begin(String name, long size) throws IOException {
    requireClosed();
    out.write(Ustar.header(name, size));
    position += Ustar.BLOCK;
    open = size;
    padding = Ustar.padding(size);
    return position;
  }

  /// Writes a part of the content of the current entry.
  ///
  /// @throws IOException if the stream throws it
  /// @throws IllegalStateException if the content would exceed the announced size
  public void write(byte[] data, int offset, int length) throws IOException {
    if (length > open) {
      throw new IllegalStateException("an entry has more bytes than its header says");
    }
    out.write(data, offset, length);
    position += length;
    open -= length;
    if (open == 0) {
      out.write(ZEROS, 0, padding);
      position += padding;
      padding = 0;
    }
  }

  /// Returns the number of bytes written so far.
  public long position() {
    return position;
  }

  /// Writes the end of the archive.
  ///
  /// @throws IOException if the stream throws it
  public void finish() throws IOException {
    requireClosed();
    out.write(ZEROS);
    position += ZEROS.length;
  }

  private void requireClosed() {
    if (open > 0) {
      throw new IllegalStateException("an entry has fewer bytes than its header says");
    }
  }
}
