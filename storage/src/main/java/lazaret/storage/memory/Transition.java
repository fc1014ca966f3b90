package lazaret.storage.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Access;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.snapshot.SnapshotCrate;

/// The next state under construction: a copy of the one before with the writes of one batch
/// applied. Not thread-safe, used once.
final class Transition {
  private final State next;
  private final List<LedgerEntry> appended = new ArrayList<>();

  Transition(State before) {
    next =
        new State(
            new TreeMap<>(before.crates()),
            new TreeMap<>(before.freshness()),
            new TreeMap<>(before.views()),
            new TreeMap<>(before.summaries()),
            new TreeMap<>(before.artefacts()),
            new TreeMap<>(before.findings()),
            new ArrayList<>(before.ledger()),
            new TreeMap<>(before.requests()),
            new TreeMap<>(before.accesses()),
            new TreeMap<>(before.tokens()),
            new TreeMap<>(before.meta()),
            new TreeMap<>(before.feeds()),
            new TreeMap<>(before.rulings()),
            new TreeMap<>(before.lockfiles()),
            new TreeMap<>(before.snapshots()),
            new TreeMap<>(before.snapshotCrates()));
  }

  void apply(Batch.Write write) {
    switch (write) {
      case Batch.Write.PutCrate(var crate) -> next.crates().put(crate.name().collisionKey(), crate);
      case Batch.Write.PutFreshness(var name, var freshness) ->
          next.freshness().put(name.collisionKey(), freshness);
      case Batch.Write.PutView(var name, var view) -> next.views().put(name.collisionKey(), view);
      case Batch.Write.PutSummary(var summary) ->
          next.summaries().put(summary.name().collisionKey(), summary);
      case Batch.Write.PutArtefact(var crate) -> next.artefacts().put(crate.id().cksum(), crate);
      case Batch.Write.DropArtefact(var cksum) -> next.artefacts().remove(cksum);
      case Batch.Write.PutFindings(var findings) ->
          next.findings().put(findings.sha256(), findings);
      case Batch.Write.Append(var event) -> append(event);
      case Batch.Write.PutRequest(var request) ->
          next.requests()
              .put(new State.VersionKey(request.id().name(), request.id().version()), request);
      case Batch.Write.DropRequest(var name, var version) ->
          next.requests().remove(new State.VersionKey(name, version));
      case Batch.Write.AddAccess(var access) ->
          next.accesses().merge(new State.AccessKey(access), access, Transition::sum);
      case Batch.Write.DropAccess(var access) ->
          next.accesses().remove(new State.AccessKey(access));
      case Batch.Write.PutToken(var token) -> next.tokens().put(token.secretHash(), token);
      case Batch.Write.DropToken(var secretHash) -> next.tokens().remove(secretHash);
      case Batch.Write.PutFeed(var held) -> next.feeds().put(held.feed().info().name(), held);
      case Batch.Write.DropFeed(var name) -> next.feeds().remove(name);
      case Batch.Write.PutRuling(var ruling) ->
          next.rulings().put(new State.RulingKey(ruling.id(), ruling.at()), ruling);
      case Batch.Write.DropRuling(var id, var at) ->
          next.rulings().remove(new State.RulingKey(id, at));
      case Batch.Write.PutLockfile(var lockfile) ->
          next.lockfiles().put(lockfile.digest(), lockfile);
      case Batch.Write.DropLockfile(var digest) -> next.lockfiles().remove(digest);
      case Batch.Write.PutSnapshot(var info) -> next.snapshots().put(info.sequence(), info);
      case Batch.Write.DropSnapshot(var sequence) -> next.snapshots().remove(sequence);
      case Batch.Write.PutSnapshotCrate(var sequence, var crate) ->
          rows(crate.name()).put(sequence, crate);
      case Batch.Write.DropSnapshotCrate(var sequence, var name) -> rows(name).remove(sequence);
      case Batch.Write.PutMeta(var name, var value) -> next.meta().put(name, value);
    }
  }

  /// Returns a copy of the rows of a crate, because the state before keeps its own.
  private SortedMap<Long, SnapshotCrate> rows(CrateName name) {
    SortedMap<Long, SnapshotCrate> rows =
        new TreeMap<>(next.snapshotCrates().getOrDefault(name.collisionKey(), new TreeMap<>()));
    next.snapshotCrates().put(name.collisionKey(), rows);
    return rows;
  }

  private void append(Event event) {
    List<LedgerEntry> ledger = next.ledger();
    Sha256 previous = ledger.isEmpty() ? LedgerEntry.GENESIS : ledger.getLast().hash();
    LedgerEntry entry = LedgerEntry.link(ledger.size() + 1L, previous, event);
    ledger.add(entry);
    appended.add(entry);
  }

  private static Access sum(Access before, Access added) {
    return new Access(
        added.day(),
        added.id(),
        added.token(),
        added.address(),
        Math.addExact(before.count(), added.count()));
  }

  State finish() {
    return next;
  }

  List<LedgerEntry> appended() {
    return List.copyOf(appended);
  }
}
