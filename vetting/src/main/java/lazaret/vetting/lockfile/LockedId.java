package lazaret.vetting.lockfile;

import lazaret.vetting.crates.CrateVersion;

/// What a lockfile means by one package; no two packages of a lockfile have the same.
///
/// @param name the package; the name of a crate if it comes from the public registry, else any text
/// @param version its version
/// @param source where it comes from
public record LockedId(String name, CrateVersion version, PackageSource source) {
  /// Returns the form for messages: `serde 1.0.9`.
  @Override
  public String toString() {
    return name + " " + version;
  }
}
