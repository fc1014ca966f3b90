package lazaret.bundle.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;

/// The locations of the entries of an archive, found without reading their contents. Headers,
/// padding and the end are checked against the form of [Ustar].
public final class UstarIndex {
  private final FileChannel channel;
  private final Ustar.Names names;
  private final int most;
  private final String what;
  private final Map<String, EntryPosition> places = new TreeMap<>();

  private UstarIndex(FileChannel channel, Ustar.Names names, int most, String what) {
    this.channel = channel;
    this.names = names;
    this.most = most;
    this.what = what;
  }

  /// The location of the content of an entry.
  ///
  /// @param offset the offset of its first byte in the archive
  /// @param length the length in bytes
  public record EntryPosition(long offset, long length) {}

  /// Finds the entries of an archive.
  ///
  /// @param channel the archive, which stays open
  /// @param names the permitted names
  /// @param most the largest number of entries
  /// @param what the name of the archive, for messages
  /// @return the locations by entry name
  /// @throws BundleException `archive-header-invalid`, `archive-entry-forbidden`,
  ///   `archive-path-forbidden` (also for a repeated name), `archive-trailing-data`,
  ///   `limit-exceeded`
  /// @throws IOException if the channel throws it
  public static Map<String, EntryPosition> of(
      FileChannel channel, Ustar.Names names, int most, String what) throws IOException {
    return new UstarIndex(channel, names, most, what).find();
  }

  private Map<String, EntryPosition> find() throws IOException {
    long size = channel.size();
    long at = 0;
    for (byte[] block = block(at, size); !isZero(block); block = block(at, size)) {
      Ustar.Entry entry = Ustar.entry(block, names, what + " at byte " + at);
      long content = at + Ustar.BLOCK;
      at += Ustar.length(entry.size());
      if (at > size) {
        throw Ustar.refused(
            BundleCode.ARCHIVE_HEADER_INVALID,
            what,
            "it ends at byte %d within '%s'".formatted(size, entry.name()));
      }
      filledUp(content + entry.size(), at);
      add(entry.name(), new EntryPosition(content, entry.size()));
    }
    if (!isZero(block(at + Ustar.BLOCK, size)) || at + 2 * Ustar.BLOCK != size) {
      throw Ustar.refused(
          BundleCode.ARCHIVE_TRAILING_DATA,
          what,
          "expected two blocks of zeros at byte %d and nothing after them".formatted(at));
    }
    return places;
  }

  private void add(String name, EntryPosition place) {
    if (places.putIfAbsent(name, place) != null) {
      throw Ustar.refused(BundleCode.ARCHIVE_PATH_FORBIDDEN, what, "'" + name + "' is in it twice");
    }
    if (places.size() > most) {
      throw Ustar.refused(BundleCode.LIMIT_EXCEEDED, what, "more than " + most + " entries");
    }
  }

  private byte[] block(long at, long size) throws IOException {
    if (at + Ustar.BLOCK > size) {
      throw Ustar.refused(
          BundleCode.ARCHIVE_TRAILING_DATA,
          what,
          "it ends at byte %d, expected two blocks of zeros before".formatted(size));
    }
    return read(at, Ustar.BLOCK);
  }

  private void filledUp(long from, long to) throws IOException {
    if (!isZero(read(from, (int) (to - from)))) {
      throw Ustar.refused(
          BundleCode.ARCHIVE_HEADER_INVALID,
          what,
          "bytes are hidden after the entry that ends before byte " + to);
    }
  }

  private byte[] read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("it became shorter while it was read");
      }
    }
    return bytes.array();
  }

  private static boolean isZero(byte[] bytes) {
    return Arrays.mismatch(bytes, new byte[bytes.length]) < 0;
  }
}
