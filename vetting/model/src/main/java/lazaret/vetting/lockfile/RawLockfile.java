package lazaret.vetting.lockfile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The literal content of a lockfile, before anything in it is resolved.
///
/// @param version number of the format; null if the file has none
/// @param packages all packages, a `[root]` first; unused patches are omitted
/// @param metadata the `[metadata]` table
record RawLockfile(
    @Nullable Long version, List<RawPackage> packages, Map<String, String> metadata) {
  RawLockfile {
    packages = List.copyOf(packages);
    metadata = Map.copyOf(metadata);
  }

  /// One package as written.
  ///
  /// @param dependencies `name`, `name version` or `name version (source)`
  record RawPackage(
      String name,
      String version,
      @Nullable String source,
      @Nullable String checksum,
      List<String> dependencies) {
    RawPackage {
      dependencies = List.copyOf(dependencies);
    }
  }
}
