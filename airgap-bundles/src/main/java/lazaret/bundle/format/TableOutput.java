package lazaret.bundle.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import lazaret.vetting.Bytes;

/// A table as it is written: lines, compressed as one member without name or time (RFC 1952), so
/// that the same lines give the same bytes. Not thread-safe.
public final class TableOutput implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final OutputStream out;
  private long length;

  /// Begins a table.
  ///
  /// @param to gets it; closed with this
  /// @throws IOException as the stream throws it
  public TableOutput(OutputStream to) throws IOException {
    out = new java.io.BufferedOutputStream(new Fast(to), BUFFER);
  }

  /// Compressed as fast as can be: tables are a thousandth of what they tell of.
  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream to) throws IOException {
      super(to, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /// Adds a line.
  ///
  /// @param content without line break
  /// @throws IOException as the stream throws it
  public void line(Bytes content) throws IOException {
    content.writeTo(out);
    out.write('\n');
    length += content.length() + 1;
  }

  /// Returns the length of the lines so far, before compression: it is signed with the table, so
  /// that whoever reads it knows where to stop.
  public long length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
