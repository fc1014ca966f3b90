package lazaret.vetting.lockfile;

import lazaret.vetting.crates.CrateVersion;

/// The identity of a package in a lockfile, unique within the lockfile.
///
/// @param name name of the package: a crate name for the public registry, otherwise any text
/// @param version version of the package
/// @param source source of the package
public record LockedPackageId(String name, CrateVersion version, PackageSource source) {
  /// Compares the components. Written by hand like [#hashCode]: the JDK generates the method of a
  /// record at the first call, which takes as long as reading a thousand packages.
  @Override
  public boolean equals(Object other) {
    return other instanceof LockedPackageId that
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
