package lazaret.storage.rocks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.Filter;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// An open database with all of its native objects, which are released together. Its methods must
/// not be called after [#close], because a released handle is freed memory; [DatabaseGuard] ensures
/// that.
final class OpenDatabase implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OpenDatabase.class.getName());

  /// The limit on the data that is replayed at opening after a crash.
  private static final long MAX_WAL = 128L << 20;

  /// The time between two attempts of a stopped write.
  private static final long STOPPED_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  final RocksDB db;
  final ReadOptions fromMemory;
  final ReadOptions fromDisk;
  final ReadOptions scan;

  /// Without checksums, for [ArtifactRead] alone.
  final ReadOptions unverified;

  final WriteOptions synced;
  final WriteOptions relaxed;
  private final WriteOptions syncedAtOnce;
  private final WriteOptions relaxedAtOnce;
  private final Map<ColumnFamily, ColumnFamilyHandle> handles;
  private final Set<PrefixCursor> cursors = ConcurrentHashMap.newKeySet();

  /// The native objects in the order of their creation; released in reverse order.
  private final Deque<AutoCloseable> owned;

  private OpenDatabase(
      RocksDB db, Map<ColumnFamily, ColumnFamilyHandle> handles, Deque<AutoCloseable> owned) {
    this.db = db;
    this.handles = handles;
    this.owned = owned;
    fromMemory = own(owned, new ReadOptions()).setReadTier(ReadTier.BLOCK_CACHE_TIER);
    fromDisk = own(owned, new ReadOptions());
    scan = own(owned, new ReadOptions()).setFillCache(false);
    // What was not verified is not put into the cache.
    unverified = own(owned, new ReadOptions()).setVerifyChecksums(false).setFillCache(false);
    synced = own(owned, new WriteOptions()).setSync(true);
    relaxed = own(owned, new WriteOptions()).setSync(false);
    syncedAtOnce = own(owned, new WriteOptions()).setSync(true).setNoSlowdown(true);
    relaxedAtOnce = own(owned, new WriteOptions()).setSync(false).setNoSlowdown(true);
  }

  /// The parts that an opening may create.
  enum Making {
    /// No parts.
    NOTHING,
    /// Families that the database lacks because a later version of this program added them.
    FAMILIES,
    /// The whole database.
    DATABASE
  }

  /// Opens a database.
  ///
  /// @param shortOfRoom whether the log stays as it is, because its contents may not fit into the
  ///   tables
  /// @throws RocksDBException as RocksDB throws it
  static OpenDatabase open(Path database, RocksOptions options, Making making, boolean shortOfRoom)
      throws RocksDBException {
    RocksDB.loadLibrary();
    Deque<AutoCloseable> owned = new ArrayDeque<>();
    try {
      List<ColumnFamilyDescriptor> descriptors = descriptors(owned, options);
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      RocksDB db =
          own(
              owned,
              RocksDB.open(
                  databaseOptions(owned, options, making)
                      .setAvoidFlushDuringRecovery(shortOfRoom)
                      // The log would occupy all the space that an opening needs.
                      .setAllowFAllocate(!shortOfRoom),
                  database.toString(),
                  descriptors,
                  opened));
      Map<ColumnFamily, ColumnFamilyHandle> handles = new EnumMap<>(ColumnFamily.class);
      Iterator<ColumnFamilyHandle> inOrder = opened.iterator();
      inOrder.next(); // the default family
      for (ColumnFamily family : ColumnFamily.values()) {
        handles.put(family, inOrder.next());
      }
      opened.forEach(handle -> own(owned, handle));
      return new OpenDatabase(db, handles, owned);
    } catch (RocksDBException | RuntimeException e) {
      release(owned);
      throw e;
    }
  }

  /// Returns the labels of the families that a database has, without opening it.
  ///
  /// @throws RocksDBException if it is not a database, or its manifest cannot be read
  static List<String> families(Path database) throws RocksDBException {
    RocksDB.loadLibrary();
    try (var options = new Options()) {
      return RocksDB.listColumnFamilies(options, database.toString()).stream()
          .map(label -> new String(label, StandardCharsets.UTF_8))
          .toList();
    }
  }

  /// Applies changes atomically. RocksDB stops writes while its full buffers are not on disk. A
  /// write that waits inside of RocksDB has no time limit, and all other writes wait behind it.
  /// Therefore a stopped write ends here and is repeated.
  ///
  /// @param patience the time after which a write that is still stopped fails
  /// @throws RocksDBException also if the disk becomes full while writes are stopped
  void write(WriteBatch batch, boolean sync, Duration patience) throws RocksDBException {
    long begin = System.nanoTime();
    while (true) {
      try {
        db.write(sync ? syncedAtOnce : relaxedAtOnce, batch);
        return;
      } catch (RocksDBException e) {
        if (!StoreFailures.isStalled(e)) {
          throw e;
        }
        if (db.getLongProperty("rocksdb.is-write-stopped") == 0) {
          // Slowed down, or no longer stopped: a write waits for a limited time.
          break;
        }
        if (System.nanoTime() - begin > patience.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(STOPPED_PAUSE_NANOS);
      }
    }
    db.write(sync ? synced : relaxed, batch);
  }

  static boolean exists(Path database) {
    return Files.exists(database.resolve("CURRENT"));
  }

  private static List<ColumnFamilyDescriptor> descriptors(
      Deque<AutoCloseable> owned, RocksOptions options) {
    var cache = own(owned, new LRUCache(options.cacheBytes()));
    var filter = own(owned, new BloomFilter(10, false));
    BlockBasedTableConfig tables =
        tables(cache, filter)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    // Index and filter of an open table stay in memory, since [ArtifactRead] reads them without
    // checksums. With references in place of artifacts, they are small.
    BlockBasedTableConfig artifacts = tables(cache, filter).setCacheIndexAndFilterBlocks(false);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    // RocksDB requires this family; it stays empty.
    descriptors.add(
        new ColumnFamilyDescriptor(
            RocksDB.DEFAULT_COLUMN_FAMILY, own(owned, new ColumnFamilyOptions())));
    for (ColumnFamily family : ColumnFamily.values()) {
      BlockBasedTableConfig config = family == ColumnFamily.ARTIFACTS ? artifacts : tables;
      descriptors.add(
          new ColumnFamilyDescriptor(
              family.labelBytes(), own(owned, family.options(config, options))));
    }
    return descriptors;
  }

  private static BlockBasedTableConfig tables(Cache cache, Filter filter) {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setFilterPolicy(filter)
        .setBlockSize(16L << 10);
  }

  private static DBOptions databaseOptions(
      Deque<AutoCloseable> owned, RocksOptions options, Making making) throws RocksDBException {
    return own(owned, new DBOptions())
        .setCreateIfMissing(making == Making.DATABASE)
        .setCreateMissingColumnFamilies(making != Making.NOTHING)
        .setParanoidChecks(true)
        // Checks for space after the disk was full, and resumes writes when there is some.
        .setSstFileManager(own(owned, new SstFileManager(Env.getDefault())))
        // Replays up to the first tear; [LossCheck] determines whether acknowledged writes followed
        // it.
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        // One point in time for all families: a row of one proves those of the others.
        .setAtomicFlush(true)
        .setMaxTotalWalSize(MAX_WAL)
        .setDbWriteBufferSize(options.writeBufferBytes())
        .setMaxOpenFiles(options.maxOpenFiles())
        .setMaxBackgroundJobs(2)
        // Files are synced while they are written, so that the wait for them is shorter.
        .setBytesPerSync(1L << 20)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(1L << 20)
        .setKeepLogFileNum(3)
        .setStatsDumpPeriodSec(0);
  }

  private static <T extends AutoCloseable> T own(Deque<AutoCloseable> owned, T part) {
    owned.push(part);
    return part;
  }

  ColumnFamilyHandle handle(ColumnFamily family) {
    ColumnFamilyHandle handle = handles.get(family);
    if (handle == null) {
      throw new IllegalStateException("no handle of family " + family.label());
    }
    return handle;
  }

  void attach(PrefixCursor cursor) {
    cursors.add(cursor);
  }

  void detach(PrefixCursor cursor) {
    cursors.remove(cursor);
  }

  /// Flushes all data, so that the next opening has nothing to replay, and releases all native
  /// memory.
  @Override
  public void close() {
    cursors.forEach(PrefixCursor::release);
    cursors.clear();
    try {
      flush();
    } catch (RocksDBException e) {
      // The write-ahead log has all data; the next opening replays it.
      LOG.log(
          System.Logger.Level.WARNING, "closing the store without a flush: {0}", e.getMessage());
      syncLog();
    }
    release(owned);
  }

  /// Flushes the data that is only in memory and in the log to tables, and waits for it.
  boolean flush() throws RocksDBException {
    try (var flush = new FlushOptions().setWaitForFlush(true)) {
      db.flush(flush, new ArrayList<>(handles.values()));
    }
    return true;
  }

  /// Ingests a table into a family, on disk.
  void adopt(ColumnFamily family, Path table) throws RocksDBException {
    try (var moved = new IngestExternalFileOptions().setMoveFiles(true)) {
      db.ingestExternalFile(handle(family), List.of(table.toString()), moved);
    }
  }

  private void syncLog() {
    try {
      db.syncWal();
    } catch (RocksDBException e) {
      LOG.log(System.Logger.Level.WARNING, "closing the store without a sync: {0}", e.getMessage());
    }
  }

  private static void release(Deque<AutoCloseable> owned) {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "a native object could not be released", e);
      }
    }
  }
}
