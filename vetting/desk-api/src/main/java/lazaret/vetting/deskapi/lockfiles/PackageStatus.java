package lazaret.vetting.deskapi.lockfiles;

/// The results of checking packages.
public enum PackageStatus {
  /// The version is served.
  SERVED,
  /// The policy withholds the version.
  WITHHELD,
  /// The version is served and does not meet the requested criteria.
  CRITERIA_NOT_MET,
  /// The checksum of the lockfile differs from that of the index.
  TAMPERED,
  /// The server knows no such crate or version.
  UNKNOWN,
  /// Upstream did not respond.
  UNAVAILABLE,
  /// The package bypasses the gate.
  FOREIGN_SOURCE
}
