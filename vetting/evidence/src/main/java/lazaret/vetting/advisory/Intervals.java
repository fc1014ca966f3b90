package lazaret.vetting.advisory;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// Unions and complements of half-open ranges.
public final class Intervals {
  private Intervals() {}

  /// Returns ranges of the same versions in order, with gaps between them.
  static List<VersionRange> joined(List<VersionRange> ranges) {
    if (ranges.isEmpty() || (ranges.size() == 1 && !ranges.getFirst().isEmpty())) {
      return List.copyOf(ranges);
    }
    List<VersionRange> joined = new ArrayList<>();
    List<VersionRange> inOrder = new ArrayList<>(ranges);
    inOrder.removeIf(VersionRange::isEmpty);
    inOrder.sort(Intervals::byStart);
    for (VersionRange next : inOrder) {
      VersionRange last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && reaches(last, next)) {
        joined.set(
            joined.size() - 1,
            new VersionRange(last.introduced(), later(last.fixed(), next.fixed())));
      } else {
        joined.add(next);
      }
    }
    return List.copyOf(joined);
  }

  private static int byStart(VersionRange one, VersionRange other) {
    CrateVersion first = one.introduced();
    CrateVersion second = other.introduced();
    if (first == null || second == null) {
      return Boolean.compare(first != null, second != null);
    }
    return first.comparePrecedence(second);
  }

  /// Returns the versions that are in none of the ranges.
  public static List<VersionRange> complement(List<VersionRange> ranges) {
    List<VersionRange> gaps = new ArrayList<>();
    @Nullable CrateVersion from = null;
    for (VersionRange range : joined(ranges)) {
      if (range.introduced() != null) {
        gaps.add(new VersionRange(from, range.introduced()));
      }
      from = range.fixed();
      if (from == null) {
        return List.copyOf(gaps);
      }
    }
    gaps.add(new VersionRange(from, null));
    return List.copyOf(gaps);
  }

  private static boolean reaches(VersionRange first, VersionRange second) {
    CrateVersion end = first.fixed();
    CrateVersion start = second.introduced();
    return end == null || start == null || end.comparePrecedence(start) >= 0;
  }

  private static @Nullable CrateVersion later(
      @Nullable CrateVersion one, @Nullable CrateVersion other) {
    if (one == null || other == null) {
      return null;
    }
    return one.comparePrecedence(other) >= 0 ? one : other;
  }
}
