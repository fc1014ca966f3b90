package lazaret.storage.rocks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.storage.record.CommitRow;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.rocks.files.HeadFile;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.gate.store.StoreFault.Range;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The comparison of a database that was just opened with the last acknowledged write. All families
/// are flushed together, so the rows of the commits prove every family.
final class LossCheck {
  private static final int MAX_HOLES = 10;

  private final OpenDatabase open;
  private final HeadFile head;
  private final List<StoreFault> faults = new ArrayList<>();

  private LossCheck(OpenDatabase open, HeadFile head) {
    this.open = open;
    this.head = head;
  }

  /// Returns the faults; empty if all acknowledged writes exist.
  static List<StoreFault> run(OpenDatabase open, HeadFile head) {
    var check = new LossCheck(open, head);
    try {
      check.compare();
    } catch (RocksDBException | StoreException e) {
      System.getLogger(LossCheck.class.getName())
          .log(System.Logger.Level.ERROR, "the last acknowledged write cannot be compared", e);
      check.faults.add(
          new StoreFault.HeadUnreadable(
              "cannot be compared with the ledger, whose end is damaged"));
    }
    return List.copyOf(check.faults);
  }

  private void compare() throws RocksDBException {
    CommitRow last = walk();
    Optional<HeadFile.Head> acknowledged = head.head();
    if (acknowledged.isEmpty()) {
      faults.add(new StoreFault.HeadUnreadable(head.exists() ? "is damaged" : "is missing"));
      return;
    }
    compare(last, acknowledged.get());
  }

  private void compare(CommitRow last, HeadFile.Head acknowledged) throws RocksDBException {
    if (acknowledged.commit() > last.commit()) {
      faults.add(
          new StoreFault.WritesMissing(
              new Range(last.commit() + 1, acknowledged.commit()),
              new Range(lastEntry() + 1, acknowledged.sequence()),
              last.at(),
              acknowledged.at()));
      return;
    }
    if (acknowledged.sequence() == 0) {
      return;
    }
    byte[] found =
        open.db.get(
            open.handle(ColumnFamily.LEDGER),
            open.fromDisk,
            RowKeys.sequence(acknowledged.sequence()));
    if (found == null) {
      faults.add(
          new StoreFault.WritesMissing(
              new Range(1, 0),
              new Range(lastEntry() + 1, acknowledged.sequence()),
              last.at(),
              acknowledged.at()));
    } else if (!LedgerCodec.decode(found).hash().equals(acknowledged.hash())) {
      faults.add(new StoreFault.LedgerAltered(acknowledged.sequence(), acknowledged.at()));
    }
  }

  /// Follows the rows of the commits and returns the last one.
  private CommitRow walk() throws RocksDBException {
    CommitRow before = null;
    try (RocksIterator rows = open.db.newIterator(open.handle(ColumnFamily.COMMITS), open.scan)) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        CommitRow row = CommitRow.decode(rows.key(), rows.value());
        if (before != null && row.commit() != before.commit() + 1 && faults.size() < MAX_HOLES) {
          faults.add(hole(before, row));
        }
        before = row;
      }
      rows.status();
    }
    return before == null ? new CommitRow(0, 0, Instant.EPOCH) : before;
  }

  private StoreFault hole(CommitRow before, CommitRow after) throws RocksDBException {
    Range entries = new Range(1, 0);
    try (RocksIterator ledger = open.db.newIterator(open.handle(ColumnFamily.LEDGER), open.scan)) {
      ledger.seek(RowKeys.sequence(before.sequence() + 1));
      ledger.status();
      if (ledger.isValid()) {
        entries = new Range(before.sequence() + 1, RowKeys.sequenceAtEnd(ledger.key()) - 1);
      }
    }
    return new StoreFault.WritesMissing(
        new Range(before.commit() + 1, after.commit() - 1), entries, before.at(), after.at());
  }

  private long lastEntry() throws RocksDBException {
    LedgerEntry last = lastEntry(open);
    return last == null ? 0 : last.sequence();
  }

  /// Returns the last entry of the ledger; null if it is empty.
  static @Nullable LedgerEntry lastEntry(OpenDatabase open) throws RocksDBException {
    try (RocksIterator ledger =
        open.db.newIterator(open.handle(ColumnFamily.LEDGER), open.fromDisk)) {
      ledger.seekToLast();
      ledger.status();
      return ledger.isValid() ? LedgerCodec.decode(ledger.value()) : null;
    }
  }

  /// Returns the last commit and the end of the ledger, as the database has them.
  static HeadFile.Head end(OpenDatabase open, Instant now) throws RocksDBException {
    LedgerEntry last = lastEntry(open);
    long commit = 0;
    try (RocksIterator rows = open.db.newIterator(open.handle(ColumnFamily.COMMITS), open.scan)) {
      rows.seekToLast();
      rows.status();
      if (rows.isValid()) {
        commit = RowKeys.sequenceAtEnd(rows.key());
      }
    }
    Sha256 hash = last == null ? LedgerEntry.GENESIS : last.hash();
    return new HeadFile.Head(commit, last == null ? 0 : last.sequence(), hash, now);
  }

  /// Drops the rows of commits before a number. The data of these commits is flushed, and no log
  /// contains it.
  static void forget(OpenDatabase open, long before) throws RocksDBException {
    if (first(open) < before) {
      open.db.deleteRange(
          open.handle(ColumnFamily.COMMITS), open.relaxed, RowKeys.EMPTY, RowKeys.sequence(before));
    }
  }

  /// Returns whether commits are numbered in a database; those of an earlier version are not.
  static boolean numbered(OpenDatabase open) throws RocksDBException {
    return first(open) != Long.MAX_VALUE;
  }

  /// Returns the number of the first row; the highest number if there is none.
  private static long first(OpenDatabase open) throws RocksDBException {
    try (RocksIterator rows = open.db.newIterator(open.handle(ColumnFamily.COMMITS), open.scan)) {
      rows.seekToFirst();
      rows.status();
      return rows.isValid() ? RowKeys.sequenceAtEnd(rows.key()) : Long.MAX_VALUE;
    }
  }
}
