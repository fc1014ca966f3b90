package lazaret.vetting.gate.snapshots;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRows;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.ReadThreads;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.Validators;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.search.CrateSummary;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// A store as a gate sees it. Without a served snapshot it is the store itself. With one, crates
/// and the decisions that came with them are those of the snapshot, and all other data is the
/// store's own. One write of [MetaKey#SNAPSHOT_HEAD] switches all of it at once.
public final class SnapshotViewStore implements Store {
  private final Store store;
  private volatile long head;

  /// Creates the gate's view of a store. Closing it closes the store.
  public SnapshotViewStore(Store store) {
    this.store = store;
    this.head = store.snapshots().head();
  }

  @Override
  public Optional<StoredCrate> crate(CrateName name) {
    return steady(
        now ->
            now == 0
                ? store.crate(name)
                : store.snapshots().crate(name, now).map(SnapshotAdapter::held));
  }

  /// Repeats a read if another snapshot came into force meanwhile. The rows of the previous one may
  /// be removed while they are read.
  private <T> T steady(LongFunction<T> reading) {
    while (true) {
      long now = head;
      T found = reading.apply(now);
      if (now == head) {
        return found;
      }
    }
  }

  /// Returns the freshness of a crate; in a snapshot, the moment at which its bundle was issued.
  @Override
  public Optional<Freshness> freshness(CrateName name) {
    return steady(
        now ->
            now == 0
                ? store.freshness(name)
                : info(now)
                    .filter(_ -> store.snapshots().crate(name, now).isPresent())
                    .map(i -> new Freshness(Validators.NONE, i.issued(), i.issued())));
  }

  /// Returns the stored view of a crate. Views of a snapshot are in heap only, since the next
  /// snapshot has others.
  @Override
  public Optional<IndexView> view(CrateName name) {
    return head == 0 ? store.view(name) : Optional.empty();
  }

  /// Returns the stored summary of a crate. Summaries of a snapshot are in heap only.
  @Override
  public Optional<CrateSummary> summary(CrateName name) {
    return head == 0 ? store.summary(name) : Optional.empty();
  }

  @Override
  public Counts counts() {
    Counts own = store.counts();
    return steady(
        now -> now == 0 ? own : own.withCrates(info(now).map(SnapshotInfo::crates).orElse(0L)));
  }

  @Override
  public Stream<String> names() {
    long now = head;
    return now == 0 ? store.names() : store.snapshots().leaves(now).map(Snapshots.Leaf::key);
  }

  @Override
  public List<Decision> decisions(CrateName name) {
    List<Decision> own = store.decisions(name);
    return steady(now -> now == 0 ? own : decisions(name, now, own));
  }

  private List<Decision> decisions(CrateName name, long now, List<Decision> own) {
    Optional<SnapshotCrate> crate = store.snapshots().crate(name, now);
    return crate.map(c -> SnapshotAdapter.decisions(c, now, own)).orElse(own);
  }

  @Override
  public List<Decision> recordedDecisions(CrateName name) {
    return store.recordedDecisions(name);
  }

  @Override
  public Stream<StoredCrate> crates() {
    long now = head;
    return now == 0 ? store.crates() : store.snapshots().crates(now).map(SnapshotAdapter::held);
  }

  @Override
  public List<LedgerEntry> commit(Batch batch) {
    List<LedgerEntry> entries = store.commit(head == 0 ? batch : withoutUpstreams(batch));
    for (Batch.Write write : batch.writes()) {
      if (write instanceof Batch.Write.PutMeta(String name, Bytes value)
          && name.equals(MetaKey.SNAPSHOT_HEAD.code())) {
        head = Long.parseLong(value.text());
      }
    }
    return entries;
  }

  private static Batch withoutUpstreams(Batch batch) {
    return new Batch(
        batch.durability(),
        batch.writes().stream()
            .filter(
                write ->
                    switch (write) {
                      case Batch.Write.PutCrate _,
                          Batch.Write.PutFreshness _,
                          Batch.Write.PutView _,
                          Batch.Write.PutSummary _ ->
                          false;
                      case Batch.Write.PutArtifact _,
                          Batch.Write.DropArtifact _,
                          Batch.Write.PutFindings _,
                          Batch.Write.Append _,
                          Batch.Write.PutRequest _,
                          Batch.Write.DropRequest _,
                          Batch.Write.AddDownload _,
                          Batch.Write.DropAccess _,
                          Batch.Write.PutToken _,
                          Batch.Write.DropToken _,
                          Batch.Write.PutFeed _,
                          Batch.Write.DropFeed _,
                          Batch.Write.PutVerdict _,
                          Batch.Write.DropVerdict _,
                          Batch.Write.PutLockfile _,
                          Batch.Write.DropLockfile _,
                          Batch.Write.OfSnapshots _,
                          Batch.Write.OfDesk _,
                          Batch.Write.PutMeta _ ->
                          true;
                    })
            .toList());
  }

  private Optional<SnapshotInfo> info(long sequence) {
    return store.snapshots().all().stream().filter(s -> s.sequence() == sequence).findFirst();
  }

  @Override
  public DeskRows deskRows() {
    return store.deskRows();
  }

  @Override
  public Snapshots snapshots() {
    return new ViewedSnapshots(store.snapshots(), () -> head);
  }

  @Override
  public Optional<Bytes> artifact(Sha256 cksum) {
    return store.artifact(cksum);
  }

  @Override
  public Optional<Bytes> unchangedArtifact(Sha256 cksum) {
    return store.unchangedArtifact(cksum);
  }

  @Override
  public OptionalLong artifactBytes(Sha256 cksum) {
    return store.artifactBytes(cksum);
  }

  @Override
  public boolean hasArtifact(Sha256 cksum) {
    return store.hasArtifact(cksum);
  }

  @Override
  public Optional<CrateId> artifactId(Sha256 cksum) {
    return store.artifactId(cksum);
  }

  @Override
  public Optional<Findings> findings(Sha256 cksum) {
    return store.findings(cksum);
  }

  @Override
  public Optional<QueuedRequest> request(CrateName name, CrateVersion version) {
    return store.request(name, version);
  }

  @Override
  public Optional<Token> token(Sha256 secretHash) {
    return store.token(secretHash);
  }

  @Override
  public List<Token> tokens() {
    return store.tokens();
  }

  @Override
  public List<StoredFeed> feeds() {
    return store.feeds();
  }

  @Override
  public List<RecordedVerdict> verdicts(CrateName name) {
    return store.verdicts(name);
  }

  @Override
  public Optional<SeenLockfile> lockfile(Sha256 digest) {
    return store.lockfile(digest);
  }

  @Override
  public Optional<Bytes> meta(String name) {
    return store.meta(name);
  }

  @Override
  public Optional<LedgerEntry> ledgerHead() {
    return store.ledgerHead();
  }

  @Override
  public Stream<Sha256> artifacts(Sha256 from) {
    return store.artifacts(from);
  }

  @Override
  public Stream<LedgerEntry> ledger(long after) {
    return store.ledger(after);
  }

  @Override
  public Stream<QueuedRequest> requests() {
    return store.requests();
  }

  @Override
  public Stream<RecordedVerdict> verdicts() {
    return store.verdicts();
  }

  @Override
  public Stream<SeenLockfile> lockfiles() {
    return store.lockfiles();
  }

  @Override
  public Stream<DownloadRecord> accesses() {
    return store.accesses();
  }

  @Override
  public void accesses(CrateName name, CrateVersion version, DownloadListener listener) {
    store.accesses(name, version, listener);
  }

  @Override
  public Stream<DownloadRecord> accesses(LocalDate day, CrateName name, CrateVersion version) {
    return store.accesses(day, name, version);
  }

  @Override
  public BulkWriter bulk() {
    return store.bulk();
  }

  @Override
  public <T> T withCrateLock(CrateName name, Supplier<T> action) {
    return store.withCrateLock(name, action);
  }

  @Override
  public ReadThreads readThreads() {
    return store.readThreads();
  }

  @Override
  public List<String> checkEngine() {
    return store.checkEngine();
  }

  @Override
  public StoreCondition condition() {
    return store.condition();
  }

  @Override
  public Optional<LedgerEntry> acceptLoss(Event event) {
    return store.acceptLoss(event);
  }

  @Override
  public DiskUsage diskUsage() {
    return store.diskUsage();
  }

  @Override
  public Optional<ErrorCode> refusedDecision() {
    return store.refusedDecision();
  }

  @Override
  public long damagedReads() {
    return store.damagedReads();
  }

  @Override
  public void backup(Path folder) {
    store.backup(folder);
  }

  @Override
  public void close() {
    store.close();
  }
}
