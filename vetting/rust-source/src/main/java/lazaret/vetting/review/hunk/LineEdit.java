package lazaret.vetting.review.hunk;

/// A range of old lines that is replaced by a range of new lines; one of the two may be empty.
///
/// @param oldFrom the index of the first old line, from 0
/// @param oldTo the index after the last old line
/// @param newFrom the index of the first new line, from 0
/// @param newTo the index after the last new line
public record LineEdit(int oldFrom, int oldTo, int newFrom, int newTo) {
  /// Returns the number of old lines.
  public int deletions() {
    return oldTo - oldFrom;
  }

  /// Returns the number of new lines.
  public int insertions() {
    return newTo - newFrom;
  }
}
