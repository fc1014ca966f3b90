package lazaret.bundle.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;

/// A sequential reader of archives in the form of [Ustar], which refuses all others. It uses 64 KiB
/// of memory, or one whole entry on request. Not thread-safe.
public final class UstarReader {
  private static final int CHUNK = 64 << 10;

  private final InputStream in;
  private final Ustar.Names names;
  private final String what;
  private final byte[] chunk = new byte[CHUNK];
  private long position;
  private long open;
  private int padding;

  /// Creates a reader.
  ///
  /// @param in the archive, which stays open
  /// @param names the permitted names
  /// @param what the name of the archive, for messages
  public UstarReader(InputStream in, Ustar.Names names, String what) {
    this(in, names, what, 0);
  }

  /// Creates a reader that starts after an entry.
  ///
  /// @param in the rest of the archive, which stays open
  /// @param names the permitted names
  /// @param what the name of the archive, for messages
  /// @param position the offset of the rest in the archive
  public UstarReader(InputStream in, Ustar.Names names, String what, long position) {
    this.in = in;
    this.names = names;
    this.what = what;
    this.position = position;
  }

  /// Advances to the next entry. The unread rest of the current one is skipped.
  ///
  /// @return the entry, or empty at the end of the file
  /// @throws BundleException `archive-header-invalid`, `archive-entry-forbidden`,
  ///   `archive-path-forbidden`, `archive-trailing-data`
  /// @throws IOException if the stream throws it
  public Optional<Ustar.Entry> next() throws IOException {
    for (int read = read(chunk, 0, CHUNK); read > 0; read = read(chunk, 0, CHUNK)) {
      // Skipped by reading, because the stream may hash its bytes.
    }
    byte[] block = block();
    if (isZero(block)) {
      end();
      return Optional.empty();
    }
    Ustar.Entry entry = Ustar.entry(block, names, what + " at byte " + (position - Ustar.BLOCK));
    open = entry.size();
    padding = Ustar.padding(entry.size());
    if (open == 0) {
      skipPadding();
    }
    return Optional.of(entry);
  }

  /// Returns the offset in the archive of the next byte of the content.
  public long position() {
    return position;
  }

  /// Reads a part of the content of the entry.
  ///
  /// @return the number of bytes, or -1 at its end
  /// @throws BundleException `archive-header-invalid` if the archive ends within the entry
  /// @throws IOException if the stream throws it
  public int read(byte[] data, int offset, int length) throws IOException {
    if (open == 0) {
      return -1;
    }
    int read = in.read(data, offset, (int) Math.min(length, open));
    if (read < 0) {
      throw cut();
    }
    position += read;
    open -= read;
    if (open == 0) {
      skipPadding();
    }
    return read;
  }

  /// Reads the whole content of the entry.
  ///
  /// @param most the largest length in bytes
  /// @throws BundleException `limit-exceeded` if it is longer, `archive-header-invalid` if the
  ///   archive ends within the entry
  /// @throws IOException if the stream throws it
  public Bytes content(int most) throws IOException {
    if (open > most) {
      throw Ustar.refused(
          BundleCode.LIMIT_EXCEEDED,
          what,
          "an entry of %d bytes, at most %d are read".formatted(open, most));
    }
    byte[] content = new byte[(int) open];
    int at = 0;
    while (at < content.length) {
      at += read(content, at, content.length - at);
    }
    return Bytes.of(content);
  }

  private byte[] block() throws IOException {
    byte[] block = new byte[Ustar.BLOCK];
    int read = in.readNBytes(block, 0, Ustar.BLOCK);
    position += read;
    if (read < Ustar.BLOCK) {
      throw Ustar.refused(
          BundleCode.ARCHIVE_TRAILING_DATA,
          what,
          "it ends at byte %d, expected two blocks of zeros before".formatted(position));
    }
    return block;
  }

  private void end() throws IOException {
    if (!isZero(block()) || in.read() >= 0) {
      throw Ustar.refused(
          BundleCode.ARCHIVE_TRAILING_DATA,
          what,
          "expected two blocks of zeros and nothing after them, found something at byte "
              + position);
    }
  }

  private void skipPadding() throws IOException {
    byte[] fill = new byte[padding];
    int read = in.readNBytes(fill, 0, padding);
    position += read;
    if (read < padding) {
      throw cut();
    }
    if (!isZero(fill)) {
      throw Ustar.refused(
          BundleCode.ARCHIVE_HEADER_INVALID,
          what,
          "bytes are hidden after the entry that ends before byte " + position);
    }
  }

  private BundleException cut() {
    return Ustar.refused(
        BundleCode.ARCHIVE_HEADER_INVALID,
        what,
        "it ends at byte %d within an entry whose header states more bytes".formatted(position));
  }

  private static boolean isZero(byte[] bytes) {
    return Ustar.isZero(bytes, 0, bytes.length);
  }
}
