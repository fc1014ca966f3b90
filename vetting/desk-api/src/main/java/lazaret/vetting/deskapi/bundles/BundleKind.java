package lazaret.vetting.deskapi.bundles;

/// The kinds of bundles.
public enum BundleKind {
  /// The complete snapshot.
  FULL,
  /// The changes since a base snapshot.
  DELTA,
  /// Denials alone.
  REVOCATION,
  /// Changes of advisories alone.
  ADVISORIES
}
