package lazaret.vetting.snapshot;

import java.util.Locale;

/// What a bundle brings.
public enum SnapshotKind {
  /// Everything, for a network that has nothing, or the wrong thing.
  FULL,
  /// What changed since a snapshot that the network has.
  DELTA,
  /// Denials alone: small, and never held up by a bundle that was lost.
  REVOCATION;

  /// Returns the word in bundles and reports, for example `delta`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
