package lazaret.vetting.repair;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexEntry;

/// The index as cargo sees it through the gate. Methods may block.
public interface ResolvableIndex {
  /// Returns the versions that a new resolution may choose, newest first, or empty if there are
  /// none or the crate is unknown.
  List<IndexEntry> offered(CrateName name);

  /// Returns the line of one version, served or withheld, or empty if the index has none.
  Optional<IndexEntry> line(CrateName name, CrateVersion version);

  /// Returns whether a crate cannot have another one as its dependency, since the name belongs to
  /// another registry than the dependency means. It does not block.
  default boolean isElsewhere(CrateName by, CrateName needed) {
    return false;
  }

  /// Returns whether the bytes of a version were refused or are missing upstream.
  boolean bytesRefused(IndexEntry entry);
}
