package lazaret.storage.backup;

import java.nio.ByteBuffer;
import java.util.Arrays;
import lazaret.vetting.crates.Sha256;

/// A set of millions of digests in little memory: of each, the first eight bytes. Two digests with
/// equal ones are very unlikely, and count as one, so that a file too many is kept.
final class DigestSet {
  private final long[] sorted;

  private DigestSet(long[] sorted) {
    this.sorted = sorted;
  }

  private static long beginning(Sha256 digest) {
    return ByteBuffer.wrap(digest.bytes()).getLong();
  }

  /// Returns whether a digest was added.
  boolean contains(Sha256 digest) {
    return Arrays.binarySearch(sorted, beginning(digest)) >= 0;
  }

  /// A collector of digests. Not thread-safe.
  static final class Builder {
    private long[] found = new long[1_024];
    private int count;

    void add(Sha256 digest) {
      if (count == found.length) {
        found = Arrays.copyOf(found, 2 * count);
      }
      found[count++] = beginning(digest);
    }

    DigestSet build() {
      long[] sorted = Arrays.copyOf(found, count);
      Arrays.sort(sorted);
      return new DigestSet(sorted);
    }
  }
}
