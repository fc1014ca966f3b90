package lazaret.vetting.index;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// All values of an entry for comparison. Two entries are equal if their raw lines are, however
/// they were read.
record Said(
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

  static Said of(IndexEntry entry) {
    return new Said(
        entry.raw(),
        entry.name(),
        entry.version(),
        List.copyOf(entry.deps()),
        entry.cksum(),
        entry.yanked(),
        entry.pubtime(),
        entry.rustVersion(),
        entry.links(),
        entry.v());
  }

  static List<Said> of(List<IndexEntry> entries) {
    return entries.stream().map(Said::of).toList();
  }
}
