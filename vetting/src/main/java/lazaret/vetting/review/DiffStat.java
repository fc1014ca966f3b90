package lazaret.vetting.review;

import java.util.Comparator;

/// How much there is to read.
///
/// @param files that were added, removed, changed or moved
/// @param insertions lines that are new
/// @param deletions lines that are gone
/// @param unreadBytes the size of what is no text or too long to be compared line by line, of both
///   sides
public record DiffStat(int files, long insertions, long deletions, long unreadBytes)
    implements Comparable<DiffStat> {
  /// Nothing to read.
  public static final DiffStat NONE = new DiffStat(0, 0, 0, 0);

  /// A line of Rust has about so many bytes.
  private static final int BYTES_PER_LINE = 40;

  private static final Comparator<DiffStat> ORDER =
      Comparator.comparingLong(DiffStat::lines)
          .thenComparingInt(DiffStat::files)
          .thenComparingLong(DiffStat::insertions)
          .thenComparingLong(DiffStat::unreadBytes);

  /// Returns the lines to read; what is no text counts as the lines that would fill it, so that a
  /// large binary does not pass for a small change.
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

  /// Orders by the lines to read, then by the number of files.
  @Override
  public int compareTo(DiffStat other) {
    return ORDER.compare(this, other);
  }
}
