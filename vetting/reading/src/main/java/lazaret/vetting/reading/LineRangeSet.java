package lazaret.vetting.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A set of lines of one text, as ranges in order that neither overlap nor touch. Immutable.
///
/// @param ranges the ranges
public record LineRangeSet(List<LineRange> ranges) {
  /// The set without lines.
  public static final LineRangeSet NONE = new LineRangeSet(List.of());

  /// Joins the ranges, which may have any order and overlap.
  public LineRangeSet {
    ranges = joined(ranges);
  }

  /// Returns the set of the first lines of a text.
  static LineRangeSet first(int lines) {
    return lines == 0 ? NONE : new LineRangeSet(List.of(new LineRange(1, lines)));
  }

  private static List<LineRange> joined(List<LineRange> ranges) {
    List<LineRange> joined = new ArrayList<>();
    for (LineRange next :
        ranges.stream().sorted(Comparator.comparingInt(LineRange::first)).toList()) {
      LineRange last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && next.first() <= (long) last.last() + 1) {
        joined.removeLast();
        joined.add(new LineRange(last.first(), Math.max(last.last(), next.last())));
      } else {
        joined.add(next);
      }
    }
    return List.copyOf(joined);
  }

  /// Returns the lines of this set or the other one.
  LineRangeSet plus(LineRangeSet other) {
    List<LineRange> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return new LineRangeSet(all);
  }

  /// Returns the lines of this set and the other one.
  LineRangeSet and(LineRangeSet other) {
    List<LineRange> common = new ArrayList<>();
    int own = 0;
    int others = 0;
    while (own < ranges.size() && others < other.ranges.size()) {
      LineRange a = ranges.get(own);
      LineRange b = other.ranges.get(others);
      int first = Math.max(a.first(), b.first());
      int last = Math.min(a.last(), b.last());
      if (first <= last) {
        common.add(new LineRange(first, last));
      }
      if (a.last() < b.last()) {
        own++;
      } else {
        others++;
      }
    }
    return new LineRangeSet(common);
  }

  /// Returns the lines of this set that the other one does not have.
  LineRangeSet minus(LineRangeSet other) {
    List<LineRange> left = new ArrayList<>();
    int cuts = 0;
    for (LineRange range : ranges) {
      long from = range.first();
      while (cuts < other.ranges.size() && other.ranges.get(cuts).last() < from) {
        cuts++;
      }
      for (int i = cuts; i < other.ranges.size(); i++) {
        LineRange cut = other.ranges.get(i);
        if (cut.first() > range.last()) {
          break;
        }
        if (cut.first() > from) {
          left.add(new LineRange((int) from, cut.first() - 1));
        }
        from = cut.last() + 1L;
      }
      if (from <= range.last()) {
        left.add(new LineRange((int) from, range.last()));
      }
    }
    return new LineRangeSet(left);
  }

  /// Returns whether this set has all lines of the other one.
  boolean containsAll(LineRangeSet other) {
    return other.ranges.stream().allMatch(this::contains);
  }

  /// Returns whether this set has all lines of a range. Its own ranges do not touch, so that one of
  /// them has all of the lines.
  private boolean contains(LineRange range) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      LineRange own = ranges.get(middle);
      if (own.last() < range.first()) {
        low = middle + 1;
      } else if (own.first() > range.first()) {
        high = middle - 1;
      } else {
        return range.last() <= own.last();
      }
    }
    return false;
  }

  /// Returns the number of lines.
  long count() {
    return ranges.stream().mapToLong(LineRange::count).sum();
  }
}
