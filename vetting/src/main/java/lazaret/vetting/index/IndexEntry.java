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

/// One line of an index file: one version of a crate. The raw line is the truth and is what is
/// relayed; the rest is what we need to know of it. Unknown keys survive in the raw line only.
///
/// Source: Cargo reference, *Registry Index*, *JSON schema*.
///
/// @param raw the line's bytes as upstream sent them, without the line break
/// @param name the crate, as published
/// @param version the exact `vers`
/// @param deps all dependencies, of every kind
/// @param cksum the SHA-256 of the `.crate`
/// @param yanked whether the line says so; false where it says nothing or null
/// @param pubtime when the version was published as upstream claims, to the second, or null
/// @param rustVersion the oldest Rust that builds it, one to three numbers, or null
/// @param links the native library that it links, or null
/// @param v the version of the schema, unsigned; 1 where the line has none
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
  /// Copies the list, unless it is read later.
  public IndexEntry {
    deps = deps instanceof HeldDependencies ? deps : List.copyOf(deps);
  }

  /// Estimates the heap that this entry holds, in bytes: parsed dependencies weigh about three
  /// times their raw bytes.
  public long weight() {
    return 400 + (deps instanceof HeldDependencies ? 2L : 4L) * raw.length();
  }

  /// Two entries are equal if their raw lines are: the rest is what these say.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IndexEntry that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  /// Returns the identity of the artefact.
  public CrateId id() {
    return new CrateId(name, version, cksum);
  }

  /// Returns the features with what each switches on, `features` and `features2` merged as cargo
  /// does. Read from the raw line at each call: a large crate has thousands, and hardly anybody
  /// asks.
  public Map<String, List<String>> features() {
    try {
      return IndexLineReader.features(raw);
    } catch (MalformedException e) {
      throw new IllegalStateException("an index entry was made of a line that was never parsed", e);
    }
  }
}
