package lazaret.bundle.exporting;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.format.BundleStatement;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotKind;

/// The parameters of an export.
///
/// @param stream the stream of the snapshot
/// @param audience the networks that may import the bundle; `*` means all
/// @param epoch the epoch of the online keys
/// @param version the version of the metadata, above that of every earlier bundle of the stream
/// @param kind the kind of bundle
/// @param bases the snapshots that a delta applies to, oldest first. For a revocation, the oldest
///   snapshot that it applies to; if empty, it applies to every snapshot and contains all denials.
/// @param snapshot the sequence of the snapshot
/// @param result the state that the snapshot results in. Its byte count is that of the previous
///   snapshot; the artifacts of this bundle are added to it.
/// @param previous the SHA-256 of the previous statement; empty for the first one
/// @param issued the moment of export, truncated to seconds
/// @param times the validity periods of the bundle
/// @param policyDigest the digest of the policy in force
/// @param partSize the largest length of a part in bytes, unless one artifact alone is longer
public record ExportOptions(
    BundleStatement.Stream stream,
    List<String> audience,
    long epoch,
    long version,
    SnapshotKind kind,
    List<BundleStatement.State> bases,
    long snapshot,
    BundleStatement.Result result,
    Optional<Sha256> previous,
    Instant issued,
    Times times,
    Sha256 policyDigest,
    long partSize) {
  /// The default length of a part in bytes. It fits file systems with a limit of 4 GiB.
  public static final long PART_SIZE = 3_900L << 20;

  /// Copies the lists, and truncates the time to seconds.
  ///
  /// @throws lazaret.vetting.MalformedException see [BundleStatement#checkedAudience]
  public ExportOptions {
    audience = BundleStatement.checkedAudience(audience);
    bases = List.copyOf(bases);
    issued = issued.truncatedTo(ChronoUnit.SECONDS);
  }

  /// The validity periods of a bundle.
  ///
  /// @param expires the period after the export in which the bundle can be imported
  /// @param next the period after the export within which the next bundle is promised
  /// @param dark the period after the expiry during which a network may receive no bundle; the root
  ///   must outlive it
  public record Times(Duration expires, Duration next, Duration dark) {
    /// The defaults: 90 days, 35 days and 30 days.
    public static final Times DEFAULT =
        new Times(Duration.ofDays(90), Duration.ofDays(35), Duration.ofDays(30));
  }

  /// Returns the sequence of the snapshot that the crates are compared with, or 0 for none.
  long since() {
    return kind == SnapshotKind.FULL || bases.isEmpty() ? 0 : bases.getFirst().sequence();
  }

  /// Returns the name of the folder of the bundle.
  public String folder() {
    return "%s-e%d-%08d-%s".formatted(stream.name(), epoch, snapshot, kind.code());
  }
}
