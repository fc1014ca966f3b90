package lazaret.vetting.snapshot;

/// The content of a bundle.
public enum SnapshotKind {
  /// The whole snapshot, for a network that has none or a wrong one.
  FULL("full"),
  /// The changes since a snapshot that the network has.
  DELTA("delta"),
  /// Denials only. A revocation is small and does not depend on a bundle that was lost.
  REVOCATION("revocation");

  private final String word;

  SnapshotKind(String word) {
    this.word = word;
  }

  /// Returns the word for bundles and reports, for example `delta`.
  public String word() {
    return word;
  }
}
