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
/// @param id which package
/// @param checksum the SHA-256 of its `.crate`, or null: git repositories and folders have none,
///   nor has a registry's package in a lockfile that an old cargo did not complete
/// @param dependencies what it was built with, each a package of the same lockfile
/// @param line where its table begins in the file, from 1; 0 where the file is not laid out as
///   cargo does
public record LockedPackage(
    LockedId id, @Nullable Sha256 checksum, List<LockedId> dependencies, int line) {
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

  /// Returns where the package comes from.
  public PackageSource source() {
    return id.source();
  }

  /// Tells whether the package comes from the public registry, and so through the gate.
  public boolean fromCratesIo() {
    return source() instanceof PackageSource.CratesIo;
  }

  /// Returns the artefact that the lockfile demands, or nothing where the package does not come
  /// from the public registry or has no checksum.
  public Optional<CrateId> crateId() {
    return fromCratesIo() && checksum != null
        ? Optional.of(new CrateId(CrateName.parse(name()), version(), checksum))
        : Optional.empty();
  }
}
