package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import lazaret.storage.rocks.files.DatabaseManifestCopy;
import lazaret.storage.rocks.files.DiskSpace;
import lazaret.storage.rocks.files.HeadFile;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoreFault;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// The guard of the native database. A native call on a closed database would read freed memory and
/// crash the process. Therefore every call runs between lock and unlock in [#use], and opening and
/// closing wait until all calls have ended. Thread-safe; blocks on the disk.
final class DatabaseGuard implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DatabaseGuard.class.getName());

  /// The patience with failing writes. RocksDB checks for space every five seconds after the disk
  /// was full; reopening the database before two of these checks would only disturb it.
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(12);

  /// The patience with a write while RocksDB stops writes because the disk is slow or full.
  private static final Duration STOPPED_PATIENCE = Duration.ofSeconds(30);

  /// The time between two attempts to open a database that could not be opened again.
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Path database;
  private final HeadFile head;
  private final RocksOptions options;
  private final DiskSpace room;
  private final DatabaseManifestCopy manifest;

  /// Read-locked by calls, write-locked by opening and closing. Not reentrant: a call must not
  /// start another one.
  private final StampedLock gate = new StampedLock();

  // Both guarded by the gate.
  private @Nullable OpenDatabase open;
  private boolean closed;

  private volatile StoreCondition condition;

  private final AtomicLong generation = new AtomicLong();
  private final AtomicLong damagedReads = new AtomicLong();
  private volatile long failingSince;
  private volatile long lastAttempt;

  DatabaseGuard(Path database, RocksOptions options, DiskSpace room, DatabaseOpener.Opened opened) {
    this.database = database;
    this.options = options;
    this.room = room;
    this.head = opened.head();
    this.open = opened.database();
    this.condition = new StoreCondition(opened.faults());
    this.manifest = new DatabaseManifestCopy(database);
    keepManifest(opened.database(), true);
  }

  /// Copies the list of the database's files if it changed.
  void keepManifest() {
    ifOpen(open -> keepManifest(open, false));
  }

  private void keepManifest(OpenDatabase open, boolean fresh) {
    try {
      if (fresh) {
        manifest.opened(open.db);
      } else {
        manifest.keep(open.db);
      }
    } catch (RocksDBException e) {
      LOG.log(
          System.Logger.Level.WARNING, "list of the store's files not copied: {0}", e.getMessage());
    }
  }

  /// A call into the native database.
  interface NativeCall<T extends @Nullable Object> {
    T on(OpenDatabase open) throws RocksDBException;
  }

  /// Runs a call that ends soon and starts no other call.
  ///
  /// @param tried the attempted operation, for messages
  /// @throws StoreException if the store is closed or the call fails
  <T extends @Nullable Object> T use(String tried, NativeCall<T> call) {
    try {
      return useRaw(call);
    } catch (RocksDBException e) {
      if (StoreFailures.isDamage(e)) {
        damagedReads.incrementAndGet();
      }
      throw StoreFailures.of(tried, database, e);
    }
  }

  /// Reads the bytes of an artifact. A damaged artifact is removed and fetched again, and does not
  /// count as damage of the store.
  ///
  /// @throws StoreException as [#use]
  <T extends @Nullable Object> T useForArtifact(NativeCall<T> call) {
    try {
      return useRaw(call);
    } catch (RocksDBException e) {
      throw StoreFailures.of("read", database, e);
    }
  }

  /// Returns the number of reads that met damaged or missing files since the store was opened.
  long damagedReads() {
    return damagedReads.get();
  }

  /// Runs a call as [#use] does, but throws failures as RocksDB throws them.
  <T extends @Nullable Object> T useRaw(NativeCall<T> call) throws RocksDBException {
    long stamp = gate.readLock();
    try {
      if (open != null) {
        return call.on(open);
      }
      if (closed) {
        throw StoreFailures.closed();
      }
    } finally {
      gate.unlockRead(stamp);
    }
    reopen();
    return useOnce(call);
  }

  private <T extends @Nullable Object> T useOnce(NativeCall<T> call) throws RocksDBException {
    long stamp = gate.readLock();
    try {
      if (open == null) {
        throw StoreFailures.closed();
      }
      return call.on(open);
    } finally {
      gate.unlockRead(stamp);
    }
  }

  /// Runs a call unless the database is closed. It is meant for releases that closing has made
  /// already.
  void ifOpen(Consumer<OpenDatabase> call) {
    long stamp = gate.readLock();
    try {
      if (open != null) {
        call.accept(open);
      }
    } finally {
      gate.unlockRead(stamp);
    }
  }

  /// Applies changes atomically; [#sync] writes them to the disk.
  void write(List<KeyChange> changes) {
    write(
        open -> {
          apply(changes, open, false);
          return true;
        });
  }

  /// Ensures disk space for the changes of a decision, from the reserve if necessary.
  ///
  /// @throws StoreException with code `disk-full` if there is not enough
  void freeReserve(List<KeyChange> changes) {
    room.require(changes.stream().mapToLong(KeyChange::bytes).sum(), DiskSpace.Use.DECISION);
  }

  /// Closes a database that refuses writes since the disk was full, so that the next call opens it
  /// again.
  ///
  /// @return whether the failed write may be repeated
  boolean openedAgain(StoreException e) {
    if (e.code() != ErrorCode.DISK_FULL || failingSince == 0 || !room.isWritable()) {
      return false;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "store opened again to record a decision: {0}",
        e.getMessage());
    openAgain();
    return true;
  }

  private void openAgain() {
    long stamp = gate.writeLock();
    try {
      failingSince = 0;
      lastAttempt = 0;
      closeOpen();
    } finally {
      gate.unlockWrite(stamp);
    }
  }

  /// Ingests a table as it is: it is on disk, and part of the family, when this returns.
  ///
  /// @param table in the file system of the database; the file is moved
  void adopt(ColumnFamily family, Path table) {
    write(
        open -> {
          open.adopt(family, table);
          // The log does not contain it.
          keepManifest(open, false);
          return true;
        });
  }

  /// Applies changes to the generation that they were made for.
  ///
  /// @throws StoreException if the database was opened again meanwhile; no change was applied then
  void write(List<KeyChange> changes, long prepared) {
    writeAnyway(
        open -> {
          if (generation.get() != prepared) {
            throw StoreFailures.reopened();
          }
          apply(changes, open, false);
          return true;
        });
  }

  /// Applies changes although the condition withholds, because a person accepted it.
  void writeAccepted(List<KeyChange> changes) {
    writeAnyway(
        open -> {
          apply(changes, open, true);
          return true;
        });
  }

  /// Syncs all written data to the disk.
  ///
  /// @return the generation that was synced
  long sync() {
    long[] synced = new long[1];
    writeAnyway(
        open -> {
          open.db.syncWal();
          synced[0] = generation.get();
          return true;
        });
    return synced[0];
  }

  /// Drops the rows of commits before a number, after the data of these commits was flushed.
  void forgetCommits(long before) {
    writeAnyway(
        open -> {
          boolean flushed = open.flush();
          LossCheck.forget(open, before);
          return flushed;
        });
  }

  private static void apply(List<KeyChange> changes, OpenDatabase open, boolean sync)
      throws RocksDBException {
    try (var batch = new WriteBatch()) {
      for (KeyChange change : changes) {
        change.applyTo(open, batch);
      }
      open.write(batch, sync, STOPPED_PATIENCE);
    }
  }

  private void write(NativeCall<Boolean> call) {
    prepare();
    writeAnyway(call);
  }

  /// Ensures that the database accepts writes, opening it again if its writes keep failing.
  ///
  /// @return the generation that accepts them
  /// @throws StoreException with code `store-loss` if the condition withholds
  long prepare() {
    recoverIfStuck();
    long ready = use("write to", _ -> generation.get());
    StoreCondition found = condition;
    if (found.withholds()) {
      throw new StoreException(
          ErrorCode.STORE_LOSS, "cannot write to the store: " + found.refusal(), null);
    }
    return ready;
  }

  private void writeAnyway(NativeCall<Boolean> call) {
    try {
      useRaw(call);
      failingSince = 0;
    } catch (RocksDBException e) {
      if (failingSince == 0) {
        failingSince = System.nanoTime() | 1;
      }
      throw StoreFailures.of("write to", database, e);
    }
  }

  /// Returns a number that changes when the database is opened again, so that cached data must be
  /// read again.
  long generation() {
    return generation.get();
  }

  /// Returns the known faults of the database.
  StoreCondition condition() {
    return condition;
  }

  /// Drops the faults that withhold, because a person accepted them.
  synchronized void accepted() {
    condition = condition.accepted();
  }

  /// Adds faults to the known ones.
  synchronized void found(List<StoreFault> faults) {
    condition = condition.and(faults);
  }

  /// Returns whether the last write failed.
  boolean failing() {
    return failingSince != 0;
  }

  /// Opens the database again if writes keep failing although there is space. RocksDB does not
  /// recover from every failure by itself.
  private void recoverIfStuck() {
    long since = failingSince;
    long now = System.nanoTime();
    if (since != 0 && now - since > PATIENCE_NANOS && room.isWritable()) {
      LOG.log(System.Logger.Level.WARNING, "store opened again: its writes keep failing");
      openAgain();
    }
  }

  private void reopen() {
    long stamp = gate.writeLock();
    try {
      if (closed) {
        throw StoreFailures.closed();
      }
      if (open != null) {
        return;
      }
      if (lastAttempt != 0 && System.nanoTime() - lastAttempt < RETRY_NANOS) {
        throw new StoreException(
            ErrorCode.STORE_FAILED,
            "cannot use the store in '" + database + "': it could not be opened again; see the log",
            null);
      }
      lastAttempt = System.nanoTime() | 1;
      generation.incrementAndGet();
      room.prepareOpening();
      OpenDatabase again =
          OpenDatabase.open(database, options, OpenDatabase.Making.NOTHING, room.isShort());
      found(LossCheck.run(again, head));
      open = again;
      keepManifest(again, true);
      room.opened();
    } catch (RocksDBException e) {
      LOG.log(System.Logger.Level.ERROR, "the store could not be opened again", e);
      throw StoreFailures.of("open again", database, e);
    } finally {
      gate.unlockWrite(stamp);
    }
  }

  private void closeOpen() {
    if (open != null) {
      open.close();
      open = null;
      manifest.closed();
    }
  }

  @Override
  public void close() {
    long stamp = gate.writeLock();
    try {
      closed = true;
      closeOpen();
    } finally {
      gate.unlockWrite(stamp);
    }
  }
}
