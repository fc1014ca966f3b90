package lazaret.vetting.lockfile;

import lazaret.vetting.crates.CrateVersion;

/// What a lockfile means by one package; no two packages of a lockfile have the same.
///
/// @param name the package; the name of a crate if it comes from the public registry, else any text
/// @param version its version
/// @param source where it comes from
public record LockedId(String name, CrateVersion version, PackageSource source) {
  /// As a record has it. Written out like [#hashCode]: what the JDK makes of a record it makes at
  /// the first call, in the time that it takes to read a thousand packages.
  @Override
  public boolean equals(Object other) {
    return other instanceof LockedId that
        && name.equals(that.name)
        && version.equals(that.version)
        && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + version.hashCode();
  }

  /// Returns the form for messages: `serde 1.0.9`.
  @Override
  public String toString() {
    return name + " " + version;
  }
}
