package lazaret.bundle.exporting;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.bundle.site.SiteSelection;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// The content of an export: one snapshot and the earlier ones. Thread-safe. The caller closes the
/// streams.
public interface SnapshotSource {
  /// Streams the crates that differ from an earlier snapshot, in the order of collision keys. Each
  /// crate has all of its current lines; a removed crate has none.
  ///
  /// @param since the sequence of the earlier snapshot, or 0 for every crate
  Stream<SnapshotCrate> changed(long since);

  /// Returns a crate in an earlier snapshot, or empty if it had no lines or the sequence is 0.
  Optional<SnapshotCrate> crate(CrateName name, long asOf);

  /// Returns the bytes of an artifact, or empty if they are not stored.
  Optional<Bytes> artifact(Sha256 cksum);

  /// Returns the license of an artifact as an SPDX expression, or empty if it is unknown.
  Optional<String> license(Sha256 cksum);

  /// Returns whether a revocation contains a denied line. A line that is marked as denied only
  /// because its version waits for the end of a cooldown or for a review is not contained.
  default boolean revokes(SnapshotLine denied) {
    return true;
  }

  /// Returns the feeds of advisories.
  List<Feed> feeds();

  /// Returns what the bundle carries of the site.
  default SiteSelection site() {
    return SiteSelection.NONE;
  }

  /// Returns the content of a bundle of advisories, or empty for another kind.
  default Optional<AdvisoryChanges> advisories() {
    return Optional.empty();
  }
}
