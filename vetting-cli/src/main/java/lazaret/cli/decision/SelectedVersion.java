package lazaret.cli.decision;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// A version that was selected for a decision, bound to the checksum of its artifact.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the index line or of the lockfile
/// @param now the status before the decision, as text
record SelectedVersion(CrateName name, CrateVersion version, Sha256 cksum, String now) {
  /// Returns the version in the form of an order to the desk.
  CrateId id() {
    return new CrateId(name, version, cksum);
  }

  /// Returns the version as `NAME@VERSION`.
  String spec() {
    return name + "@" + version;
  }

  /// Returns this version with the status after the decision.
  SelectedVersion withState(String state) {
    return new SelectedVersion(name, version, cksum, state);
  }
}
