package lazaret.bundle.exporting;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.format.BundleStatement;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotKind;

/// What to export.
///
/// @param stream whose snapshot it is
/// @param audience the networks that it is for; `*` is all
/// @param epoch the run of keys
/// @param version of the metadata: above that of every bundle of the stream before
/// @param kind what to bring
/// @param bases the snapshots that a delta is for, oldest first; for a revocation the one that it
///   needs at least, or none where it fits on any: it then has every denial there is
/// @param snapshot the number of the snapshot
/// @param result what the snapshot comes to; its bytes are those of the snapshot before, to which
///   the artefacts of this bundle are added
/// @param previous SHA-256 of the statement before; empty for the first
/// @param issued the moment of export; counts to the second
/// @param times how long the bundle may travel
/// @param policyDigest of the policy under which was vetted
/// @param partSize how long a part may be, in bytes, unless one artefact alone is longer
public record Order(
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
  /// How long a part is where nobody says: what fits file systems that end at 4 GiB.
  public static final long PART_SIZE = 3_900L << 20;

  /// Copies the lists, and drops fractions of the second.
  ///
  /// @throws lazaret.vetting.MalformedException see [BundleStatement#checkedAudience]
  public Order {
    audience = BundleStatement.checkedAudience(audience);
    bases = List.copyOf(bases);
    issued = issued.truncatedTo(ChronoUnit.SECONDS);
  }

  /// How long a bundle may travel.
  ///
  /// @param expires from when on it is not imported any more, counted from the export
  /// @param next when the next one is promised, counted likewise
  /// @param dark how long a network may hear nothing after that: keys must outlive it
  public record Times(Duration expires, Duration next, Duration dark) {
    /// Ninety days, thirty-five, thirty.
    public static final Times DEFAULT =
        new Times(Duration.ofDays(90), Duration.ofDays(35), Duration.ofDays(30));
  }

  /// Returns the snapshot that the crates are compared with; 0 for none.
  long since() {
    return kind == SnapshotKind.FULL || bases.isEmpty() ? 0 : bases.getFirst().sequence();
  }

  /// Returns the name of the bundle's folder.
  public String folder() {
    return "%s-e%d-%08d-%s".formatted(stream.name(), epoch, snapshot, kind.word());
  }
}
