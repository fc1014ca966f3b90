package lazaret.web.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.web.diff.LineShare;
import lazaret.web.diff.ReadState;
import lazaret.web.diff.ReviewFile;

/// The meter over all changed lines: one segment for each role with lines to read, then the lines
/// that need no reading.
///
/// @param all the lines to read
/// @param lines the number of all changed lines
/// @param segments the segments
public record MeterView(LineShare all, long lines, List<Segment> segments) {
  public MeterView {
    segments = List.copyOf(segments);
  }

  /// A segment of the bar. One changed line has the width 1.
  ///
  /// @param code the code of the role
  /// @param word the words of the role
  /// @param from the place of the segment
  /// @param width the width, with a gap behind it
  /// @param count the lines of the role
  public record Segment(String code, String word, long from, String width, LineShare count) {}

  /// Returns the meter of a review.
  ///
  /// @param lines the number of all changed lines
  static MeterView of(ReadState reading, long lines) {
    List<Segment> segments = new ArrayList<>();
    long from = 0;
    for (DiffRole role : reading.order()) {
      LineShare count = reading.roles().getOrDefault(role, new LineShare(0, 0));
      if (count.total() > 0) {
        String width = String.format(Locale.ROOT, "%.1f", Math.max(0.2, count.total() - 0.8));
        segments.add(
            new Segment(ReviewFile.roleCode(role), ReviewFile.roleWord(role), from, width, count));
        from += count.total();
      }
    }
    return new MeterView(reading.all(), Math.max(lines, from), segments);
  }

  /// Returns the number of changed lines that need no reading.
  public long rest() {
    return lines - all.total();
  }
}
