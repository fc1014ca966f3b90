package lazaret.bundle.exporting;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// What an export is made of: one snapshot, and those before it. Thread-safe; streams are closed.
public interface SnapshotSource {
  /// Streams the crates that differ from an earlier snapshot, whole as they are now, by collision
  /// key; those that are gone have no lines.
  ///
  /// @param since the earlier snapshot's sequence; 0 for every crate
  Stream<SnapshotCrate> changed(long since);

  /// Returns a crate as of an earlier snapshot; empty where it had no lines, or for 0.
  Optional<SnapshotCrate> crate(CrateName name, long asOf);

  /// Returns the bytes of an artefact; empty where they are not held.
  Optional<Bytes> artefact(Sha256 cksum);

  /// Returns the licence of an artefact as an SPDX expression; empty where it is not known.
  Optional<String> licence(Sha256 cksum);

  /// Returns whether a revocation brings a denied line. A line that travels as denied only because
  /// its version waits for the end of a cooldown or for a review is not one.
  default boolean revokes(SnapshotLine denied) {
    return true;
  }

  /// Returns the feeds of advisories.
  List<Feed> feeds();
}
