package lazaret.vetting.audit;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The checksums that the index named when audits were imported. cargo-vet's entries name no bytes:
/// they lean on an index that never changes, which a mirror cannot promise of what it did not see.
///
/// @param byCrate checksums by exact version text, by the crate's collision key
public record SeenChecksums(SortedMap<String, SortedMap<String, Sha256>> byCrate) {
  /// No version was seen.
  public static final SeenChecksums NONE = new SeenChecksums(new TreeMap<>());

  /// Copies the maps.
  public SeenChecksums {
    var copy = new TreeMap<String, SortedMap<String, Sha256>>();
    byCrate.forEach(
        (crate, seen) -> copy.put(crate, Collections.unmodifiableSortedMap(new TreeMap<>(seen))));
    byCrate = Collections.unmodifiableSortedMap(copy);
  }

  /// Returns what was seen of a version.
  ///
  /// @return its checksum at the time of the import; null where the index did not name it then
  public @Nullable Sha256 of(CrateName name, CrateVersion version) {
    SortedMap<String, Sha256> versions = byCrate.get(name.collisionKey());
    return versions == null ? null : versions.get(version.text());
  }

  /// Returns what was seen of a crate, by exact version text; empty where nothing was.
  ///
  /// @param collisionKey the crate
  public SortedMap<String, Sha256> ofCrate(String collisionKey) {
    return byCrate.getOrDefault(collisionKey, Collections.emptySortedMap());
  }
}
