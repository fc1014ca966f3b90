package lazaret.cli.review;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.VerdictInfo;

/// The output of `why --json` about a version that the index does not list.
///
/// @param name the crate
/// @param version the version
/// @param listed always false
/// @param served always false
/// @param verdict the verdict that the version would have
record UnlistedVersionText(
    CrateName name, CrateVersion version, boolean listed, boolean served, VerdictInfo verdict) {
  UnlistedVersionText(CrateName name, CrateVersion version, VerdictInfo verdict) {
    this(name, version, false, false, verdict);
  }

  /// Returns the version as `NAME@VERSION`.
  String spec() {
    return name + "@" + version;
  }
}
