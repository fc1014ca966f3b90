package lazaret.vetting.deskapi.diff;

/// The amount of text of a compared file.
///
/// @param form the form in which the file can be shown
/// @param insertions the number of added lines, without moved ones
/// @param deletions the number of removed lines, without moved ones
/// @param moved the number of lines at another place of the file
/// @param lines the number of changed lines; all lines of a file whose role alone changed
/// @param hunks the number of hunks
/// @param rows the number of rows of all hunks
public record DiffAmountInfo(
    Form form, long insertions, long deletions, long moved, long lines, int hunks, int rows) {
  /// The forms in which files can be shown.
  public enum Form {
    /// Lines of text.
    TEXT,
    /// Kind, size and SHA-256: the file is binary.
    BINARY,
    /// Kind, size and SHA-256: the file has too many bytes or lines.
    TOO_LONG
  }
}
