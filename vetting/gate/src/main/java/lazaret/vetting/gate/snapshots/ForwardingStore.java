package lazaret.vetting.gate.snapshots;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.DeskRows;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.Leases;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.ReadThreads;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.gate.store.WriterLocks;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;

/// A store that passes calls on to another one. Those of crates, decisions and commits are left to
/// the view of the store that extends it. As thread-safe as the other one; throws what that throws.
abstract class ForwardingStore implements Store {
  private final Store other;

  /// Creates a store.
  ///
  /// @param other the receiver of the calls
  ForwardingStore(Store other) {
    this.other = other;
  }

  @Override
  public long revision(CrateName name) {
    return other.revision(name);
  }

  @Override
  public long nextRevision() {
    return other.nextRevision();
  }

  @Override
  public Stream<String> metaNames() {
    return other.metaNames();
  }

  @Override
  public Stream<Findings> allFindings() {
    return other.allFindings();
  }

  @Override
  public List<Decision> recordedDecisions(CrateName name) {
    return other.recordedDecisions(name);
  }

  @Override
  public DeskRows deskRows() {
    return other.deskRows();
  }

  @Override
  public Optional<Bytes> artifact(Sha256 cksum) {
    return other.artifact(cksum);
  }

  @Override
  public Optional<Bytes> unchangedArtifact(Sha256 cksum) {
    return other.unchangedArtifact(cksum);
  }

  @Override
  public OptionalLong artifactBytes(Sha256 cksum) {
    return other.artifactBytes(cksum);
  }

  @Override
  public boolean hasArtifact(Sha256 cksum) {
    return other.hasArtifact(cksum);
  }

  @Override
  public Optional<CrateId> artifactId(Sha256 cksum) {
    return other.artifactId(cksum);
  }

  @Override
  public Optional<Findings> findings(Sha256 cksum) {
    return other.findings(cksum);
  }

  @Override
  public Map<Sha256, Findings> findingsOf(Collection<Sha256> cksums) {
    return other.findingsOf(cksums);
  }

  @Override
  public Optional<QueuedRequest> request(CrateName name, CrateVersion version) {
    return other.request(name, version);
  }

  @Override
  public Optional<Token> token(Sha256 secretHash) {
    return other.token(secretHash);
  }

  @Override
  public List<Token> tokens() {
    return other.tokens();
  }

  @Override
  public List<StoredFeed> feeds() {
    return other.feeds();
  }

  @Override
  public List<RecordedVerdict> verdicts(CrateName name) {
    return other.verdicts(name);
  }

  @Override
  public Optional<SeenLockfile> lockfile(Sha256 digest) {
    return other.lockfile(digest);
  }

  @Override
  public Optional<ArtifactUse> artifactUse(Sha256 cksum) {
    return other.artifactUse(cksum);
  }

  @Override
  public Optional<RemovedArtifact> removedArtifact(Sha256 cksum) {
    return other.removedArtifact(cksum);
  }

  @Override
  public Optional<Bytes> meta(String name) {
    return other.meta(name);
  }

  @Override
  public Optional<LedgerEntry> ledgerHead() {
    return other.ledgerHead();
  }

  @Override
  public Stream<Sha256> artifacts(Sha256 from) {
    return other.artifacts(from);
  }

  @Override
  public Stream<LedgerEntry> ledger(long after) {
    return other.ledger(after);
  }

  @Override
  public Stream<QueuedRequest> requests() {
    return other.requests();
  }

  @Override
  public Stream<RecordedVerdict> verdicts() {
    return other.verdicts();
  }

  @Override
  public Stream<SeenLockfile> lockfiles() {
    return other.lockfiles();
  }

  @Override
  public Stream<ArtifactUse> artifactUses() {
    return other.artifactUses();
  }

  @Override
  public Stream<RemovedArtifact> removedArtifacts() {
    return other.removedArtifacts();
  }

  @Override
  public Stream<DownloadRecord> accesses() {
    return other.accesses();
  }

  @Override
  public void accesses(CrateName name, CrateVersion version, DownloadListener listener) {
    other.accesses(name, version, listener);
  }

  @Override
  public Stream<DownloadRecord> accesses(LocalDate day, CrateName name, CrateVersion version) {
    return other.accesses(day, name, version);
  }

  @Override
  public BulkWriter bulk() {
    return other.bulk();
  }

  @Override
  public WriterLocks locks() {
    return other.locks();
  }

  @Override
  public <T> T serially(WriteScope scope, Supplier<T> action) {
    return other.serially(scope, action);
  }

  @Override
  public Leases leases() {
    return other.leases();
  }

  @Override
  public Optional<SharedState> shared() {
    return other.shared();
  }

  @Override
  public ReadThreads readThreads() {
    return other.readThreads();
  }

  @Override
  public List<String> checkEngine() {
    return other.checkEngine();
  }

  @Override
  public StoreCondition condition() {
    return other.condition();
  }

  @Override
  public Optional<LedgerEntry> acceptLoss(Event event) {
    return other.acceptLoss(event);
  }

  @Override
  public DiskUsage diskUsage() {
    return other.diskUsage();
  }

  @Override
  public Optional<ErrorCode> refusedDecision() {
    return other.refusedDecision();
  }

  @Override
  public long damagedReads() {
    return other.damagedReads();
  }

  @Override
  public long backup(Path folder) {
    return other.backup(folder);
  }

  @Override
  public void close() {
    other.close();
  }
}
