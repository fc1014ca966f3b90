package lazaret.vetting.gate.store;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.search.CrateSummary;

/// The vetted store: all data of the gate. Crates are found by their collision key
/// ([CrateName#collisionKey()]), so two spellings of one name are one crate. Every method blocks,
/// may be called from any thread, and throws [StoreException] if the store fails.
///
/// An implementation guarantees beyond the single methods:
/// - A reader sees every batch entirely or not at all.
/// - A batch that [#commit] acknowledged survives a crash at any instant. Another batch is entirely
///   present or entirely absent afterwards.
/// - Streams must be closed, run over one consistent state, and have the stated order.
///
/// One process has the store, or several nodes share it. Writers that read before they write use
/// [#withCrateLock] with a condition of the batch, or [#serially]; both are right in either case.
public interface Store extends AutoCloseable {
  /// The number of keys that [#namesInPages()] and [#artifactsInPages()] read at a time.
  int PAGE = 1_000;

  /// Returns the rows of a crate, as [CrateRecords#read] does, or empty if the crate is not stored.
  /// A store that several nodes share reads all of them in one step.
  default Optional<CrateRecords> records(CrateName name) {
    return CrateRecords.read(this, name);
  }

  /// Returns the revision of the rows of a crate, which each change of them replaces. It is 0 if
  /// there are none, and always in a store that one process has.
  default long revision(CrateName name) {
    return 0;
  }

  /// Returns a revision that no rows of a crate ever had, for [BatchCondition.CrateAt]. It is
  /// always 0 in a store that one process has.
  default long nextRevision() {
    return 0;
  }

  /// Returns the stored index file of a crate, or empty if the crate was never stored.
  Optional<StoredCrate> crate(CrateName name);

  /// Returns the freshness of the stored index file, or empty if the crate was never stored.
  Optional<Freshness> freshness(CrateName name);

  /// Returns the last view of a crate, or empty if none was built.
  Optional<IndexView> view(CrateName name);

  /// Returns the stored bytes of an artifact, which are not hashed again here, or empty if it is
  /// not stored.
  Optional<Bytes> artifact(Sha256 cksum);

  /// Returns the stored bytes of an artifact if they have the checksum that was recorded when their
  /// SHA-256 was compared. Empty if they have another one, or none was recorded, or they cannot be
  /// read; [#artifact] then has the bytes or the reason. The checksum finds decay, and not the
  /// change of a person who computes it.
  default Optional<Bytes> unchangedArtifact(Sha256 cksum) {
    return Optional.empty();
  }

  /// Returns the length of an artifact without reading its bytes, or empty if it is not stored.
  OptionalLong artifactBytes(Sha256 cksum);

  /// Returns whether an artifact is stored, without reading it.
  boolean hasArtifact(Sha256 cksum);

  /// Returns the version as which an artifact is stored, without reading its bytes, or empty if it
  /// is not stored.
  Optional<CrateId> artifactId(Sha256 cksum);

  /// Returns the findings of the bytes with a SHA-256, or empty if they were not inspected.
  Optional<Findings> findings(Sha256 cksum);

  /// Returns the findings of several artifacts. Damaged ones are left out, since they can be made
  /// again.
  default Map<Sha256, Findings> findingsOf(Collection<Sha256> cksums) {
    return CrateRecords.findings(this, cksums);
  }

  /// Returns the stored summary of a crate, or empty if there is none.
  Optional<CrateSummary> summary(CrateName name);

  /// Returns the numbers of rows, without reading them.
  Counts counts();

  /// Returns all decisions on all versions of a crate, oldest first.
  List<Decision> decisions(CrateName name);

  /// Returns the decisions on a crate that this store contains, oldest first. They are those of the
  /// ledger, whereas a snapshot in force adds to [#decisions] and removes from them. A wrapper of
  /// such a store overrides this.
  default List<Decision> recordedDecisions(CrateName name) {
    return decisions(name);
  }

  /// Returns the queued request for a version, or empty if there is none or it was settled.
  Optional<QueuedRequest> request(CrateName name, CrateVersion version);

  /// Returns the token whose secret has this SHA-256, or empty if there is none.
  Optional<Token> token(Sha256 secretHash);

  /// Returns all tokens, oldest first.
  List<Token> tokens();

  /// Returns all advisory feeds, by name.
  List<StoredFeed> feeds();

  /// Returns the recorded verdicts on all versions of a crate, by version, oldest first.
  List<RecordedVerdict> verdicts(CrateName name);

  /// Returns the record of the lockfile with this SHA-256, or empty if it was never submitted.
  Optional<SeenLockfile> lockfile(Sha256 digest);

  /// Returns the last use of an artifact, or empty if none is recorded.
  Optional<ArtifactUse> artifactUse(Sha256 cksum);

  /// Returns the evidence of an artifact that retention removed, or empty if it never did. The
  /// artifact may be stored again.
  Optional<RemovedArtifact> removedArtifact(Sha256 cksum);

  /// Returns a small named value, or empty if it was never set.
  Optional<Bytes> meta(String name);

  /// Returns a small named value, or empty if it was never set.
  default Optional<Bytes> meta(MetaKey key) {
    return meta(key.code());
  }

  /// Returns the last entry of the ledger, or empty if the ledger is empty.
  Optional<LedgerEntry> ledgerHead();

  /// Returns the tables of the desk.
  DeskRows deskRows();

  /// Returns the snapshots of the store.
  Snapshots snapshots();

  /// Streams the collision keys of all stored crates in ascending order, without reading the
  /// crates.
  Stream<String> names();

  /// Streams the collision keys of stored crates as [#names()] does.
  ///
  /// @param from the least key
  default Stream<String> names(String from) {
    return names().filter(name -> name.compareTo(from) >= 0);
  }

  /// Streams the keys of [#names()], and reads some at a time: nothing is open while the caller
  /// works on one. A crate that is stored meanwhile may be left out.
  default Stream<String> namesInPages() {
    return inPages(this::names, "");
  }

  /// Streams the names of all small values, in ascending order.
  Stream<String> metaNames();

  /// Streams the findings of all artifacts, by SHA-256.
  Stream<Findings> allFindings();

  /// Streams all stored crates by collision key.
  Stream<StoredCrate> crates();

  /// Streams the SHA-256 of all stored artifacts in ascending order, without reading them.
  default Stream<Sha256> artifacts() {
    return artifacts(Sha256.fromDigest(new byte[Sha256.LENGTH]));
  }

  /// Streams the SHA-256 of stored artifacts in ascending order, without reading them.
  ///
  /// @param from the least SHA-256
  Stream<Sha256> artifacts(Sha256 from);

  /// Streams what [#artifacts()] streams, and reads some at a time: nothing is open while the
  /// caller works on one. An artifact that is stored meanwhile may be left out.
  default Stream<Sha256> artifactsInPages() {
    return inPages(this::artifacts, Sha256.fromDigest(new byte[Sha256.LENGTH]));
  }

  private static <T> Stream<T> inPages(Function<T, Stream<T>> from, T least) {
    return Stream.iterate(
            page(from, least), page -> !page.isEmpty(), page -> page(from, page.getLast()))
        .flatMap(List::stream);
  }

  private static <T> List<T> page(Function<T, Stream<T>> from, T after) {
    try (Stream<T> all = from.apply(after)) {
      return all.filter(each -> !each.equals(after)).limit(PAGE).toList();
    }
  }

  /// Streams the ledger by sequence, beginning after a sequence; 0 begins at the first entry.
  Stream<LedgerEntry> ledger(long after);

  /// Streams all queued requests by crate and version.
  Stream<QueuedRequest> requests();

  /// Streams the recorded verdicts, by crate and version, oldest first.
  Stream<RecordedVerdict> verdicts();

  /// Streams the records of submitted lockfiles, by SHA-256.
  Stream<SeenLockfile> lockfiles();

  /// Streams the last uses of artifacts, by SHA-256.
  Stream<ArtifactUse> artifactUses();

  /// Streams the evidence of artifacts that retention removed, by SHA-256.
  Stream<RemovedArtifact> removedArtifacts();

  /// Streams the download log, by day, crate and version.
  Stream<DownloadRecord> accesses();

  /// Passes the downloads of a version on, from the latest day to the first one, until the listener
  /// ends it. A popular version has hundreds of thousands, of which one at a time is in memory. The
  /// cost depends on the number of days that have downloads, and not on the number of downloads of
  /// other versions.
  void accesses(CrateName name, CrateVersion version, DownloadListener listener);

  /// A receiver of downloads. It is called during a read, and must neither block nor call the
  /// store.
  interface DownloadListener {
    /// Receives one record of the download log.
    ///
    /// @return whether another one is passed on
    boolean downloaded(DownloadRecord access);
  }

  /// Streams the downloads of a version on a day.
  Stream<DownloadRecord> accesses(LocalDate day, CrateName name, CrateVersion version);

  /// Applies all writes of a batch atomically. Appended events are chained in the order of the
  /// batch. Commits that append run one at a time, so the chain has no forks.
  ///
  /// @return the ledger entries that the batch appended, in its order
  /// @throws StoreException with code `disk-full` if there is no disk space, `store-loss` while the
  ///   [#condition] withholds, `store-conflict` or `lease-lost` if a condition of the batch does
  ///   not hold; the batch is then not applied. With `store-unavailable` it may be applied
  List<LedgerEntry> commit(Batch batch);

  /// Begins a bulk import of artifacts, each of which is written once. A batch writes its content
  /// twice, since it must survive a crash at once.
  BulkWriter bulk();

  /// Returns the locks of the writers of this process.
  WriterLocks locks();

  /// Runs an action while no other writer of the same crate runs one in this process. A commit of
  /// the action names the revision that it read, since other nodes can write at the same time. Not
  /// reentrant for another crate: an action must not request a second lock.
  ///
  /// @throws StoreException with code `store-unavailable` if several nodes share the store, and the
  ///   wait for the lock takes too long
  default <T> T withCrateLock(CrateName name, Supplier<T> action) {
    return locks().crate(name, action);
  }

  /// Runs an action that reads data of a scope, changes and writes them, so that no other writer of
  /// the scope writes in between. It may run again, if another node wrote first: it has no other
  /// effect before its commit than one that may happen twice. Not reentrant for another scope; it
  /// takes no lock of a crate, since writers of crates take scopes.
  default <T> T serially(WriteScope scope, Supplier<T> action) {
    return locks().serially(scope, action);
  }

  /// Returns the leases of the store.
  default Leases leases() {
    return locks().leases();
  }

  /// Returns what this node knows of the others, or empty if one process has the store.
  default Optional<SharedState> shared() {
    return Optional.empty();
  }

  /// Returns the threads on which several reads run together.
  default ReadThreads readThreads() {
    return ReadThreads.NONE;
  }

  /// Runs the checks of the engine itself (block checksums, its counts, records other than index
  /// files, views and artifacts), and repairs derived data.
  ///
  /// @return one sentence per fault; empty if there is none
  List<String> checkEngine();

  /// Returns the known faults of the store, without a disk access.
  StoreCondition condition();

  /// Accepts that acknowledged writes are missing. Appends an event that states so, makes the
  /// present content the acknowledged state, and accepts writes again.
  ///
  /// @return the appended entry, or empty without any write if the store does not withhold
  Optional<LedgerEntry> acceptLoss(Event event);

  /// Returns the disk space of the store.
  DiskUsage diskUsage();

  /// Returns the reason why the last decision was refused, or empty if it was recorded. A decision
  /// is any write that may use the reserve of the file system: approvals, denials, revocations and
  /// tokens.
  default Optional<ErrorCode> refusedDecision() {
    return Optional.empty();
  }

  /// Returns the number of reads that met damaged or missing files since the store was opened.
  /// Artifacts are not counted, since they are fetched again.
  default long damagedReads() {
    return 0;
  }

  /// Writes a consistent copy of all data except tokens while the store stays in use. It goes into
  /// a new or empty folder, or as one more state into an archive.
  ///
  /// @return the number of artifacts that were left out, since they could not be read
  /// @throws StoreException if the folder is neither, or cannot be written
  long backup(Path folder);

  /// Closes the store. All acknowledged writes are on disk. Closing twice is allowed.
  @Override
  void close();

  /// A bulk import of artifacts. For one thread; must be closed.
  interface BulkWriter extends AutoCloseable {
    /// Adds an artifact, which is stored after the next [#settle]. The ascending order of digests
    /// costs least.
    ///
    /// @throws StoreException with code `disk-full` if there is no disk space
    void put(VerifiedCrate crate);

    /// Stores the artifacts added since the last call, once they are on disk. An earlier crash
    /// leaves at most occupied disk space behind.
    ///
    /// @throws StoreException if that fails; none of them then counts as stored
    void settle();

    /// Discards the artifacts that were not settled.
    @Override
    void close();
  }

  /// The numbers of rows.
  ///
  /// @param crates the number of crates whose index file is stored
  /// @param artifacts the number of stored artifacts
  /// @param requests the number of queued requests
  record Counts(long crates, long artifacts, long requests) {
    /// Returns these counts with another number of crates.
    public Counts withCrates(long number) {
      return new Counts(number, artifacts, requests);
    }
  }

  /// The disk space of the store.
  ///
  /// @param usedBytes the bytes that the store occupies, or did a few seconds ago
  /// @param freeBytes the bytes that the file system has left
  /// @param admits false while new artifacts are refused for lack of disk space
  record DiskUsage(long usedBytes, long freeBytes, boolean admits) {}
}
