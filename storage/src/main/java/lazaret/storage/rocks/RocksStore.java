package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.storage.backup.BackupReader;
import lazaret.storage.rocks.files.DiskSpace;
import lazaret.storage.rocks.files.LostRows;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.ReadThreads;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriterLocks;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;

/// The vetted store on RocksDB, in one private folder that one process holds. Thread-safe. Virtual
/// threads may call it: waits for the disk are handed to a few platform threads. After [#close]
/// every method throws [StoreException].
public final class RocksStore extends RocksReads {
  private final DataFolder folder;
  private final Clock clock;
  private final DatabaseGuard engine;
  private final DiskExecutor readers;
  private final DiskExecutor writers;
  private final DiskSpace diskUsage;
  private final RecordLookup lookups;
  private final Acknowledgements acknowledgements;
  private final RowCounts rows;
  private final BatchWriter commits;
  private final RocksSnapshots snapshots;
  private final CopyUpkeep upkeep;
  private final WriterLocks locks = new WriterLocks();
  private final UsedSpace used;

  private RocksStore(
      DataFolder folder,
      RocksOptions options,
      Clock clock,
      DiskSpace room,
      DatabaseOpener.Opened opened) {
    this.folder = folder;
    this.clock = clock;
    readers = new DiskExecutor("store-read-", options.readThreads());
    writers = new DiskExecutor("store-write-", options.writeThreads());
    this.diskUsage = room;
    used = new UsedSpace(room);
    engine = new DatabaseGuard(folder.database(), options, room, opened);
    lookups = new RecordLookup(engine, readers);
    acknowledgements = new Acknowledgements(engine, opened.head(), writers, clock);
    rows = new RowCounts(engine, lookups);
    commits =
        new BatchWriter(
            new BatchWriter.Parts(engine, writers, acknowledgements, clock), lookups, rows, room);
    snapshots = new RocksSnapshots(lookups);
    upkeep =
        CopyUpkeep.of(folder, new CopyUpkeep.Parts(engine, writers, lookups, acknowledgements));
  }

  /// Opens the store in a folder, creating both if they are missing.
  ///
  /// @param folder the data folder; created with mode 0700 if it is missing
  /// @param clock dates backups
  /// @throws StoreException with code `store-unusable` if the folder is accessible to other users,
  ///   belongs to another user, contains other data or a newer store, or is in use. The code is
  ///   `store-failed`, `store-corrupt` or `disk-full` if the database does not open
  public static RocksStore open(Path folder, RocksOptions options, Clock clock) {
    DataFolder claimed = DataFolder.claim(folder);
    try {
      return open(claimed, options, clock);
    } catch (RuntimeException e) {
      claimed.close();
      throw e;
    }
  }

  private static RocksStore open(DataFolder claimed, RocksOptions options, Clock clock) {
    DiskSpace room = DiskSpace.of(claimed.path(), options.minFreeBytes());
    DatabaseOpener.Opened opened = DatabaseOpener.take(claimed, options, room, clock.instant());
    var store = new RocksStore(claimed, options, clock, room, opened);
    try {
      if (!store.condition().withholds()) {
        store.rows.begin();
      }
      store.upkeep.start();
      return store;
    } catch (RuntimeException e) {
      // The engine closes the database and refuses calls afterwards.
      store.release();
      throw e;
    }
  }

  /// Creates a store from a backup, completely or not at all. The new store has no tokens, because
  /// a backup contains none. No entry is appended to the ledger.
  ///
  /// @param backup the folder that [#backup] wrote
  /// @param folder the data folder, which is missing, empty, or left by an interrupted restore
  /// @throws StoreException with code `store-corrupt` if the backup is torn or damaged,
  ///   `store-unusable` if the folder is not empty or not private, else as [#open]
  public static void restore(Path backup, Path folder) {
    restore(backup, folder, _ -> {});
  }

  /// Restores a backup as [#restore(Path, Path)] does.
  ///
  /// @param check fails if the restored store must not be used; nothing is restored then
  public static void restore(Path backup, Path folder, Consumer<Store> check) {
    DataFolder claimed = DataFolder.claimForRestore(folder);
    boolean whole = false;
    try {
      // The clock dates backups only, and none is made here.
      Clock none = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
      RocksStore store = open(claimed, RocksOptions.DEFAULT, none);
      try {
        BackupReader.restore(backup, store);
        check.accept(store);
        store.engine.use("write to", OpenDatabase::flush);
        store.acknowledgements.settle();
        whole = true;
      } finally {
        store.release();
      }
      claimed.endRestore();
    } finally {
      if (!whole) {
        claimed.abandonRestore();
      }
      claimed.close();
    }
  }

  @Override
  RecordLookup lookups() {
    return lookups;
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public Counts counts() {
    return rows.read();
  }

  @Override
  public List<LedgerEntry> commit(Batch batch) {
    return locks.commit(batch, commits::commit);
  }

  @Override
  public BulkWriter bulk() {
    return new RocksBulk(engine, rows, writers, diskUsage, folder);
  }

  @Override
  public WriterLocks locks() {
    return locks;
  }

  @Override
  public ReadThreads readThreads() {
    return readers;
  }

  @Override
  public List<String> checkEngine() {
    engine.use("check", _ -> true);
    return readers.run(
        () -> Stream.concat(EngineCheck.run(engine).stream(), rows.check().stream()).toList());
  }

  @Override
  public StoreCondition condition() {
    return engine.condition();
  }

  @Override
  public Optional<LedgerEntry> acceptLoss(Event event) {
    Optional<LedgerEntry> accepted =
        Optional.of(event).filter(_ -> condition().withholds()).map(commits::acceptLoss);
    accepted.ifPresent(_ -> LostRows.accepted(folder.path()));
    return accepted;
  }

  @Override
  public DiskUsage diskUsage() {
    engine.use("read", _ -> true);
    return readers.run(() -> used.diskUsage(engine.failing()));
  }

  @Override
  public Optional<ErrorCode> refusedDecision() {
    return commits.refusal();
  }

  @Override
  public long damagedReads() {
    return engine.damagedReads();
  }

  @Override
  public long backup(Path target) {
    engine.use("read", _ -> true);
    return readers.run(RocksBackup.into(target, clock.instant(), engine, lookups));
  }

  @Override
  public void close() {
    acknowledgements.settleAtClose();
    release();
    folder.close();
  }

  private void release() {
    // From here on no commit writes to the head or to the copy of the ledger.
    acknowledgements.close();
    upkeep.close();
    engine.close();
    readers.close();
    writers.close();
  }
}
