package lazaret.vetting.lockfile;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// One package of a lockfile.
///
/// @param id identity of the package
/// @param checksum SHA-256 of its `.crate`; null for git repositories and folders. Also null for a
///   registry's package in a lockfile that an old cargo did not complete
/// @param dependencies packages of the same lockfile that it is built with
/// @param line line of its table in the file, from 1; 0 if the file does not have cargo's layout
public record LockedPackage(
    LockedPackageId id, @Nullable Sha256 checksum, List<LockedPackageId> dependencies, int line) {
  /// Copies the list.
  public LockedPackage {
    dependencies = List.copyOf(dependencies);
  }

  /// Returns the name of the package.
  public String name() {
    return id.name();
  }

  /// Returns the version of the package.
  public CrateVersion version() {
    return id.version();
  }

  /// Returns the source of the package.
  public PackageSource source() {
    return id.source();
  }

  /// Returns whether the package comes from the public registry.
  public boolean fromCratesIo() {
    return source() instanceof PackageSource.CratesIo;
  }

  /// Returns whether the package comes through the gate: from the public registry, or from a
  /// private one.
  public boolean throughGate() {
    return source().throughGate();
  }

  /// Returns the artifact that the lockfile requires. Empty if the package lacks a checksum or does
  /// not come through the gate.
  public Optional<CrateId> crateId() {
    return throughGate() && checksum != null
        ? Optional.of(new CrateId(CrateName.parse(name()), version(), checksum))
        : Optional.empty();
  }
}
