package lazaret.vetting.gate.store;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;

/// The meaning of a batch for the other nodes of a store that several nodes share.
///
/// @param announced whether the batch takes a number of the decision counter
/// @param synced whether the batch is on disk when it is acknowledged. An announced one always is:
///   after a crash, its number would be used again for another change, which nodes would miss. So
///   is one of a scope, since its number is compared
/// @param changes the changes that other nodes learn with that number, sorted, each once
public record BatchAnnouncement(boolean announced, boolean synced, List<StoreChange> changes) {
  /// The beginning of the names of small values of bundles.
  private static final String BUNDLES = "bundle.";

  /// Copies the list.
  public BatchAnnouncement {
    changes = List.copyOf(changes);
  }

  /// Returns the meaning of a batch.
  public static BatchAnnouncement of(Batch batch) {
    SortedSet<StoreChange> changes = new TreeSet<>();
    boolean appends = false;
    boolean scoped = false;
    for (Batch.Write write : batch.writes()) {
      add(write, changes);
      appends |= write instanceof Batch.Write.Append;
    }
    for (BatchCondition condition : batch.conditions()) {
      switch (condition) {
        case BatchCondition.CrateAt at -> {
          if (at.changes()) {
            changes.add(crate(at.name()));
          }
        }
        case BatchCondition.ScopeAt _ -> scoped = true;
        case BatchCondition.LeaseHeld _ -> {}
      }
    }
    boolean announced = appends || !changes.isEmpty();
    return new BatchAnnouncement(
        announced,
        announced || scoped || batch.durability() == Batch.Durability.SYNCED,
        List.copyOf(changes));
  }

  private static void add(Batch.Write write, SortedSet<StoreChange> changes) {
    switch (write) {
      case Batch.Write.PutCrate(var crate) -> changes.add(crate(crate.name()));
      case Batch.Write.PutView(var name, _) -> changes.add(crate(name));
      case Batch.Write.Append(Decision decision) -> changes.add(crate(decision.id().name()));
      // Readers of notices read the ledger from their last position on.
      case Batch.Write.Append(Notice _) -> {}
      case Batch.Write.PutToken(var token) ->
          changes.add(new StoreChange(StoreChange.Kind.TOKEN, token.secretHash().hex()));
      case Batch.Write.DropToken(var hash) ->
          changes.add(new StoreChange(StoreChange.Kind.TOKEN, hash.hex()));
      case Batch.Write.PutFeed(var stored) ->
          changes.add(new StoreChange(StoreChange.Kind.FEEDS, stored.feed().info().name()));
      case Batch.Write.DropFeed(var name) ->
          changes.add(new StoreChange(StoreChange.Kind.FEEDS, name));
      case Batch.Write.PutRequest(var request) ->
          changes.add(request(request.id().name(), request.id().version()));
      case Batch.Write.DropRequest(var name, var version) -> changes.add(request(name, version));
      case Batch.Write.PutLockfile(var lockfile) ->
          changes.add(new StoreChange(StoreChange.Kind.LOCKFILE, lockfile.digest().hex()));
      case Batch.Write.DropLockfile(var digest) ->
          changes.add(new StoreChange(StoreChange.Kind.LOCKFILE, digest.hex()));
      case Batch.Write.PutSnapshot _, Batch.Write.DropSnapshot _ ->
          changes.add(new StoreChange(StoreChange.Kind.SNAPSHOT, ""));
      case Batch.Write.PutMeta(var name, _) -> addMeta(name, changes);
      // Read from the store at each use, or part of another change: a summary and findings belong
      // to the crate of the batch, and rows of a snapshot have no effect before its record.
      case Batch.Write.PutFreshness _,
          Batch.Write.PutSummary _,
          Batch.Write.PutArtifact _,
          Batch.Write.DropArtifact _,
          Batch.Write.PutFindings _,
          Batch.Write.AddDownload _,
          Batch.Write.DropAccess _,
          Batch.Write.PutVerdict _,
          Batch.Write.DropVerdict _,
          Batch.Write.OfRetention _,
          Batch.Write.PutSnapshotCrate _,
          Batch.Write.DropSnapshotCrate _,
          Batch.Write.OfDesk _ -> {}
    }
  }

  private static StoreChange crate(CrateName name) {
    return new StoreChange(StoreChange.Kind.CRATE, name.collisionKey());
  }

  private static StoreChange request(CrateName name, CrateVersion version) {
    return new StoreChange(StoreChange.Kind.REQUEST, name.collisionKey() + ' ' + version.text());
  }

  private static void addMeta(String name, SortedSet<StoreChange> changes) {
    String peer = MetaKey.AUDITS_PREFIX.code();
    if (name.equals(MetaKey.SNAPSHOT_HEAD.code())) {
      changes.add(new StoreChange(StoreChange.Kind.SNAPSHOT, ""));
    } else if (name.startsWith(peer)) {
      changes.add(new StoreChange(StoreChange.Kind.AUDITS, name.substring(peer.length())));
    } else if (name.equals(MetaKey.AUDIT_PEERS.code())) {
      changes.add(new StoreChange(StoreChange.Kind.AUDITS, ""));
    } else if (name.startsWith(BUNDLES)
        || name.equals(MetaKey.POLICY_GENERATION.code())
        || name.equals(MetaKey.FEEDS_REEVALUATION.code())
        || name.equals(MetaKey.REVOKED_TOKENS.code())
        || name.equals(MetaKey.REMOVALS.code())) {
      changes.add(new StoreChange(StoreChange.Kind.META, name));
    }
  }
}
