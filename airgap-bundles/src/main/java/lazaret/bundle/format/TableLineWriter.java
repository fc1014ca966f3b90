package lazaret.bundle.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import lazaret.vetting.Bytes;

/// A writer of the lines of a compressed table. The file is one gzip member without name or time
/// (RFC 1952), so the same lines give the same bytes. Not thread-safe.
public final class TableLineWriter implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final OutputStream out;
  private long length;

  /// Starts a table.
  ///
  /// @param to the destination; closed with this writer
  /// @throws IOException if the stream throws it
  public TableLineWriter(OutputStream to) throws IOException {
    out = new java.io.BufferedOutputStream(new Fast(to), BUFFER);
  }

  /// A gzip stream of the fastest level. Tables are about a thousandth of the size of the
  /// artifacts.
  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream to) throws IOException {
      super(to, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /// Adds a line.
  ///
  /// @param content the line without a line break
  /// @throws IOException if the stream throws it
  public void line(Bytes content) throws IOException {
    content.writeTo(out);
    out.write('\n');
    length += content.length() + 1;
  }

  /// Returns the uncompressed length of the lines so far, in bytes. It is signed with the table, so
  /// that a reader knows the end.
  public long length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
