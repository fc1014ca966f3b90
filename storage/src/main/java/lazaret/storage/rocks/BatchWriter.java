package lazaret.storage.rocks;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.storage.record.ArtifactUseCodec;
import lazaret.storage.record.CommitRow;
import lazaret.storage.record.DownloadRecordCodec;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.rocks.Acknowledgements.Tip;
import lazaret.storage.rocks.files.DiskSpace;
import lazaret.storage.rocks.files.HeadFile;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The conversion of batches into writes. Batches that are synced or append to the ledger take
/// turns until they are written. The order of their numbers is therefore that of the log, and the
/// chain has no fork; then they wait for the disk together. Batches that add to counts take turns,
/// so that no count is lost; all others run in parallel. Thread-safe.
final class BatchWriter {
  private static final System.Logger LOG = System.getLogger(BatchWriter.class.getName());

  /// The number of commits after which older rows are dropped: they are only needed while a log has
  /// them.
  private static final long ROWS = 1L << 16;

  private final Parts parts;
  private final RecordLookup lookups;
  private final RowCounts rows;
  private final DiskSpace room;

  /// Taken before the order's lock if a batch needs both.
  private final ReentrantLock countsTurn = new ReentrantLock();

  /// Fair, because a stream of batches that do not wait for the disk would starve the others.
  private final ReentrantLock orderTurn = new ReentrantLock(true);

  // Guarded by orderTurn.
  private @Nullable Tip tip;

  private volatile @Nullable ErrorCode refusal;

  /// The parts that numbered commits use.
  record Parts(
      DatabaseGuard engine, DiskExecutor writers, Acknowledgements acknowledgements, Clock clock) {}

  /// A written commit.
  ///
  /// @param entries its ledger entries
  /// @param tip its place in the order; null if it has none
  private record Written(List<LedgerEntry> entries, @Nullable Tip tip) {}

  BatchWriter(Parts parts, RecordLookup lookups, RowCounts rows, DiskSpace room) {
    this.parts = parts;
    this.lookups = lookups;
    this.rows = rows;
    this.room = room;
  }

  List<LedgerEntry> commit(Batch batch) {
    boolean counts = false;
    List<Event> events = new ArrayList<>();
    for (Batch.Write write : batch.writes()) {
      switch (write) {
        case Batch.Write.AddDownload _, Batch.Write.PutUse _ -> counts = true;
        case Batch.Write.Append(var event) -> events.add(event);
        case Batch.Write.PutCrate _,
            Batch.Write.PutFreshness _,
            Batch.Write.PutView _,
            Batch.Write.PutSummary _,
            Batch.Write.PutArtifact _,
            Batch.Write.DropArtifact _,
            Batch.Write.PutFindings _,
            Batch.Write.PutRequest _,
            Batch.Write.DropRequest _,
            Batch.Write.DropAccess _,
            Batch.Write.PutToken _,
            Batch.Write.DropToken _,
            Batch.Write.PutFeed _,
            Batch.Write.DropFeed _,
            Batch.Write.PutVerdict _,
            Batch.Write.DropVerdict _,
            Batch.Write.PutLockfile _,
            Batch.Write.DropLockfile _,
            Batch.Write.OfRetention _,
            Batch.Write.OfSnapshots _,
            Batch.Write.OfDesk _,
            Batch.Write.PutMeta _ -> {}
      }
    }
    SpaceUse use = SpaceUse.of(batch);
    if (use.kind() != DiskSpace.Use.DECISION) {
      room.require(use.bytes(), use.kind());
    }
    if (!use.small()) {
      return commit(use, batch, events, counts);
    }
    try {
      List<LedgerEntry> entries = commit(use, batch, events, counts);
      refusal = null;
      return entries;
    } catch (StoreException e) {
      if (!parts.engine().openedAgain(e)) {
        refusal = e.code();
        throw e;
      }
      List<LedgerEntry> entries = commit(use, batch, events, counts);
      refusal = null;
      return entries;
    }
  }

  /// Returns the reason why the last decision was refused; empty if it was written.
  Optional<ErrorCode> refusal() {
    return Optional.ofNullable(refusal);
  }

  private List<LedgerEntry> commit(SpaceUse use, Batch batch, List<Event> events, boolean counts) {
    Written written = counts ? counted(use, batch, events) : ordered(use, batch, events);
    Tip place = written.tip();
    if (place != null && batch.durability() == Batch.Durability.SYNCED) {
      parts.acknowledgements().await(place);
      if (place.commit() % ROWS == 0) {
        forgetRows(place.commit());
      }
    }
    return written.entries();
  }

  private Written counted(SpaceUse use, Batch batch, List<Event> events) {
    countsTurn.lock();
    try {
      return ordered(use, batch, events);
    } finally {
      countsTurn.unlock();
    }
  }

  /// Writes a batch at its place in the order of numbered commits, without waiting for the disk.
  private Written ordered(SpaceUse use, Batch batch, List<Event> events) {
    if (events.isEmpty() && batch.durability() == Batch.Durability.RELAXED) {
      write(changes(use, batch, List.of()));
      return new Written(List.of(), null);
    }
    orderTurn.lock();
    try {
      long generation = parts.writers().run(parts.engine()::prepare);
      Tip at = tip(generation);
      List<LedgerEntry> entries = link(at, events);
      Tip next = next(at, at.commit() + 1, entries);
      List<KeyChange> changes = changes(use, batch, entries);
      changes.add(row(next));
      // Read again after a failure: it may have been written in spite of it.
      tip = null;
      parts
          .writers()
          .run(
              () -> {
                if (use.small()) {
                  parts.engine().freeReserve(changes);
                }
                rows.write(changes, counted -> parts.engine().write(counted, generation));
                if (use.small()) {
                  room.refill();
                }
                return true;
              });
      tip = next;
      parts.acknowledgements().written(next);
      return new Written(entries, next);
    } finally {
      orderTurn.unlock();
    }
  }

  /// Appends the acceptance of a loss and continues from there.
  LedgerEntry acceptLoss(Event event) {
    orderTurn.lock();
    try {
      Tip at = tip(parts.engine().generation());
      List<LedgerEntry> entries = link(at, List.of(event));
      long commit = Math.max(at.commit(), parts.acknowledgements().recorded()) + 1;
      Tip next = next(at, commit, entries);
      List<KeyChange> changes = new ArrayList<>();
      changes.add(new KeyChange.Clear(ColumnFamily.COMMITS));
      changes.add(row(next));
      append(entries.getFirst(), changes);
      tip = null;
      parts
          .writers()
          .run(
              () -> {
                parts.engine().writeAccepted(changes);
                return true;
              });
      parts.acknowledgements().accept(next);
      parts.engine().accepted();
      return entries.getFirst();
    } finally {
      orderTurn.unlock();
    }
  }

  private static List<LedgerEntry> link(Tip at, List<Event> events) {
    List<LedgerEntry> entries = new ArrayList<>(events.size());
    long sequence = at.sequence();
    Sha256 previous = at.hash();
    for (Event event : events) {
      LedgerEntry entry = LedgerEntry.link(++sequence, previous, event);
      entries.add(entry);
      previous = entry.hash();
    }
    return entries;
  }

  private static Tip next(Tip at, long commit, List<LedgerEntry> entries) {
    return entries.isEmpty()
        ? new Tip(commit, at.sequence(), at.hash(), at.generation())
        : new Tip(commit, entries.getLast().sequence(), entries.getLast().hash(), at.generation());
  }

  private KeyChange row(Tip tip) {
    var row = new CommitRow(tip.commit(), tip.sequence(), parts.clock().instant());
    return new KeyChange.Put(ColumnFamily.COMMITS, RowKeys.sequence(row.commit()), row.encode());
  }

  private Tip tip(long generation) {
    Tip known = tip;
    if (known != null && known.generation() == generation) {
      return known;
    }
    HeadFile.Head end =
        parts
            .writers()
            .run(() -> parts.engine().use("read", open -> LossCheck.end(open, Instant.EPOCH)));
    return new Tip(end.commit(), end.sequence(), end.hash(), generation);
  }

  private void write(List<KeyChange> changes) {
    parts
        .writers()
        .run(
            () -> {
              rows.write(changes, parts.engine()::write);
              return true;
            });
  }

  private void forgetRows(long before) {
    try {
      parts
          .writers()
          .run(
              () -> {
                parts.engine().forgetCommits(before);
                return true;
              });
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "rows of old commits are kept: {0}", e.getMessage());
    }
  }

  private List<KeyChange> changes(SpaceUse use, Batch batch, List<LedgerEntry> entries) {
    List<KeyChange> changes = new ArrayList<>(batch.writes().size() + entries.size());
    Map<Bytes, DownloadRecord> sums = new LinkedHashMap<>();
    Map<Sha256, ArtifactUse> uses = new LinkedHashMap<>();
    int appended = 0;
    for (Batch.Write write : batch.writes()) {
      switch (write) {
        case Batch.Write.Append _ -> append(entries.get(appended++), changes);
        case Batch.Write.AddDownload(var access) -> add(access, sums);
        case Batch.Write.DropAccess(var access) ->
            changes.add(new KeyChange.Delete(ColumnFamily.ACCESS, RowKeys.access(access)));
        case Batch.Write.PutUse(var last) -> add(last, uses);
        case Batch.Write.PutView(var name, _) when use.small() && room.isShort() ->
            // Views can be made again; the old one must not stay.
            changes.add(new KeyChange.Delete(ColumnFamily.VIEWS, RowKeys.crate(name)));
        case Batch.Write.PutCrate _,
            Batch.Write.PutFreshness _,
            Batch.Write.PutView _,
            Batch.Write.PutSummary _,
            Batch.Write.PutArtifact _,
            Batch.Write.DropArtifact _,
            Batch.Write.PutFindings _,
            Batch.Write.PutRequest _,
            Batch.Write.DropRequest _,
            Batch.Write.PutToken _,
            Batch.Write.DropToken _,
            Batch.Write.PutFeed _,
            Batch.Write.DropFeed _,
            Batch.Write.PutVerdict _,
            Batch.Write.DropVerdict _,
            Batch.Write.PutLockfile _,
            Batch.Write.DropLockfile _,
            Batch.Write.OfRetention _,
            Batch.Write.OfSnapshots _,
            Batch.Write.OfDesk _,
            Batch.Write.PutMeta _ ->
            new RowChanges(changes).add(write);
      }
    }
    sums.forEach(
        (key, sum) ->
            changes.add(
                new KeyChange.Put(
                    ColumnFamily.ACCESS, key.array(), DownloadRecordCodec.encode(sum))));
    uses.forEach(
        (cksum, last) ->
            changes.add(
                new KeyChange.Put(
                    ColumnFamily.USES, RowKeys.sha256(cksum), ArtifactUseCodec.encode(last))));
    return changes;
  }

  /// Adds the later one of a use and the stored one.
  private void add(ArtifactUse last, Map<Sha256, ArtifactUse> uses) {
    ArtifactUse before = uses.get(last.cksum());
    if (before == null) {
      byte[] key = RowKeys.sha256(last.cksum());
      before = lookups.find(ColumnFamily.USES, key, ArtifactUseCodec::decode).orElse(last);
    }
    uses.put(last.cksum(), before.and(last));
  }

  private static void append(LedgerEntry entry, List<KeyChange> changes) {
    changes.add(
        new KeyChange.Put(
            ColumnFamily.LEDGER, RowKeys.sequence(entry.sequence()), LedgerCodec.encode(entry)));
    if (entry.event() instanceof Decision decision) {
      changes.add(
          new KeyChange.Put(
              ColumnFamily.DECISIONS,
              RowKeys.decision(decision.id(), entry.sequence()),
              LedgerCodec.encodeDecision(entry.encoded())));
    }
  }

  private void add(DownloadRecord access, Map<Bytes, DownloadRecord> sums) {
    Bytes key = Bytes.of(RowKeys.access(access));
    DownloadRecord sum = sums.get(key);
    if (sum == null) {
      sum =
          lookups.find(ColumnFamily.ACCESS, key.array(), DownloadRecordCodec::decode).orElse(null);
    }
    long before = sum == null ? 0 : sum.count();
    sums.put(
        key,
        new DownloadRecord(
            access.day(),
            access.id(),
            access.token(),
            access.address(),
            Math.addExact(before, access.count())));
  }
}
