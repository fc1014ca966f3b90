package lazaret.vetting.desk;

import java.util.List;
import java.util.Objects;
import lazaret.vetting.review.DiffStat;
import org.jspecify.annotations.Nullable;

/// What is to be read so that a lockfile passes, the least first.
///
/// @param lines the packages that are not served, by the lines to read; at the end those that
///   cannot be read
/// @param served how many packages are served already
public record ReadingList(List<Line> lines, int served) {
  /// Copies the list.
  public ReadingList {
    lines = List.copyOf(lines);
  }

  /// Returns how much there is to read altogether.
  public DiffStat total() {
    return lines.stream()
        .map(Line::stat)
        .filter(Objects::nonNull)
        .reduce(DiffStat.NONE, DiffStat::plus);
  }

  /// One package.
  ///
  /// @param locked the package and why it is not served
  /// @param base what it is compared with; null where all of it is to be read
  /// @param stat how much there is to read; null where that is not known
  /// @param unread why it is not known; null where it is
  public record Line(
      LockReport.Line locked,
      ReviewReport.@Nullable Base base,
      @Nullable DiffStat stat,
      ReviewReport.@Nullable Unread unread) {}
}
