package lazaret.vetting.lockfile;

import java.util.List;
import lazaret.vetting.Bytes;

/// A `Cargo.lock`: every package that a workspace was resolved to.
///
/// Source: Cargo, `Cargo.lock` formats 1 to 4 (`cargo-wire.md` §8.2).
///
/// @param format 1 to 4
/// @param packages all packages, in the order of the file; a format-1 `[root]` comes first
public record Lockfile(int format, List<LockedPackage> packages) {
  /// The longest file that is read, in bytes: the largest known workspaces have 1 MB.
  public static final int MAX_BYTES = 32 << 20;

  /// The most packages that are read.
  public static final int MAX_PACKAGES = 50_000;

  /// Copies the list.
  public Lockfile {
    packages = List.copyOf(packages);
  }

  /// Reads a lockfile.
  ///
  /// @param file the bytes of `Cargo.lock`
  /// @throws lazaret.vetting.MalformedException if the file is no TOML, no lockfile, of a format
  ///   newer than 4, holds the marks of a merge conflict, or exceeds a limit
  public static Lockfile parse(Bytes file) {
    return LockfileReader.read(file);
  }

  /// Returns the packages that lie in folders here, each as `NAME VERSION`.
  public List<String> local() {
    return packages.stream()
        .filter(p -> p.source() instanceof PackageSource.Local)
        .map(p -> p.name() + " " + p.version().text())
        .toList();
  }

  /// Returns the packages that come from the public registry, and so through the gate.
  public List<LockedPackage> fromCratesIo() {
    return packages.stream().filter(LockedPackage::fromCratesIo).toList();
  }
}
