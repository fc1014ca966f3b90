package lazaret.vetting.gate.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.search.CrateSummary;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// Writes that become visible atomically.
///
/// @param durability the moment of acknowledgment
/// @param writes the changes, applied in order
/// @param conditions all of them hold when the batch is applied, or it is refused
public record Batch(Durability durability, List<Write> writes, List<BatchCondition> conditions) {
  /// Copies the lists.
  public Batch {
    writes = List.copyOf(writes);
    conditions = List.copyOf(conditions);
  }

  /// Creates a batch without conditions.
  public Batch(Durability durability, List<Write> writes) {
    this(durability, writes, List.of());
  }

  /// Returns a batch that is acknowledged once it is on disk.
  public static Batch synced(List<Write> writes) {
    return new Batch(Durability.SYNCED, writes);
  }

  /// Returns a batch of data that can be fetched or counted again.
  public static Batch relaxed(List<Write> writes) {
    return new Batch(Durability.RELAXED, writes);
  }

  /// Returns this batch with one more condition.
  public Batch with(BatchCondition more) {
    List<BatchCondition> all = new ArrayList<>(conditions);
    all.add(more);
    return new Batch(durability, writes, all);
  }

  /// Returns this batch with some of its writes.
  public Batch withWrites(List<Write> some) {
    return new Batch(durability, some, conditions);
  }

  /// Returns the leases that must be held.
  public List<BatchCondition.LeaseHeld> leases() {
    return conditions.stream()
        .filter(BatchCondition.LeaseHeld.class::isInstance)
        .map(BatchCondition.LeaseHeld.class::cast)
        .toList();
  }

  /// Returns this batch with leases that must be held, too.
  Batch under(List<Lease> held) {
    Batch all = this;
    for (Lease lease : held) {
      if (leases().stream().noneMatch(each -> each.lease().equals(lease))) {
        all = all.with(new BatchCondition.LeaseHeld(lease, false));
      }
    }
    return all;
  }

  /// The moment at which a batch is acknowledged.
  public enum Durability {
    /// Acknowledgment after the batch is on disk: for decisions and alarms.
    SYNCED,
    /// Immediate acknowledgment: for data that can be fetched or counted again. A crash of the
    /// machine may lose the last batches, each of them as a whole. A crash of the process loses
    /// none.
    RELAXED
  }

  /// One change of the store.
  public sealed interface Write {
    /// The insertion or replacement of a crate's index file.
    record PutCrate(StoredCrate crate) implements Write {}

    /// The replacement of the freshness of a crate's index file.
    record PutFreshness(CrateName name, Freshness freshness) implements Write {}

    /// The replacement of a crate's index view.
    record PutView(CrateName name, IndexView view) implements Write {}

    /// The replacement of a crate's summary.
    record PutSummary(CrateSummary summary) implements Write {}

    /// The insertion of a verified artifact.
    record PutArtifact(VerifiedCrate crate) implements Write {}

    /// The removal of an artifact, for example because it is damaged.
    record DropArtifact(Sha256 cksum) implements Write {}

    /// The insertion of the findings of an inspection.
    record PutFindings(Findings findings) implements Write {}

    /// An append to the ledger. A [lazaret.vetting.ledger.Decision] is also found by crate from
    /// then on.
    record Append(Event event) implements Write {}

    /// The insertion or replacement of the queued request for a version.
    record PutRequest(QueuedRequest request) implements Write {}

    /// The removal of the queued request for a version that is settled.
    record DropRequest(CrateName name, CrateVersion version) implements Write {}

    /// An addition to the download log. Counts of equal day, version, token and address are summed.
    record AddDownload(DownloadRecord access) implements Write {}

    /// The removal of the downloads of one version by one client on one day.
    record DropAccess(DownloadRecord access) implements Write {}

    /// The insertion or replacement of a token.
    record PutToken(Token token) implements Write {}

    /// The removal of a token.
    record DropToken(Sha256 secretHash) implements Write {}

    /// The insertion or replacement of an advisory feed.
    record PutFeed(StoredFeed stored) implements Write {}

    /// The removal of an advisory feed.
    record DropFeed(String name) implements Write {}

    /// The insertion of a recorded verdict.
    record PutVerdict(RecordedVerdict verdict) implements Write {}

    /// The removal of a recorded verdict.
    record DropVerdict(CrateId id, Instant at) implements Write {}

    /// The insertion or replacement of the record of a lockfile.
    record PutLockfile(SeenLockfile lockfile) implements Write {}

    /// The removal of the record of a lockfile.
    record DropLockfile(Sha256 digest) implements Write {}

    /// A change of the records about the use and the removal of artifacts.
    sealed interface OfRetention extends Write {}

    /// The insertion of the use of an artifact. A stored later one remains.
    record PutUse(ArtifactUse use) implements OfRetention {}

    /// The removal of the use of an artifact.
    record DropUse(Sha256 cksum) implements OfRetention {}

    /// The insertion or replacement of the evidence of a removed artifact.
    record PutRemoved(RemovedArtifact artifact) implements OfRetention {}

    /// A change of snapshots.
    sealed interface OfSnapshots extends Write {}

    /// The insertion or replacement of a crate in a snapshot.
    record PutSnapshotCrate(long sequence, SnapshotCrate crate) implements OfSnapshots {}

    /// The removal of a crate from a snapshot.
    record DropSnapshotCrate(long sequence, CrateName name) implements OfSnapshots {}

    /// The insertion of a snapshot. Its rows belong to it from then on.
    record PutSnapshot(SnapshotInfo info) implements OfSnapshots {}

    /// The removal of a snapshot. Its rows are removed one by one.
    record DropSnapshot(long sequence) implements OfSnapshots {}

    /// A change of a table of the desk.
    sealed interface OfDesk extends Write {}

    /// The insertion or replacement of a row of the desk.
    record PutDeskRow(DeskRow row) implements OfDesk {}

    /// The removal of a row of the desk.
    record DropDeskRow(DeskTable table, String key) implements OfDesk {}

    /// The replacement of a small named value.
    record PutMeta(String name, Bytes value) implements Write {
      /// Creates the replacement of the value of a key.
      public PutMeta(MetaKey key, Bytes value) {
        this(key.code(), value);
      }
    }
  }
}
