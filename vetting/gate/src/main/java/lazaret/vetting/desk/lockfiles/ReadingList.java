package lazaret.vetting.desk.lockfiles;

import java.util.List;
import java.util.Objects;
import lazaret.vetting.desk.review.ReviewReport;
import lazaret.vetting.review.DiffStat;
import org.jspecify.annotations.Nullable;

/// The versions to read before a lockfile passes, least reading first.
///
/// @param lines the packages that are not served, by the lines to read; those that cannot be read
///   come last
/// @param served the number of packages that are served already
public record ReadingList(List<Line> lines, int served) {
  /// Copies the list.
  public ReadingList {
    lines = List.copyOf(lines);
  }

  /// Returns the total amount to read.
  public DiffStat total() {
    return lines.stream()
        .map(Line::stat)
        .filter(Objects::nonNull)
        .reduce(DiffStat.NONE, DiffStat::plus);
  }

  /// A package that is not served.
  ///
  /// @param locked the package and the reason why it is not served
  /// @param base the version for comparison; null if the whole package must be read
  /// @param stat the amount to read; null if it is unknown
  /// @param unread the reason why the package could not be fetched; null if it was, or if no
  ///   attempt was made
  public record Line(
      LockfileReport.Line locked,
      ReviewReport.@Nullable Base base,
      @Nullable DiffStat stat,
      ReviewReport.@Nullable NotReadable unread) {}
}
