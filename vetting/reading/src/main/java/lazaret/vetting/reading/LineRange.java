package lazaret.vetting.reading;

/// A range of lines of one text.
///
/// @param first the first line, from 1
/// @param last the last line
public record LineRange(int first, int last) {
  /// Checks the order.
  ///
  /// @throws IllegalArgumentException if the range is empty or does not begin at a line
  public LineRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "cannot use a range of lines: expected a first line from 1 and a last line not before it, found %d to %d"
              .formatted(first, last));
    }
  }

  /// Returns the number of lines.
  long count() {
    return (long) last - first + 1;
  }
}
