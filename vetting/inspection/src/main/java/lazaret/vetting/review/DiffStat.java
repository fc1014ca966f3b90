package lazaret.vetting.review;

import java.util.Comparator;

/// The amount of text to read in a review.
///
/// @param files number of files that were added, removed, changed or moved
/// @param insertions number of new lines
/// @param deletions number of removed lines
/// @param unreadBytes size of binary files and of files too long for a line comparison, in bytes,
///   of both sides
public record DiffStat(int files, long insertions, long deletions, long unreadBytes)
    implements Comparable<DiffStat> {
  /// A difference without text to read.
  public static final DiffStat NONE = new DiffStat(0, 0, 0, 0);

  /// An estimate of the bytes in a line of Rust.
  private static final int BYTES_PER_LINE = 40;

  private static final Comparator<DiffStat> ORDER =
      Comparator.comparingLong(DiffStat::lines)
          .thenComparingInt(DiffStat::files)
          .thenComparingLong(DiffStat::insertions)
          .thenComparingLong(DiffStat::unreadBytes);

  /// Returns the number of lines to read. Bytes without a line comparison are converted to lines,
  /// so that a large binary does not count as a small change.
  public long lines() {
    return insertions + deletions + (unreadBytes + BYTES_PER_LINE - 1) / BYTES_PER_LINE;
  }

  /// Returns the sum of both.
  public DiffStat plus(DiffStat other) {
    return new DiffStat(
        files + other.files,
        insertions + other.insertions,
        deletions + other.deletions,
        unreadBytes + other.unreadBytes);
  }

  /// Compares by the lines to read, then by the number of files.
  @Override
  public int compareTo(DiffStat other) {
    return ORDER.compare(this, other);
  }
}
