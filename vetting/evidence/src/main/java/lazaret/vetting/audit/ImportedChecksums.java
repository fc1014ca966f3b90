package lazaret.vetting.audit;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The checksums in the index at the time when audits were imported. Entries of cargo-vet do not
/// name bytes, since they rely on an index that never changes. A mirror cannot guarantee that for
/// versions it has not seen.
///
/// @param byCrate checksums by exact version text, by the crate's collision key
public record ImportedChecksums(SortedMap<String, SortedMap<String, Sha256>> byCrate) {
  /// No checksums.
  public static final ImportedChecksums NONE = new ImportedChecksums(new TreeMap<>());

  /// Copies the maps.
  public ImportedChecksums {
    var copy = new TreeMap<String, SortedMap<String, Sha256>>();
    byCrate.forEach(
        (crate, seen) -> copy.put(crate, Collections.unmodifiableSortedMap(new TreeMap<>(seen))));
    byCrate = Collections.unmodifiableSortedMap(copy);
  }

  /// Returns the checksum of a version at the time of import.
  ///
  /// @return the checksum; null if the index did not list it then
  public @Nullable Sha256 of(CrateName name, CrateVersion version) {
    SortedMap<String, Sha256> versions = byCrate.get(name.collisionKey());
    return versions == null ? null : versions.get(version.text());
  }

  /// Returns the checksums of a crate by exact version text, or empty if there are none.
  ///
  /// @param collisionKey collision key of the crate
  public SortedMap<String, Sha256> ofCrate(String collisionKey) {
    return byCrate.getOrDefault(collisionKey, Collections.emptySortedMap());
  }
}
