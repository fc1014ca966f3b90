package lazaret.storage.rocks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lazaret.storage.record.ArtifactUseCodec;
import lazaret.storage.record.DownloadRecordCodec;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.RemovedArtifactCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.SnapshotCodec;
import lazaret.storage.record.SnapshotCrateCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.storage.record.SummaryCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.storage.record.VerdictCodec;
import lazaret.vetting.WorkerThreads;
import lazaret.vetting.gate.store.StoreException;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/// The checks that the engine can make by itself: the checksum of each block of each table, and the
/// decoding of each record. The caller hashes artifacts and compares index files and views, which
/// are most of a store and are read only once that way.
final class EngineCheck {
  private static final int MAX_FAULTS = 100;

  private static final Map<ColumnFamily, Consumer<byte[]>> READERS = readers();

  private final DatabaseGuard engine;
  private final List<String> faults = new ArrayList<>();

  private EngineCheck(DatabaseGuard engine) {
    this.engine = engine;
  }

  private static Map<ColumnFamily, Consumer<byte[]>> readers() {
    Map<ColumnFamily, Consumer<byte[]>> readers = new LinkedHashMap<>();
    readers.put(ColumnFamily.META, MetaCodec::decode);
    readers.put(ColumnFamily.FRESHNESS, FreshnessCodec::decode);
    readers.put(ColumnFamily.SUMMARIES, SummaryCodec::decode);
    readers.put(ColumnFamily.HELD, StoredArtifact::decode);
    readers.put(ColumnFamily.FINDINGS, FindingsCodec::decode);
    readers.put(ColumnFamily.LEDGER, LedgerCodec::decode);
    readers.put(ColumnFamily.DECISIONS, LedgerCodec::decodeDecision);
    readers.put(ColumnFamily.REQUESTS, RequestCodec::decode);
    readers.put(ColumnFamily.ACCESS, DownloadRecordCodec::decode);
    readers.put(ColumnFamily.TOKENS, TokenCodec::decode);
    readers.put(ColumnFamily.DESK, MetaCodec::decode);
    readers.put(ColumnFamily.FEEDS, FeedCodec::decode);
    readers.put(ColumnFamily.VERDICTS, VerdictCodec::decode);
    readers.put(ColumnFamily.LOCKFILES, LockfileCodec::decode);
    readers.put(ColumnFamily.USES, ArtifactUseCodec::decode);
    readers.put(ColumnFamily.REMOVED, RemovedArtifactCodec::decode);
    readers.put(ColumnFamily.SNAPSHOTS, SnapshotCodec::decode);
    readers.put(ColumnFamily.SNAPSHOT_CRATES, SnapshotCrateCodec::decode);
    readers.put(ColumnFamily.SNAPSHOT_LEAVES, SnapshotCrateCodec::decodeLeaf);
    return readers;
  }

  /// Returns one sentence per fault, at most [#MAX_FAULTS].
  static List<String> run(DatabaseGuard engine) {
    var check = new EngineCheck(engine);
    check.blocks();
    READERS.forEach(check::family);
    return List.copyOf(check.faults);
  }

  private void blocks() {
    List<LiveFileMetaData> tables = engine.use("check", open -> open.db.getLiveFilesMetaData());
    for (LiveFileMetaData table : tables) {
      // Its blocks are the artifacts themselves: a corrupt one would remain a fault of the engine
      // after it was removed and fetched again.
      if (!Arrays.equals(table.columnFamilyName(), ColumnFamily.CARRIED.labelBytes())) {
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

  private void family(ColumnFamily family, Consumer<byte[]> reader) {
    try (PrefixCursor cursor = PrefixCursor.over(engine, family, RowKeys.EMPTY, RowKeys.EMPTY)) {
      WorkerThreads.run("records-", () -> rest(cursor, family, reader));
    } catch (StoreException e) {
      fault(e);
    }
  }

  private void rest(PrefixCursor cursor, ColumnFamily family, Consumer<byte[]> reader) {
    for (List<PrefixCursor.Entry> chunk = cursor.next(); !chunk.isEmpty(); chunk = cursor.next()) {
      chunk.forEach(entry -> record(family, entry, reader));
    }
  }

  private void record(ColumnFamily family, PrefixCursor.Entry entry, Consumer<byte[]> reader) {
    if (family == ColumnFamily.META && Arrays.equals(entry.key(), RowKeys.SCHEMA)) {
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
