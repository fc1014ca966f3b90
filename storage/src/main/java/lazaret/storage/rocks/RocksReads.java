package lazaret.storage.rocks;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import lazaret.storage.record.ArtifactUseCodec;
import lazaret.storage.record.DownloadRecordCodec;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.RemovedArtifactCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.StoredCrateCodec;
import lazaret.storage.record.SummaryCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.storage.record.VerdictCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskRows;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.search.CrateSummary;

/// The reads of the store on RocksDB: each port method with its rows and their codec. Thread-safe.
abstract class RocksReads implements Store {
  /// Returns the reads of the database.
  abstract RecordLookup lookups();

  @Override
  public Optional<StoredCrate> crate(CrateName name) {
    return lookups().find(ColumnFamily.UPSTREAM, RowKeys.crate(name), StoredCrateCodec::decode);
  }

  @Override
  public Optional<Freshness> freshness(CrateName name) {
    return lookups().find(ColumnFamily.FRESHNESS, RowKeys.crate(name), FreshnessCodec::decode);
  }

  @Override
  public Optional<IndexView> view(CrateName name) {
    return lookups().view(RowKeys.crate(name));
  }

  @Override
  public Optional<CrateSummary> summary(CrateName name) {
    return lookups().find(ColumnFamily.SUMMARIES, RowKeys.crate(name), SummaryCodec::decode);
  }

  @Override
  public Stream<String> names() {
    return lookups().names("");
  }

  @Override
  public Stream<String> names(String from) {
    return lookups().names(from);
  }

  @Override
  public Stream<String> metaNames() {
    return lookups().metaNames();
  }

  @Override
  public Stream<Findings> allFindings() {
    return lookups().values(ColumnFamily.FINDINGS, FindingsCodec::decode).flatMap(Optional::stream);
  }

  @Override
  public Optional<Bytes> artifact(Sha256 cksum) {
    return lookups().artifact(RowKeys.sha256(cksum)).map(Bytes::of);
  }

  @Override
  public Optional<Bytes> unchangedArtifact(Sha256 cksum) {
    return lookups().unchangedArtifact(RowKeys.sha256(cksum)).map(Bytes::of);
  }

  @Override
  public OptionalLong artifactBytes(Sha256 cksum) {
    return lookups().artifactBytes(RowKeys.sha256(cksum));
  }

  @Override
  public boolean hasArtifact(Sha256 cksum) {
    return lookups().find(ColumnFamily.HELD, RowKeys.sha256(cksum), data -> data).isPresent();
  }

  @Override
  public Optional<CrateId> artifactId(Sha256 cksum) {
    return lookups().artifactId(RowKeys.sha256(cksum));
  }

  @Override
  public Optional<Findings> findings(Sha256 cksum) {
    return lookups().findings(cksum);
  }

  @Override
  public List<Decision> decisions(CrateName name) {
    return lookups().decisions(name);
  }

  @Override
  public Optional<QueuedRequest> request(CrateName name, CrateVersion version) {
    return lookups().request(RowKeys.version(name, version));
  }

  @Override
  public Optional<Token> token(Sha256 secretHash) {
    return lookups().find(ColumnFamily.TOKENS, RowKeys.sha256(secretHash), TokenCodec::decode);
  }

  @Override
  public List<Token> tokens() {
    return lookups().tokens();
  }

  @Override
  public List<StoredFeed> feeds() {
    return lookups().list(ColumnFamily.FEEDS, RowKeys.EMPTY, FeedCodec::decode);
  }

  @Override
  public List<RecordedVerdict> verdicts(CrateName name) {
    return lookups().list(ColumnFamily.VERDICTS, RowKeys.cratePrefix(name), VerdictCodec::decode);
  }

  @Override
  public Optional<SeenLockfile> lockfile(Sha256 digest) {
    return lookups().find(ColumnFamily.LOCKFILES, RowKeys.sha256(digest), LockfileCodec::decode);
  }

  @Override
  public Optional<ArtifactUse> artifactUse(Sha256 cksum) {
    return lookups().find(ColumnFamily.USES, RowKeys.sha256(cksum), ArtifactUseCodec::decode);
  }

  @Override
  public Optional<RemovedArtifact> removedArtifact(Sha256 cksum) {
    return lookups()
        .find(ColumnFamily.REMOVED, RowKeys.sha256(cksum), RemovedArtifactCodec::decode);
  }

  @Override
  public DeskRows deskRows() {
    return new Rows(lookups());
  }

  /// The tables of the desk in one column family.
  ///
  /// @param lookups the reads of the store
  private record Rows(RecordLookup lookups) implements DeskRows {
    @Override
    public Optional<Bytes> find(DeskTable table, String key) {
      return lookups.find(ColumnFamily.DESK, RowKeys.desk(table, key), MetaCodec::decode);
    }

    @Override
    public Stream<DeskRow> list(DeskTable table, String prefix) {
      byte[] start = RowKeys.desk(table, prefix);
      return lookups.stream(
          ColumnFamily.DESK,
          start,
          start,
          entry -> RowKeys.desk(entry.key(), MetaCodec.decode(entry.value())));
    }
  }

  @Override
  public Optional<Bytes> meta(String name) {
    return lookups().find(ColumnFamily.META, RowKeys.meta(name), MetaCodec::decode);
  }

  @Override
  public Optional<LedgerEntry> ledgerHead() {
    return lookups().ledgerHead();
  }

  @Override
  public Stream<StoredCrate> crates() {
    return lookups().decodedAhead(ColumnFamily.UPSTREAM, StoredCrateCodec::decode);
  }

  @Override
  public Stream<Sha256> artifacts(Sha256 from) {
    return lookups().artifacts(from);
  }

  @Override
  public Stream<LedgerEntry> ledger(long after) {
    return lookups().ledger(after);
  }

  @Override
  public Stream<QueuedRequest> requests() {
    return lookups().values(ColumnFamily.REQUESTS, RequestCodec::decode);
  }

  @Override
  public Stream<RecordedVerdict> verdicts() {
    return lookups().values(ColumnFamily.VERDICTS, VerdictCodec::decode);
  }

  @Override
  public Stream<SeenLockfile> lockfiles() {
    return lookups().values(ColumnFamily.LOCKFILES, LockfileCodec::decode);
  }

  @Override
  public Stream<ArtifactUse> artifactUses() {
    return lookups().values(ColumnFamily.USES, ArtifactUseCodec::decode);
  }

  @Override
  public Stream<RemovedArtifact> removedArtifacts() {
    return lookups().values(ColumnFamily.REMOVED, RemovedArtifactCodec::decode);
  }

  @Override
  public Stream<DownloadRecord> accesses() {
    return lookups().values(ColumnFamily.ACCESS, DownloadRecordCodec::decode);
  }

  @Override
  public void accesses(CrateName name, CrateVersion version, DownloadListener listener) {
    lookups().accesses(name, version, listener);
  }

  @Override
  public Stream<DownloadRecord> accesses(LocalDate day, CrateName name, CrateVersion version) {
    return lookups().accesses(RowKeys.accesses(day, name, version));
  }
}
