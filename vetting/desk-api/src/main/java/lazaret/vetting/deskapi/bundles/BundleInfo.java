package lazaret.vetting.deskapi.bundles;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.Sha256;

/// The metadata of a bundle.
///
/// @param name the name of its folder
/// @param bundle the SHA-256 of its statement
/// @param fingerprint the fingerprint of its statement, in groups
/// @param stream the name of the stream
/// @param epoch the epoch
/// @param sequence the sequence of the snapshot
/// @param kind the kind
/// @param audience the networks that may import it
/// @param stateRoot the state root of the snapshot
/// @param crates the number of crates of the snapshot
/// @param versions the number of versions of the snapshot
/// @param bytes the size of the artifacts of the snapshot in bytes
/// @param issued the time at which it was made
/// @param expires the time from which it is not accepted
/// @param nextExpectedBy the time at which the next bundle is promised
/// @param bases the snapshots that a delta applies to; empty for other kinds
/// @param changes the changes that the bundle announces
/// @param feeds the feeds that the bundle carries
public record BundleInfo(
    String name,
    Sha256 bundle,
    String fingerprint,
    String stream,
    long epoch,
    long sequence,
    BundleKind kind,
    List<String> audience,
    Sha256 stateRoot,
    long crates,
    long versions,
    long bytes,
    Instant issued,
    Instant expires,
    Instant nextExpectedBy,
    List<BundleBaseInfo> bases,
    BundleChangesInfo changes,
    List<BundleFeedInfo> feeds) {
  public BundleInfo {
    audience = List.copyOf(audience);
    bases = List.copyOf(bases);
    feeds = List.copyOf(feeds);
  }
}
