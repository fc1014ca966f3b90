package lazaret.vetting.reading;

/// Lines of the difference of one file.
///
/// @param after the lines of the content that is read
/// @param before the lines of the content with which it is compared; empty without such a content
public record ReadLines(LineRangeSet after, LineRangeSet before) {
  /// No lines.
  public static final ReadLines NONE = new ReadLines(LineRangeSet.NONE, LineRangeSet.NONE);

  /// Returns the lines of this value or the other one.
  ReadLines plus(ReadLines other) {
    return new ReadLines(after.plus(other.after), before.plus(other.before));
  }

  /// Returns the lines of this value and the other one.
  ReadLines and(ReadLines other) {
    return new ReadLines(after.and(other.after), before.and(other.before));
  }

  /// Returns the lines of this value that the other one does not have.
  ReadLines minus(ReadLines other) {
    return new ReadLines(after.minus(other.after), before.minus(other.before));
  }

  /// Returns whether this value has all lines of the other one.
  boolean containsAll(ReadLines other) {
    return after.containsAll(other.after) && before.containsAll(other.before);
  }

  /// Returns the number of lines.
  long count() {
    return after.count() + before.count();
  }

  /// Returns the number of ranges.
  int ranges() {
    return after.ranges().size() + before.ranges().size();
  }
}
