package lazaret.vetting.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// One line of an index file: one version of a crate. The raw line is authoritative and is what the
/// gate relays. The other fields are the parsed values; unknown keys are kept in the raw line only.
///
/// Source: Cargo reference, *Registry Index*, *JSON schema*.
///
/// @param raw bytes of the line as upstream sent them, without the line break
/// @param name name of the crate as published
/// @param version the exact `vers`
/// @param deps all dependencies of every kind
/// @param cksum SHA-256 of the `.crate`
/// @param yanked whether the line is marked as yanked; false if the key is absent or null
/// @param pubtime publish time as upstream states it, to the second; null if absent
/// @param rustVersion oldest Rust version that builds it, one to three numbers; null if absent
/// @param links native library that it links; null if absent
/// @param v version of the schema, unsigned; 1 if the line has none
public record IndexEntry(
    Bytes raw,
    CrateName name,
    CrateVersion version,
    List<IndexDependency> deps,
    Sha256 cksum,
    boolean yanked,
    @Nullable Instant pubtime,
    @Nullable String rustVersion,
    @Nullable String links,
    int v) {
  /// Copies the list, unless it is parsed on first use.
  public IndexEntry {
    deps = deps instanceof DeferredDependencies ? deps : List.copyOf(deps);
  }

  /// Returns an estimate of the heap size of this entry, in bytes. Parsed dependencies take about
  /// three times their raw bytes.
  public long weight() {
    return 400 + (deps instanceof DeferredDependencies ? 2L : 4L) * raw.length();
  }

  /// Compares the raw lines, which determine all other fields.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IndexEntry that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  /// Returns the identity of the artifact.
  public CrateId id() {
    return new CrateId(name, version, cksum);
  }

  /// Returns the features with the names that each enables. `features` and `features2` are merged
  /// as cargo does. The raw line is parsed on each call: a large crate has thousands of features,
  /// and they are rarely used.
  public Map<String, List<String>> features() {
    try {
      return IndexLineReader.features(raw);
    } catch (MalformedException e) {
      throw new IllegalStateException("an index entry was made of a line that was never parsed", e);
    }
  }
}
