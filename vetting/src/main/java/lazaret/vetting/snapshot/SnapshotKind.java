package lazaret.vetting.snapshot;

import java.util.Locale;

/// The content of a bundle.
public enum SnapshotKind {
  /// The whole snapshot, for a network that has none or a wrong one.
  FULL,
  /// The changes since a snapshot that the network has.
  DELTA,
  /// Denials only. A revocation is small and does not depend on a bundle that was lost.
  REVOCATION;

  /// Returns the word for bundles and reports, for example `delta`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
