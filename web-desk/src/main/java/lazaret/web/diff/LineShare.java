package lazaret.web.diff;

/// The number of lines that a person read.
///
/// @param read the lines that are read
/// @param total the lines to read
public record LineShare(long read, long total) {
  /// Returns the lines that are left.
  public long left() {
    return Math.max(0, total - read);
  }
}
