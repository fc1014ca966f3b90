package lazaret.vetting.desk.snapshots;

/// The lag of a store behind earlier imports into its folder.
///
/// @param stored the newest snapshot of the store; 0 if there is none
/// @param highWaterMark the newest snapshot that was ever imported; 0 if that cannot be read
/// @param lag the difference, in one clause without paths
/// @param next the action to take, in one clause
public record StoreLag(long stored, long highWaterMark, String lag, String next) {
  /// Returns both clauses.
  public String detail() {
    return lag + "; " + next;
  }
}
