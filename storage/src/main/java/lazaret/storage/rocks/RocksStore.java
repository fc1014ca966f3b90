package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.storage.backup.BackupReader;
import lazaret.storage.record.DownloadRecordCodec;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.StoredCrateCodec;
import lazaret.storage.record.SummaryCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.storage.record.VerdictCodec;
import lazaret.storage.rocks.files.DiskSpace;
import lazaret.storage.rocks.files.LostRows;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.CrateLocks;
import lazaret.vetting.gate.store.DeskRows;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.ReadThreads;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.search.CrateSummary;

/// The vetted store on RocksDB, in one private folder that one process holds. Thread-safe. Virtual
/// threads may call it: waits for the disk are handed to a few platform threads. After [#close]
/// every method throws [StoreException].
public final class RocksStore implements Store {
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
  private final CrateLocks turns = new CrateLocks();
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
    DataFolder claimed = DataFolder.claimForRestore(folder);
    boolean whole = false;
    try {
      // The clock dates backups only, and none is made here.
      Clock none = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
      RocksStore store = open(claimed, RocksOptions.DEFAULT, none);
      try {
        BackupReader.restore(backup, store);
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
  public Optional<StoredCrate> crate(CrateName name) {
    return lookups.find(ColumnFamily.UPSTREAM, RowKeys.crate(name), StoredCrateCodec::decode);
  }

  @Override
  public Optional<Freshness> freshness(CrateName name) {
    return lookups.find(ColumnFamily.FRESHNESS, RowKeys.crate(name), FreshnessCodec::decode);
  }

  @Override
  public Optional<IndexView> view(CrateName name) {
    return lookups.view(RowKeys.crate(name));
  }

  @Override
  public Optional<CrateSummary> summary(CrateName name) {
    return lookups.find(ColumnFamily.SUMMARIES, RowKeys.crate(name), SummaryCodec::decode);
  }

  @Override
  public Counts counts() {
    return rows.read();
  }

  @Override
  public Stream<String> names() {
    return lookups.names();
  }

  @Override
  public Optional<Bytes> artifact(Sha256 cksum) {
    return lookups.artifact(RowKeys.sha256(cksum)).map(Bytes::of);
  }

  @Override
  public Optional<Bytes> unchangedArtifact(Sha256 cksum) {
    return lookups.unchangedArtifact(RowKeys.sha256(cksum)).map(Bytes::of);
  }

  @Override
  public OptionalLong artifactBytes(Sha256 cksum) {
    return lookups.artifactBytes(RowKeys.sha256(cksum));
  }

  @Override
  public boolean hasArtifact(Sha256 cksum) {
    return lookups.find(ColumnFamily.HELD, RowKeys.sha256(cksum), data -> data).isPresent();
  }

  @Override
  public Optional<CrateId> artifactId(Sha256 cksum) {
    return lookups.artifactId(RowKeys.sha256(cksum));
  }

  @Override
  public Optional<Findings> findings(Sha256 cksum) {
    return lookups.findings(cksum);
  }

  @Override
  public List<Decision> decisions(CrateName name) {
    return lookups.decisions(name);
  }

  @Override
  public Optional<QueuedRequest> request(CrateName name, CrateVersion version) {
    return lookups.request(RowKeys.version(name, version));
  }

  @Override
  public Optional<Token> token(Sha256 secretHash) {
    return lookups.find(ColumnFamily.TOKENS, RowKeys.sha256(secretHash), TokenCodec::decode);
  }

  @Override
  public List<Token> tokens() {
    return lookups.tokens();
  }

  @Override
  public List<StoredFeed> feeds() {
    return lookups.list(ColumnFamily.FEEDS, RowKeys.EMPTY, FeedCodec::decode);
  }

  @Override
  public List<RecordedVerdict> verdicts(CrateName name) {
    return lookups.list(ColumnFamily.VERDICTS, RowKeys.cratePrefix(name), VerdictCodec::decode);
  }

  @Override
  public Optional<SeenLockfile> lockfile(Sha256 digest) {
    return lookups.find(ColumnFamily.LOCKFILES, RowKeys.sha256(digest), LockfileCodec::decode);
  }

  @Override
  public DeskRows deskRows() {
    return new RocksDeskRows(lookups);
  }

  @Override
  public Optional<Bytes> meta(String name) {
    return lookups.find(ColumnFamily.META, RowKeys.meta(name), MetaCodec::decode);
  }

  @Override
  public Optional<LedgerEntry> ledgerHead() {
    return lookups.ledgerHead();
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public Stream<StoredCrate> crates() {
    return lookups.decodedAhead(ColumnFamily.UPSTREAM, StoredCrateCodec::decode);
  }

  @Override
  public Stream<Sha256> artifacts(Sha256 from) {
    return lookups.artifacts(from);
  }

  @Override
  public Stream<LedgerEntry> ledger(long after) {
    return lookups.ledger(after);
  }

  @Override
  public Stream<QueuedRequest> requests() {
    return lookups.values(ColumnFamily.REQUESTS, RequestCodec::decode);
  }

  @Override
  public Stream<RecordedVerdict> verdicts() {
    return lookups.values(ColumnFamily.VERDICTS, VerdictCodec::decode);
  }

  @Override
  public Stream<SeenLockfile> lockfiles() {
    return lookups.values(ColumnFamily.LOCKFILES, LockfileCodec::decode);
  }

  @Override
  public Stream<DownloadRecord> accesses() {
    return lookups.values(ColumnFamily.ACCESS, DownloadRecordCodec::decode);
  }

  @Override
  public void accesses(CrateName name, CrateVersion version, DownloadListener listener) {
    lookups.accesses(name, version, listener);
  }

  @Override
  public Stream<DownloadRecord> accesses(LocalDate day, CrateName name, CrateVersion version) {
    return lookups.accesses(RowKeys.accesses(day, name, version));
  }

  @Override
  public List<LedgerEntry> commit(Batch batch) {
    return commits.commit(batch);
  }

  @Override
  public BulkWriter bulk() {
    return new RocksBulk(engine, rows, writers, diskUsage, folder);
  }

  @Override
  public <T> T withCrateLock(CrateName name, Supplier<T> action) {
    return turns.take(name, action);
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
  public void backup(Path target) {
    engine.use("read", _ -> true);
    readers.run(RocksBackup.into(target, clock.instant(), engine, lookups));
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
