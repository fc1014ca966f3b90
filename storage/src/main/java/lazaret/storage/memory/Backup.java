package lazaret.storage.memory;

import java.nio.ByteBuffer;
import lazaret.storage.backup.BackupKind;
import lazaret.storage.backup.BackupWriter;
import lazaret.storage.record.AccessRecord;
import lazaret.storage.record.CrateRecord;
import lazaret.storage.record.FeedRecord;
import lazaret.storage.record.FindingsRecord;
import lazaret.storage.record.FreshnessRecord;
import lazaret.storage.record.LedgerRecord;
import lazaret.storage.record.LockfileRecord;
import lazaret.storage.record.MetaRecord;
import lazaret.storage.record.RequestRecord;
import lazaret.storage.record.RulingRecord;
import lazaret.storage.record.SnapshotCrateRecord;
import lazaret.storage.record.SnapshotRecord;
import lazaret.storage.record.ViewRecord;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.progress.Operation;

/// A copy of a state, without its tokens, into a backup.
final class Backup {
  private static final byte[] NO_KEY = new byte[0];

  private Backup() {}

  static void write(State state, BackupWriter to) {
    state
        .meta()
        .forEach((name, value) -> to.put(BackupKind.META, utf8(name), MetaRecord.encode(value)));
    state
        .crates()
        .values()
        .forEach(crate -> to.put(BackupKind.CRATE, NO_KEY, CrateRecord.encode(crate)));
    state
        .freshness()
        .forEach(
            (key, value) -> to.put(BackupKind.FRESHNESS, utf8(key), FreshnessRecord.encode(value)));
    state
        .views()
        .forEach((key, view) -> to.put(BackupKind.VIEW, utf8(key), ViewRecord.encode(view)));
    state
        .findings()
        .values()
        .forEach(found -> to.put(BackupKind.FINDINGS, NO_KEY, FindingsRecord.encode(found)));
    state
        .requests()
        .values()
        .forEach(request -> to.put(BackupKind.REQUEST, NO_KEY, RequestRecord.encode(request)));
    state
        .accesses()
        .values()
        .forEach(access -> to.put(BackupKind.ACCESS, NO_KEY, AccessRecord.encode(access)));
    state
        .feeds()
        .values()
        .forEach(held -> to.put(BackupKind.FEED, NO_KEY, FeedRecord.encode(held)));
    state
        .rulings()
        .values()
        .forEach(ruling -> to.put(BackupKind.RULING, NO_KEY, RulingRecord.encode(ruling)));
    state
        .lockfiles()
        .values()
        .forEach(lock -> to.put(BackupKind.LOCKFILE, NO_KEY, LockfileRecord.encode(lock)));
    state
        .snapshots()
        .values()
        .forEach(info -> to.put(BackupKind.SNAPSHOT, NO_KEY, SnapshotRecord.encode(info)));
    snapshotCrates(state, to);
    state.ledger().forEach(entry -> to.put(BackupKind.LEDGER, NO_KEY, LedgerRecord.encode(entry)));
    state
        .artefacts()
        .values()
        .forEach(
            crate -> {
              Operation.current().step();
              to.putArtefact(crate.id(), crate.bytes());
            });
    boolean empty = state.ledger().isEmpty();
    Sha256 hash = empty ? LedgerEntry.GENESIS : state.ledger().getLast().hash();
    to.finish(state.ledger().size(), hash);
  }

  private static void snapshotCrates(State state, BackupWriter to) {
    for (var rows : state.snapshotCrates().values()) {
      rows.forEach(
          (sequence, crate) ->
              to.put(
                  BackupKind.SNAPSHOT_CRATE,
                  ByteBuffer.allocate(Long.BYTES).putLong(sequence).array(),
                  SnapshotCrateRecord.encode(crate)));
    }
  }

  private static byte[] utf8(String text) {
    return Bytes.utf8(text).array();
  }
}
