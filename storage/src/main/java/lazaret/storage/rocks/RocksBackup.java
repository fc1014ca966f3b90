package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lazaret.storage.backup.BackupFrameKind;
import lazaret.storage.backup.BackupWriter;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.ledger.LedgerEntry;

/// A copy of one state of the store, without the tokens, into a backup. The iterators of all
/// families are created in one step and see the same state, regardless of later writes.
final class RocksBackup {
  private static final List<ColumnFamily> FAMILIES =
      List.of(
          ColumnFamily.META,
          ColumnFamily.UPSTREAM,
          ColumnFamily.FRESHNESS,
          ColumnFamily.VIEWS,
          ColumnFamily.FINDINGS,
          ColumnFamily.REQUESTS,
          ColumnFamily.ACCESS,
          ColumnFamily.DESK,
          ColumnFamily.FEEDS,
          ColumnFamily.VERDICTS,
          ColumnFamily.LOCKFILES,
          ColumnFamily.USES,
          ColumnFamily.REMOVED,
          ColumnFamily.SNAPSHOTS,
          ColumnFamily.SNAPSHOT_CRATES,
          ColumnFamily.LEDGER,
          ColumnFamily.HELD);

  private final RecordLookup lookups;
  private final BackupWriter to;
  private final RunningOperation operation;
  private long sequence;
  private Sha256 hash = LedgerEntry.GENESIS;

  private RocksBackup(RecordLookup lookups, BackupWriter to, RunningOperation operation) {
    this.lookups = lookups;
    this.to = to;
    this.operation = operation;
  }

  /// Returns what writes a backup, on whatever thread; its artifacts are counted as steps of the
  /// operation of this thread. It returns the number of artifacts that were left out.
  ///
  /// @param folder new or empty, or an archive
  static Supplier<Long> into(
      Path folder, Instant created, DatabaseGuard engine, RecordLookup lookups) {
    RunningOperation operation = RunningOperation.current();
    return () -> {
      try (BackupWriter to = BackupWriter.begin(folder, created)) {
        write(engine, new RocksBackup(lookups, to, operation));
        return to.omitted();
      }
    };
  }

  private static void write(DatabaseGuard engine, RocksBackup backup) {
    List<PrefixCursor> cursors = PrefixCursor.over(engine, FAMILIES);
    try {
      for (int i = 0; i < FAMILIES.size(); i++) {
        ColumnFamily family = FAMILIES.get(i);
        walk(cursors.get(i), entry -> backup.copy(family, entry));
      }
      backup.to.finish(backup.sequence, backup.hash);
    } finally {
      cursors.forEach(PrefixCursor::close);
    }
  }

  private void copy(ColumnFamily family, PrefixCursor.Entry entry) {
    switch (family) {
      case META -> meta(entry);
      case UPSTREAM -> to.put(BackupFrameKind.CRATE, RowKeys.EMPTY, entry.value());
      case FRESHNESS -> to.put(BackupFrameKind.FRESHNESS, entry.key(), entry.value());
      case VIEWS -> to.put(BackupFrameKind.VIEW, entry.key(), entry.value());
      case FINDINGS -> to.put(BackupFrameKind.FINDINGS, RowKeys.EMPTY, entry.value());
      case REQUESTS -> to.put(BackupFrameKind.REQUEST, RowKeys.EMPTY, entry.value());
      case ACCESS -> to.put(BackupFrameKind.ACCESS, RowKeys.EMPTY, entry.value());
      case DESK -> desk(entry);
      case FEEDS -> to.put(BackupFrameKind.FEED, RowKeys.EMPTY, entry.value());
      case VERDICTS -> to.put(BackupFrameKind.VERDICT, RowKeys.EMPTY, entry.value());
      case LOCKFILES -> to.put(BackupFrameKind.LOCKFILE, RowKeys.EMPTY, entry.value());
      case USES -> to.put(BackupFrameKind.ARTIFACT_USE, RowKeys.EMPTY, entry.value());
      case REMOVED -> to.put(BackupFrameKind.REMOVED_ARTIFACT, RowKeys.EMPTY, entry.value());
      case SNAPSHOTS -> to.put(BackupFrameKind.SNAPSHOT, RowKeys.EMPTY, entry.value());
      case SNAPSHOT_CRATES ->
          to.put(
              BackupFrameKind.SNAPSHOT_CRATE,
              RowKeys.sequence(RowKeys.sequenceAtEnd(entry.key())),
              entry.value());
      case LEDGER -> ledger(entry);
      case HELD -> artifact(StoredArtifact.decode(entry.value()));
      // Decisions are made again from the ledger and leaves from the crates. Artifacts come with
      // their metadata, summaries and counts are made again, and tokens and commit numbers stay
      // here.
      case DECISIONS, SNAPSHOT_LEAVES, ARTIFACTS, CARRIED, TOKENS, COMMITS, SUMMARIES, COUNTS -> {}
    }
  }

  private void meta(PrefixCursor.Entry entry) {
    if (!Arrays.equals(entry.key(), RowKeys.SCHEMA)) {
      byte[] name = Bytes.utf8(RowKeys.metaName(entry.key())).array();
      to.put(BackupFrameKind.META, name, entry.value());
    }
  }

  private void desk(PrefixCursor.Entry entry) {
    if (RowKeys.desk(entry.key(), Bytes.EMPTY).table().isBackedUp()) {
      to.put(BackupFrameKind.DESK, entry.key(), entry.value());
    }
  }

  private void ledger(PrefixCursor.Entry entry) {
    to.put(BackupFrameKind.LEDGER, RowKeys.EMPTY, entry.value());
    LedgerEntry decoded = LedgerCodec.decode(entry.value());
    sequence = decoded.sequence();
    hash = decoded.hash();
  }

  /// Writes an artifact. Bytes under a digest never change, so they may be read later than the
  /// state they belong to.
  private void artifact(StoredArtifact held) {
    operation.step();
    to.putArtifact(held, () -> lookups.artifact(RowKeys.sha256(held.id().cksum())).map(Bytes::of));
  }

  private static void walk(PrefixCursor cursor, Consumer<PrefixCursor.Entry> action) {
    for (List<PrefixCursor.Entry> chunk = cursor.next(); !chunk.isEmpty(); chunk = cursor.next()) {
      chunk.forEach(action);
    }
  }
}
