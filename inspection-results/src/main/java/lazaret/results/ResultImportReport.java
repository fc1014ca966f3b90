package lazaret.results;

/// The numbers of received lines by their use.
///
/// @param lines the number of lines
/// @param kept the number of results that wait for their archives
/// @param leftOut the number of results that this program does not need: it has findings of its
///   own, or they are of another inspector, or revoked
/// @param others the number of those that another version of the inspector made
/// @param revoked the number of keys and archives that were revoked
public record ResultImportReport(int lines, int kept, int leftOut, int others, int revoked) {
  /// The report of nothing.
  public static final ResultImportReport NONE = new ResultImportReport(0, 0, 0, 0, 0);

  /// Returns the sum of two reports.
  public ResultImportReport plus(ResultImportReport other) {
    return new ResultImportReport(
        lines + other.lines,
        kept + other.kept,
        leftOut + other.leftOut,
        others + other.others,
        revoked + other.revoked);
  }
}
