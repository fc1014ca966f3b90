package lazaret.vetting.gate.evaluation;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.search.CrateNameIndex;

/// The stored index files without verdicts. Thread-safe; sends no request to upstream.
public final class StoredIndex {
  private final CrateStates files;
  private final CrateNameIndex names;

  public StoredIndex(CrateStates files) {
    this.files = files;
    this.names = files.names();
  }

  /// Returns the dependencies of a package by its index line, or empty if no line is stored.
  public List<IndexDependency> declared(LockedPackage locked) {
    return locked
        .crateId()
        .flatMap(id -> files.find(id.name()))
        .flatMap(file -> file.line(locked.version()))
        .map(line -> line.entry().deps())
        .orElse(List.of());
  }

  /// Returns the versions that differ from a given one in build metadata only, ascending. Users of
  /// cargo write `2.1.3` for `2.1.3+zstd.1.5.7`.
  public List<CrateVersion> builds(CrateName name, CrateVersion version) {
    return files.find(name).stream()
        .flatMap(file -> file.lines().stream())
        .map(line -> line.entry().version())
        .filter(v -> v.withoutBuild().equals(version.withoutBuild()))
        .sorted()
        .toList();
  }

  /// Returns the stored crate whose name is most similar to a misspelled one, or empty if none is
  /// similar.
  public Optional<CrateName> nearest(CrateName name) {
    return names
        .nearest(name.collisionKey())
        .flatMap(key -> files.find(CrateName.parse(key)))
        .map(file -> file.crate().name());
  }
}
