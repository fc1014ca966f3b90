package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lazaret.storage.backup.BackupKind;
import lazaret.storage.backup.BackupWriter;
import lazaret.storage.record.HeldArtefact;
import lazaret.storage.record.LedgerRecord;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.gate.store.RunningOperation;

/// A copy of one state of the store, without the tokens, into a backup. The iterators of all
/// families are created in one step and see the same state, regardless of later writes.
final class Backup {
  private static final System.Logger LOG = System.getLogger(Backup.class.getName());

  private static final List<Family> FAMILIES =
      List.of(
          Family.META,
          Family.UPSTREAM,
          Family.FRESHNESS,
          Family.VIEWS,
          Family.FINDINGS,
          Family.REQUESTS,
          Family.ACCESS,
          Family.FEEDS,
          Family.RULINGS,
          Family.LOCKFILES,
          Family.SNAPSHOTS,
          Family.SNAPSHOT_CRATES,
          Family.LEDGER,
          Family.HELD);

  private final Lookups lookups;
  private final BackupWriter to;
  private final RunningOperation operation;
  private long sequence;
  private Sha256 hash = LedgerEntry.GENESIS;

  private Backup(Lookups lookups, BackupWriter to, RunningOperation operation) {
    this.lookups = lookups;
    this.to = to;
    this.operation = operation;
  }

  /// Returns what writes a backup, on whatever thread; its artifacts are counted as steps of the
  /// operation of this thread.
  ///
  /// @param folder new or empty
  static Supplier<Boolean> into(Path folder, Instant created, Engine engine, Lookups lookups) {
    RunningOperation operation = RunningOperation.current();
    return () -> {
      try (BackupWriter to = BackupWriter.begin(folder, created)) {
        write(engine, new Backup(lookups, to, operation));
      }
      return true;
    };
  }

  private static void write(Engine engine, Backup backup) {
    List<Cursor> cursors = Cursor.over(engine, FAMILIES);
    try {
      for (int i = 0; i < FAMILIES.size(); i++) {
        Family family = FAMILIES.get(i);
        walk(cursors.get(i), entry -> backup.copy(family, entry));
      }
      backup.to.finish(backup.sequence, backup.hash);
    } finally {
      cursors.forEach(Cursor::close);
    }
  }

  private void copy(Family family, Cursor.Entry entry) {
    switch (family) {
      case META -> meta(entry);
      case UPSTREAM -> to.put(BackupKind.CRATE, Keys.EMPTY, entry.value());
      case FRESHNESS -> to.put(BackupKind.FRESHNESS, entry.key(), entry.value());
      case VIEWS -> to.put(BackupKind.VIEW, entry.key(), entry.value());
      case FINDINGS -> to.put(BackupKind.FINDINGS, Keys.EMPTY, entry.value());
      case REQUESTS -> to.put(BackupKind.REQUEST, Keys.EMPTY, entry.value());
      case ACCESS -> to.put(BackupKind.ACCESS, Keys.EMPTY, entry.value());
      case FEEDS -> to.put(BackupKind.FEED, Keys.EMPTY, entry.value());
      case RULINGS -> to.put(BackupKind.RULING, Keys.EMPTY, entry.value());
      case LOCKFILES -> to.put(BackupKind.LOCKFILE, Keys.EMPTY, entry.value());
      case SNAPSHOTS -> to.put(BackupKind.SNAPSHOT, Keys.EMPTY, entry.value());
      case SNAPSHOT_CRATES ->
          to.put(
              BackupKind.SNAPSHOT_CRATE,
              Keys.sequence(Keys.sequenceAtEnd(entry.key())),
              entry.value());
      case LEDGER -> ledger(entry);
      case HELD -> artefact(HeldArtefact.decode(entry.value()));
      // Decisions are made again from the ledger and leaves from the crates. Artifacts come with
      // their metadata, summaries and counts are made again, and tokens and commit numbers stay
      // here.
      case DECISIONS, SNAPSHOT_LEAVES, ARTEFACTS, CARRIED, TOKENS, COMMITS, SUMMARIES, COUNTS -> {}
    }
  }

  private void meta(Cursor.Entry entry) {
    if (!Arrays.equals(entry.key(), Keys.SCHEMA)) {
      byte[] name = Bytes.utf8(Keys.metaName(entry.key())).array();
      to.put(BackupKind.META, name, entry.value());
    }
  }

  private void ledger(Cursor.Entry entry) {
    to.put(BackupKind.LEDGER, Keys.EMPTY, entry.value());
    LedgerEntry decoded = LedgerRecord.decode(entry.value());
    sequence = decoded.sequence();
    hash = decoded.hash();
  }

  /// Writes an artifact. Bytes under a digest never change, so they may be read later than the
  /// state they belong to. An artifact that was removed since, or cannot be read, is left out and
  /// fetched again later.
  private void artefact(HeldArtefact held) {
    operation.step();
    try {
      lookups
          .artefact(Keys.sha256(held.id().cksum()))
          .ifPresent(bytes -> to.putArtefact(held.id(), Bytes.of(bytes)));
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "omitted from the backup: " + held.id() + ": " + e.getMessage());
    }
  }

  private static void walk(Cursor cursor, Consumer<Cursor.Entry> action) {
    for (List<Cursor.Entry> chunk = cursor.next(); !chunk.isEmpty(); chunk = cursor.next()) {
      chunk.forEach(action);
    }
  }
}
