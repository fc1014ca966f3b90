package lazaret.storage.rocks;

import java.util.ArrayList;
import java.util.List;
import lazaret.storage.rocks.files.DiskSpace;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.store.Store;

/// A bulk import of artifacts that bypasses the store's log and memory: they are written to tables
/// that the database ingests as they are. Bytes without metadata are not found by lookups, and
/// metadata is written, and logged, after the bytes are on disk. Not thread-safe.
final class RocksBulk implements Store.BulkWriter {
  /// The number of bytes that are handed to the writing thread at a time.
  private static final long WEIGHT = 1 << 20;

  /// The number of bytes of disk space that are checked at once: the JDK reads the table of mounts
  /// each time.
  private static final long ROOM = 8 << 20;

  private final DatabaseGuard engine;
  private final RowCounts rows;
  private final DiskExecutor writers;
  private final DiskSpace room;
  private final DataFolder folder;
  private final List<VerifiedCrate> waiting = new ArrayList<>();
  private final List<KeyChange> notes = new ArrayList<>();
  private final List<BulkTable> tables = new ArrayList<>();
  private long weight;
  private long granted;

  RocksBulk(
      DatabaseGuard engine,
      RowCounts rows,
      DiskExecutor writers,
      DiskSpace room,
      DataFolder folder) {
    this.engine = engine;
    this.rows = rows;
    this.writers = writers;
    this.room = room;
    this.folder = folder;
  }

  @Override
  public void put(VerifiedCrate crate) {
    waiting.add(crate);
    weight += crate.bytes().length();
    if (weight > WEIGHT) {
      write();
    }
  }

  private void write() {
    granted -= weight;
    if (granted < 0) {
      granted = ROOM;
      room.require(weight + ROOM);
    }
    writers.run(
        () -> {
          for (VerifiedCrate crate : waiting) {
            byte[] key = RowKeys.sha256(crate.id().cksum());
            byte[] note = RowChanges.note(crate).encode();
            table(key).put(key, crate.bytes().array());
            notes.add(new KeyChange.Put(ColumnFamily.HELD, key, note));
          }
          return true;
        });
    waiting.clear();
    weight = 0;
  }

  /// Returns the table for a key: the keys of a table ascend.
  private BulkTable table(byte[] key) {
    if (tables.isEmpty() || !tables.getLast().takes(key)) {
      tables.add(BulkTable.in(folder.arriving()));
    }
    return tables.getLast();
  }

  @Override
  public void settle() {
    write();
    if (tables.isEmpty()) {
      return;
    }
    writers.run(
        () -> {
          for (BulkTable table : tables) {
            engine.adopt(ColumnFamily.CARRIED, table.finish());
          }
          rows.write(notes, engine::write);
          return true;
        });
    close();
  }

  @Override
  public void close() {
    tables.forEach(BulkTable::close);
    tables.clear();
    notes.clear();
    waiting.clear();
    weight = 0;
  }
}
