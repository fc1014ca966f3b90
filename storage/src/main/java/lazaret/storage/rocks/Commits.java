package lazaret.storage.rocks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.storage.record.AccessRecord;
import lazaret.storage.record.CrateRecord;
import lazaret.storage.record.FeedRecord;
import lazaret.storage.record.FindingsRecord;
import lazaret.storage.record.FreshnessRecord;
import lazaret.storage.record.HeldArtefact;
import lazaret.storage.record.LedgerRecord;
import lazaret.storage.record.LockfileRecord;
import lazaret.storage.record.MetaRecord;
import lazaret.storage.record.RequestRecord;
import lazaret.storage.record.RulingRecord;
import lazaret.storage.record.TokenRecord;
import lazaret.storage.record.ViewRecord;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Access;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// Turns batches into writes. Batches that append to the ledger take turns, so that the chain has
/// no fork; batches that add to counts take turns, so that no count is lost; all others run side by
/// side and share the sync of the log that RocksDB makes for a group. Thread-safe.
final class Commits {
  private final Engine engine;
  private final Lookups lookups;
  private final DiskThreads writers;
  private final DiskRoom room;

  /// Taken before the ledger's lock where a batch needs both.
  private final ReentrantLock countsTurn = new ReentrantLock();

  private final ReentrantLock ledgerTurn = new ReentrantLock();

  // Guarded by ledgerTurn.
  private @Nullable Head head;

  /// The end of the chain, and the generation of the engine for which that was read.
  private record Head(long sequence, Sha256 hash, long generation) {}

  Commits(Engine engine, Lookups lookups, DiskThreads writers, DiskRoom room) {
    this.engine = engine;
    this.lookups = lookups;
    this.writers = writers;
    this.room = room;
  }

  List<LedgerEntry> commit(Batch batch) {
    long artefactBytes = 0;
    boolean counts = false;
    List<Event> events = new ArrayList<>();
    for (Batch.Write write : batch.writes()) {
      switch (write) {
        case Batch.Write.PutArtefact(var crate) -> artefactBytes += crate.bytes().length();
        case Batch.Write.AddAccess _ -> counts = true;
        case Batch.Write.Append(var event) -> events.add(event);
        default -> {}
      }
    }
    if (artefactBytes > 0) {
      room.require(artefactBytes);
    }
    if (!counts) {
      return chain(batch, events);
    }
    countsTurn.lock();
    try {
      return chain(batch, events);
    } finally {
      countsTurn.unlock();
    }
  }

  private List<LedgerEntry> chain(Batch batch, List<Event> events) {
    if (events.isEmpty()) {
      apply(batch, List.of());
      return List.of();
    }
    ledgerTurn.lock();
    try {
      Head at = head();
      List<LedgerEntry> entries = new ArrayList<>(events.size());
      long sequence = at.sequence();
      Sha256 previous = at.hash();
      for (Event event : events) {
        LedgerEntry entry = LedgerEntry.link(++sequence, previous, event);
        entries.add(entry);
        previous = entry.hash();
      }
      apply(batch, entries);
      head = new Head(sequence, previous, at.generation());
      return entries;
    } finally {
      ledgerTurn.unlock();
    }
  }

  private Head head() {
    long generation = engine.generation();
    Head known = head;
    if (known != null && known.generation() == generation) {
      return known;
    }
    Optional<LedgerEntry> last = lookups.ledgerHead();
    Head found =
        last.map(entry -> new Head(entry.sequence(), entry.hash(), generation))
            .orElseGet(() -> new Head(0, LedgerEntry.GENESIS, generation));
    head = found;
    return found;
  }

  private void apply(Batch batch, List<LedgerEntry> entries) {
    List<Change> changes = new ArrayList<>(batch.writes().size() + entries.size());
    Map<Bytes, Access> sums = new LinkedHashMap<>();
    int appended = 0;
    for (Batch.Write write : batch.writes()) {
      switch (write) {
        case Batch.Write.Append _ -> append(entries.get(appended++), changes);
        case Batch.Write.AddAccess(var access) -> add(access, sums);
        default -> plain(write, changes);
      }
    }
    sums.forEach(
        (key, sum) ->
            changes.add(new Change.Put(Family.ACCESS, key.array(), AccessRecord.encode(sum))));
    boolean synced = batch.durability() == Batch.Durability.SYNCED;
    writers.run(
        () -> {
          engine.write(changes, synced);
          return true;
        });
  }

  private static void append(LedgerEntry entry, List<Change> changes) {
    changes.add(
        new Change.Put(Family.LEDGER, Keys.sequence(entry.sequence()), LedgerRecord.encode(entry)));
    if (entry.event() instanceof Decision decision) {
      changes.add(
          new Change.Put(
              Family.DECISIONS,
              Keys.decision(decision.id(), entry.sequence()),
              LedgerRecord.encodeDecision(entry.encoded())));
    }
  }

  private void add(Access access, Map<Bytes, Access> sums) {
    Bytes key = Bytes.of(Keys.access(access));
    Access sum = sums.get(key);
    if (sum == null) {
      sum = lookups.find(Family.ACCESS, key.array(), AccessRecord::decode).orElse(null);
    }
    long before = sum == null ? 0 : sum.count();
    sums.put(
        key,
        new Access(
            access.day(),
            access.id(),
            access.token(),
            access.address(),
            Math.addExact(before, access.count())));
  }

  private static void plain(Batch.Write write, List<Change> changes) {
    switch (write) {
      case Batch.Write.PutCrate(var crate) ->
          changes.add(put(Family.UPSTREAM, Keys.crate(crate.name()), CrateRecord.encode(crate)));
      case Batch.Write.PutFreshness(var name, var freshness) ->
          changes.add(put(Family.FRESHNESS, Keys.crate(name), FreshnessRecord.encode(freshness)));
      case Batch.Write.PutView(var name, var view) ->
          changes.add(put(Family.VIEWS, Keys.crate(name), ViewRecord.encode(view)));
      case Batch.Write.PutArtefact(var crate) -> {
        byte[] key = Keys.sha256(crate.id().cksum());
        byte[] held = new HeldArtefact(crate.id(), crate.bytes().length()).encode();
        changes.add(put(Family.ARTEFACTS, key, crate.bytes().array()));
        changes.add(put(Family.HELD, key, held));
      }
      case Batch.Write.DropArtefact(var cksum) ->
          Stream.of(Family.ARTEFACTS, Family.CARRIED, Family.HELD)
              .forEach(f -> changes.add(new Change.Delete(f, Keys.sha256(cksum))));
      case Batch.Write.PutFindings(var f) ->
          changes.add(put(Family.FINDINGS, Keys.sha256(f.sha256()), FindingsRecord.encode(f)));
      case Batch.Write.PutRequest(var request) ->
          changes.add(
              put(
                  Family.REQUESTS,
                  Keys.version(request.id().name(), request.id().version()),
                  RequestRecord.encode(request)));
      case Batch.Write.DropRequest(var name, var version) ->
          changes.add(new Change.Delete(Family.REQUESTS, Keys.version(name, version)));
      case Batch.Write.PutToken(var token) ->
          changes.add(
              put(Family.TOKENS, Keys.sha256(token.secretHash()), TokenRecord.encode(token)));
      case Batch.Write.DropToken(var secretHash) ->
          changes.add(new Change.Delete(Family.TOKENS, Keys.sha256(secretHash)));
      case Batch.Write.PutFeed(var held) ->
          changes.add(
              put(Family.FEEDS, Keys.feed(held.feed().info().name()), FeedRecord.encode(held)));
      case Batch.Write.DropFeed(var name) ->
          changes.add(new Change.Delete(Family.FEEDS, Keys.feed(name)));
      case Batch.Write.PutRuling(var ruling) ->
          changes.add(
              put(
                  Family.RULINGS,
                  Keys.ruling(ruling.id(), ruling.at()),
                  RulingRecord.encode(ruling)));
      case Batch.Write.DropRuling(var id, var at) ->
          changes.add(new Change.Delete(Family.RULINGS, Keys.ruling(id, at)));
      case Batch.Write.PutLockfile(var lock) ->
          changes.add(
              put(Family.LOCKFILES, Keys.sha256(lock.digest()), LockfileRecord.encode(lock)));
      case Batch.Write.DropLockfile(var digest) ->
          changes.add(new Change.Delete(Family.LOCKFILES, Keys.sha256(digest)));
      case Batch.Write.OfSnapshots of -> RocksSnapshots.changes(of, changes);
      case Batch.Write.PutMeta(var name, var value) ->
          changes.add(put(Family.META, Keys.meta(name), MetaRecord.encode(value)));
      case Batch.Write.Append _, Batch.Write.AddAccess _ ->
          throw new IllegalStateException("needs a turn and is not written here");
    }
  }

  private static Change put(Family family, byte[] key, byte[] value) {
    return new Change.Put(family, key, value);
  }
}
