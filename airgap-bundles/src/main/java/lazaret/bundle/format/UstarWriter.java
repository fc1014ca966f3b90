package lazaret.bundle.format;

import java.io.IOException;
import java.io.OutputStream;
import lazaret.vetting.Bytes;

/// Writes an archive in the form of [Ustar]. Not thread-safe.
public final class UstarWriter {
  private static final byte[] ZEROS = new byte[2 * Ustar.BLOCK];

  /// How long an archive is beyond its entries.
  public static final long END = ZEROS.length;

  private final OutputStream out;
  private long position;
  private long open;
  private int padding;

  /// Begins an archive.
  ///
  /// @param out gets it; stays open
  public UstarWriter(OutputStream out) {
    this.out = out;
  }

  /// Writes an entry whole.
  ///
  /// @return where its content begins in the archive
  /// @throws IOException as the stream throws it
  public long add(String name, Bytes content) throws IOException {
    long at = begin(name, content.length());
    write(content.array(), 0, content.length());
    return at;
  }

  /// Begins an entry, whose content then is to be written by [#write].
  ///
  /// @return where its content begins in the archive
  /// @throws IOException as the stream throws it
  /// @throws IllegalStateException if the entry before is not complete
  public long begin(String name, long size) throws IOException {
    requireClosed();
    out.write(Ustar.header(name, size));
    position += Ustar.BLOCK;
    open = size;
    padding = Ustar.padding(size);
    return position;
  }

  /// Writes a piece of the entry that was begun.
  ///
  /// @throws IOException as the stream throws it
  /// @throws IllegalStateException if that would be more than was announced
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

  /// Returns the length of what was written.
  public long position() {
    return position;
  }

  /// Writes the end of the archive.
  ///
  /// @throws IOException as the stream throws it
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
