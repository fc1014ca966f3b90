package lazaret.storage.rocks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lazaret.storage.record.AccessRecord;
import lazaret.storage.record.FeedRecord;
import lazaret.storage.record.FindingsRecord;
import lazaret.storage.record.FreshnessRecord;
import lazaret.storage.record.HeldArtefact;
import lazaret.storage.record.LedgerRecord;
import lazaret.storage.record.LockfileRecord;
import lazaret.storage.record.MetaRecord;
import lazaret.storage.record.RequestRecord;
import lazaret.storage.record.RulingRecord;
import lazaret.storage.record.SnapshotCrateRecord;
import lazaret.storage.record.SnapshotRecord;
import lazaret.storage.record.SummaryRecord;
import lazaret.storage.record.TokenRecord;
import lazaret.vetting.WorkerThreads;
import lazaret.vetting.gate.store.StoreException;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/// The checks that the engine can make by itself: the checksum of each block of each table, and the
/// decoding of each record. The caller hashes artifacts and compares index files and views, which
/// are most of a store and are read only once that way.
final class RecordCheck {
  private static final int MAX_FAULTS = 100;

  private static final Map<Family, Consumer<byte[]>> READERS = readers();

  private final Engine engine;
  private final List<String> faults = new ArrayList<>();

  private RecordCheck(Engine engine) {
    this.engine = engine;
  }

  private static Map<Family, Consumer<byte[]>> readers() {
    Map<Family, Consumer<byte[]>> readers = new LinkedHashMap<>();
    readers.put(Family.META, MetaRecord::decode);
    readers.put(Family.FRESHNESS, FreshnessRecord::decode);
    readers.put(Family.SUMMARIES, SummaryRecord::decode);
    readers.put(Family.HELD, HeldArtefact::decode);
    readers.put(Family.FINDINGS, FindingsRecord::decode);
    readers.put(Family.LEDGER, LedgerRecord::decode);
    readers.put(Family.DECISIONS, LedgerRecord::decodeDecision);
    readers.put(Family.REQUESTS, RequestRecord::decode);
    readers.put(Family.ACCESS, AccessRecord::decode);
    readers.put(Family.TOKENS, TokenRecord::decode);
    readers.put(Family.FEEDS, FeedRecord::decode);
    readers.put(Family.RULINGS, RulingRecord::decode);
    readers.put(Family.LOCKFILES, LockfileRecord::decode);
    readers.put(Family.SNAPSHOTS, SnapshotRecord::decode);
    readers.put(Family.SNAPSHOT_CRATES, SnapshotCrateRecord::decode);
    readers.put(Family.SNAPSHOT_LEAVES, SnapshotCrateRecord::decodeLeaf);
    return readers;
  }

  /// Returns one sentence per fault, at most [#MAX_FAULTS].
  static List<String> run(Engine engine) {
    var check = new RecordCheck(engine);
    check.blocks();
    READERS.forEach(check::family);
    return List.copyOf(check.faults);
  }

  private void blocks() {
    List<LiveFileMetaData> tables = engine.use("check", open -> open.db.getLiveFilesMetaData());
    for (LiveFileMetaData table : tables) {
      // Its blocks are the artifacts themselves: a corrupt one would remain a fault of the engine
      // after it was removed and fetched again.
      if (!Arrays.equals(table.columnFamilyName(), Family.CARRIED.labelBytes())) {
        blocks(Path.of(table.path(), table.fileName()));
      }
    }
  }

  private void blocks(Path table) {
    try {
      engine.use(
          "check",
          _ -> {
            try (var options = new Options();
                var reader = new SstFileReader(options)) {
              reader.open(table.toString());
              reader.verifyChecksum();
            } catch (RocksDBException e) {
              // Tables are merged and deleted at any time.
              if (Files.exists(table)) {
                throw e;
              }
            }
            return true;
          });
    } catch (StoreException e) {
      fault(e);
    }
  }

  private void family(Family family, Consumer<byte[]> reader) {
    try (Cursor cursor = Cursor.over(engine, family, Keys.EMPTY, Keys.EMPTY)) {
      WorkerThreads.run("records-", () -> rest(cursor, family, reader));
    } catch (StoreException e) {
      fault(e);
    }
  }

  private void rest(Cursor cursor, Family family, Consumer<byte[]> reader) {
    for (List<Cursor.Entry> chunk = cursor.next(); !chunk.isEmpty(); chunk = cursor.next()) {
      chunk.forEach(entry -> record(family, entry, reader));
    }
  }

  private void record(Family family, Cursor.Entry entry, Consumer<byte[]> reader) {
    if (family == Family.META && Arrays.equals(entry.key(), Keys.SCHEMA)) {
      return;
    }
    try {
      reader.accept(entry.value());
    } catch (StoreException e) {
      fault(e);
    }
  }

  private void fault(StoreException e) {
    // A store that was closed meanwhile is not a fault, and ends the check.
    engine.use("check", _ -> true);
    synchronized (faults) {
      if (faults.size() < MAX_FAULTS) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
  }
}
