package lazaret.vetting.archive;

import java.util.Arrays;
import java.util.Objects;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The content of one entry, read once from front to back during the call of its visitor. Not
/// thread-safe.
public final class EntryContent {
  private final GzipMember source;
  private long remaining;
  private @Nullable BrokenArchiveException broken;

  EntryContent(GzipMember source, long size) {
    this.source = source;
    this.remaining = size;
  }

  /// Returns the number of unread bytes, as stated by the archive.
  public long remaining() {
    return remaining;
  }

  /// Reads some bytes.
  ///
  /// @return the number of bytes, at least one if `length` is positive, or -1 at the end. A damaged
  ///   archive ends early, and the walk then ends with a problem
  /// @throws IndexOutOfBoundsException if the range is outside of the array
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (remaining == 0 || broken != null) {
      return -1;
    }
    try {
      int count = source.read(target, offset, (int) Math.min(length, remaining));
      if (count < 0) {
        throw truncated();
      }
      remaining -= count;
      return count;
    } catch (BrokenArchiveException e) {
      // Kept for the walk, so that visitors need not handle it.
      broken = e;
      return -1;
    }
  }

  /// Reads the rest, up to a number of bytes.
  ///
  /// @param limit the maximum number of bytes; that many are allocated if the entry has them
  public Bytes read(int limit) {
    byte[] bytes = new byte[(int) Math.min(limit, remaining)];
    int filled = 0;
    int count = read(bytes, 0, bytes.length);
    while (count > 0) {
      filled += count;
      count = read(bytes, filled, bytes.length - filled);
    }
    return Bytes.of(filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled));
  }

  /// Skips the rest.
  ///
  /// @throws BrokenArchiveException if the archive ends before it
  void finish() {
    if (broken != null) {
      throw broken;
    }
    if (source.skip(remaining) > 0) {
      throw truncated();
    }
    remaining = 0;
  }

  private static BrokenArchiveException truncated() {
    return new BrokenArchiveException(
        ArchiveProblemCode.TAR_TRUNCATED, "the archive ends within an entry");
  }
}
