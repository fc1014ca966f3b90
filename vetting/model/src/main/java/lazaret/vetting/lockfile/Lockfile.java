package lazaret.vetting.lockfile;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;

/// A `Cargo.lock`: all packages that a workspace was resolved to.
///
/// Source: Cargo, `Cargo.lock` formats 1 to 4 (`docs/registry-protocol.md` §8.2).
///
/// @param format number of the format, 1 to 4
/// @param packages all packages, in the order of the file; a format-1 `[root]` is first
public record Lockfile(int format, List<LockedPackage> packages) {
  /// The maximum size of a lockfile, in bytes. The largest known workspaces have 1 MB.
  public static final int MAX_BYTES = 32 << 20;

  /// The maximum number of packages.
  public static final int MAX_PACKAGES = 50_000;

  /// Copies the list.
  public Lockfile {
    packages = List.copyOf(packages);
  }

  /// Parses a lockfile.
  ///
  /// @param file bytes of `Cargo.lock`
  /// @throws lazaret.vetting.MalformedException if the file is not a lockfile in TOML, has a format
  ///   newer than 4, contains the markers of a merge conflict, or exceeds a limit
  public static Lockfile parse(Bytes file) {
    return LockfileReader.read(file);
  }

  /// Returns this lockfile with the packages of other registries as those of a private one, where
  /// the address means that.
  ///
  /// @param isPrivate returns whether the address of an index is one of the private registry
  public Lockfile withPrivate(Predicate<String> isPrivate) {
    UnaryOperator<LockedPackageId> own =
        id ->
            id.source() instanceof PackageSource.OtherRegistry(String url)
                    && isPrivate.test(url)
                    && CrateName.isValid(id.name())
                ? new LockedPackageId(id.name(), id.version(), new PackageSource.Private(url))
                : id;
    if (packages.stream().map(LockedPackage::id).allMatch(id -> own.apply(id).equals(id))) {
      return this;
    }
    return new Lockfile(
        format,
        packages.stream()
            .map(
                each ->
                    new LockedPackage(
                        own.apply(each.id()),
                        each.checksum(),
                        each.dependencies().stream().map(own).toList(),
                        each.line()))
            .toList());
  }

  /// Returns the local packages (in folders), each as `NAME VERSION`.
  public List<String> local() {
    return packages.stream()
        .filter(p -> p.source() instanceof PackageSource.Local)
        .map(p -> p.name() + " " + p.version().text())
        .toList();
  }

  /// Returns the packages from the public registry.
  public List<LockedPackage> fromCratesIo() {
    return packages.stream().filter(LockedPackage::fromCratesIo).toList();
  }

  /// Returns the packages that come through the gate, from the public registry or a private one.
  public List<LockedPackage> throughGate() {
    return packages.stream().filter(LockedPackage::throughGate).toList();
  }

  /// Returns the versions from the public registry or a private one whose SHA-256 the lockfile has.
  public List<CrateId> crateIds() {
    return packages.stream().map(LockedPackage::crateId).flatMap(Optional::stream).toList();
  }
}
