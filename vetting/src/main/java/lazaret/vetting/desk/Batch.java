package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.VerifiedCrate;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.search.CrateSummary;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// Writes that become visible together or not at all.
///
/// @param durability when the batch is acknowledged
/// @param writes applied in order
public record Batch(Durability durability, List<Write> writes) {
  /// Copies the list.
  public Batch {
    writes = List.copyOf(writes);
  }

  /// A batch that is acknowledged once it is on disk.
  public static Batch synced(List<Write> writes) {
    return new Batch(Durability.SYNCED, writes);
  }

  /// A batch of things that can be fetched or counted anew.
  public static Batch relaxed(List<Write> writes) {
    return new Batch(Durability.RELAXED, writes);
  }

  /// When a batch is acknowledged.
  public enum Durability {
    /// After it is on disk: decisions and alarms.
    SYNCED,
    /// At once: what can be fetched or counted anew. A crash of the machine may lose the last of
    /// them, never tear one; a crash of the process loses none.
    RELAXED
  }

  /// One change.
  public sealed interface Write {
    /// Holds or replaces a crate's index file.
    record PutCrate(HeldCrate crate) implements Write {}

    /// Replaces how current a crate's index file is.
    record PutFreshness(CrateName name, Freshness freshness) implements Write {}

    /// Replaces a crate's view.
    record PutView(CrateName name, IndexView view) implements Write {}

    /// Replaces a crate's summary.
    record PutSummary(CrateSummary summary) implements Write {}

    /// Holds an artefact whose digest was checked.
    record PutArtefact(VerifiedCrate crate) implements Write {}

    /// Lets go of an artefact, for example because it rotted.
    record DropArtefact(Sha256 cksum) implements Write {}

    /// Keeps what inspection found.
    record PutFindings(Findings findings) implements Write {}

    /// Appends to the ledger; a [lazaret.vetting.ledger.Decision] is also found by crate from then
    /// on.
    record Append(Event event) implements Write {}

    /// Keeps or replaces the open request for a version.
    record PutRequest(Request request) implements Write {}

    /// Settles the request for a version.
    record DropRequest(CrateName name, CrateVersion version) implements Write {}

    /// Adds to what was handed out: the counts of equal day, version, token and address add up.
    record AddAccess(Access access) implements Write {}

    /// Lets go of what was handed out to one client on one day.
    record DropAccess(Access access) implements Write {}

    /// Keeps or replaces a token.
    record PutToken(Token token) implements Write {}

    /// Takes a token away.
    record DropToken(Sha256 secretHash) implements Write {}

    /// Keeps or replaces a feed of advisories.
    record PutFeed(HeldFeed held) implements Write {}

    /// Takes a feed away.
    record DropFeed(String name) implements Write {}

    /// Keeps a verdict that was given.
    record PutRuling(Ruling ruling) implements Write {}

    /// Lets go of a verdict that was given.
    record DropRuling(CrateId id, Instant at) implements Write {}

    /// Keeps or replaces what is known of a lockfile.
    record PutLockfile(SeenLockfile lockfile) implements Write {}

    /// Lets go of a lockfile.
    record DropLockfile(Sha256 digest) implements Write {}

    /// A change to snapshots.
    sealed interface OfSnapshots extends Write {}

    /// Keeps or replaces what a snapshot says of a crate.
    record PutSnapshotCrate(long sequence, SnapshotCrate crate) implements OfSnapshots {}

    /// Lets go of what a snapshot says of a crate.
    record DropSnapshotCrate(long sequence, CrateName name) implements OfSnapshots {}

    /// Notes a snapshot: its rows belong to it from then on.
    record PutSnapshot(SnapshotInfo info) implements OfSnapshots {}

    /// Forgets a snapshot; its rows are dropped one by one.
    record DropSnapshot(long sequence) implements OfSnapshots {}

    /// Sets a small named value.
    record PutMeta(String name, Bytes value) implements Write {}
  }
}
