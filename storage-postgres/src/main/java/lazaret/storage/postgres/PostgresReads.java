package lazaret.storage.postgres;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.RemovedArtifactCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.storage.record.StoredCrateCodec;
import lazaret.storage.record.SummaryCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.storage.record.VerdictCodec;
import lazaret.storage.record.ViewCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.gate.store.DeskRows;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.search.CrateSummary;

/// The reads of the store on PostgreSQL: each method of the port with its query and its codec.
/// Thread-safe.
abstract class PostgresReads implements Store {
  private static final int CRATES_PAGE = 100;
  private static final int PAGE = 1_000;

  /// Returns the connections of the store.
  abstract PostgresConnections connections();

  /// Returns the reads of records.
  abstract RecordReads reads();

  private <T> Optional<T> crateColumn(CrateName name, String column, Function<byte[], T> decode) {
    return reads()
        .find(
            "SELECT %1$s FROM lazaret.crate WHERE name = ? AND %1$s IS NOT NULL".formatted(column),
            decode,
            name.collisionKey());
  }

  @Override
  public Optional<CrateRecords> records(CrateName name) {
    try {
      return reads().records(name);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      // Row by row, because damaged rows that can be made again count as missing.
      return CrateRecords.read(this, name);
    }
  }

  @Override
  public long revision(CrateName name) {
    return reads()
        .number("SELECT revision FROM lazaret.crate WHERE name = ?", name.collisionKey())
        .orElse(0L);
  }

  @Override
  public Optional<StoredCrate> crate(CrateName name) {
    return crateColumn(name, "record", StoredCrateCodec::decode);
  }

  @Override
  public Optional<Freshness> freshness(CrateName name) {
    return crateColumn(name, "freshness", FreshnessCodec::decode);
  }

  @Override
  public Optional<IndexView> view(CrateName name) {
    return crateColumn(name, "view", data -> ViewCodec.decode(data, data.length));
  }

  @Override
  public Optional<CrateSummary> summary(CrateName name) {
    return crateColumn(name, "summary", SummaryCodec::decode);
  }

  private Optional<StoredArtifact> stored(Sha256 cksum) {
    return reads()
        .find(
            "SELECT record FROM lazaret.artifact WHERE sha256 = ?",
            StoredArtifact::decode,
            cksum.bytes());
  }

  @Override
  public OptionalLong artifactBytes(Sha256 cksum) {
    return stored(cksum).stream().mapToLong(StoredArtifact::bytes).findFirst();
  }

  @Override
  public boolean hasArtifact(Sha256 cksum) {
    return stored(cksum).isPresent();
  }

  @Override
  public Optional<CrateId> artifactId(Sha256 cksum) {
    return stored(cksum).map(StoredArtifact::id);
  }

  @Override
  public Optional<Findings> findings(Sha256 cksum) {
    return reads()
        .find(
            "SELECT record FROM lazaret.findings WHERE sha256 = ?",
            FindingsCodec::decode,
            cksum.bytes())
        .flatMap(found -> found);
  }

  @Override
  public Map<Sha256, Findings> findingsOf(Collection<Sha256> cksums) {
    return reads().findingsOf(cksums);
  }

  @Override
  public List<Decision> decisions(CrateName name) {
    return reads().decisions(name);
  }

  @Override
  public Optional<QueuedRequest> request(CrateName name, CrateVersion version) {
    return reads()
        .find(
            "SELECT record FROM lazaret.request WHERE name = ? AND version = ?",
            RequestCodec::decode,
            name.collisionKey(),
            version.text());
  }

  @Override
  public Optional<Token> token(Sha256 secretHash) {
    return reads()
        .find(
            "SELECT record FROM lazaret.token WHERE sha256 = ?",
            TokenCodec::decode,
            secretHash.bytes());
  }

  @Override
  public List<Token> tokens() {
    return reads().list("SELECT record FROM lazaret.token", TokenCodec::decode).stream()
        .sorted(Comparator.comparing(Token::created).thenComparing(Token::name))
        .toList();
  }

  @Override
  public List<StoredFeed> feeds() {
    return reads().list("SELECT record FROM lazaret.feed ORDER BY name", FeedCodec::decode);
  }

  @Override
  public List<RecordedVerdict> verdicts(CrateName name) {
    return reads()
        .list(
            "SELECT record FROM lazaret.verdict WHERE name = ? ORDER BY version, second, nano",
            VerdictCodec::decode,
            name.collisionKey());
  }

  @Override
  public Optional<SeenLockfile> lockfile(Sha256 digest) {
    return reads()
        .find(
            "SELECT record FROM lazaret.lockfile WHERE sha256 = ?",
            LockfileCodec::decode,
            digest.bytes());
  }

  @Override
  public Optional<ArtifactUse> artifactUse(Sha256 cksum) {
    return reads()
        .number("SELECT day FROM lazaret.artifact_use WHERE sha256 = ?", cksum.bytes())
        .map(day -> new ArtifactUse(cksum, LocalDate.ofEpochDay(day)));
  }

  @Override
  public Optional<RemovedArtifact> removedArtifact(Sha256 cksum) {
    return reads()
        .find(
            "SELECT record FROM lazaret.removed_artifact WHERE sha256 = ?",
            RemovedArtifactCodec::decode,
            cksum.bytes());
  }

  @Override
  public Optional<Bytes> meta(String name) {
    return reads().find("SELECT value FROM lazaret.meta WHERE name = ?", MetaCodec::decode, name);
  }

  @Override
  public Optional<LedgerEntry> ledgerHead() {
    return reads()
        .find(
            "SELECT record FROM lazaret.ledger ORDER BY sequence DESC LIMIT 1",
            LedgerCodec::decode);
  }

  @Override
  public DeskRows deskRows() {
    return new PostgresDeskRows(connections());
  }

  @Override
  public Snapshots snapshots() {
    return new PostgresSnapshots(connections(), reads());
  }

  @Override
  public Stream<String> names() {
    return names("");
  }

  @Override
  public Stream<String> names(String from) {
    return reads()
        .texts(
            "SELECT name FROM lazaret.crate WHERE freshness IS NOT NULL AND name >= ? ORDER BY name",
            PAGE,
            from);
  }

  @Override
  public Stream<String> metaNames() {
    return reads().texts("SELECT name FROM lazaret.meta ORDER BY name", PAGE);
  }

  @Override
  public Stream<Findings> allFindings() {
    return reads().stream(
            "SELECT record FROM lazaret.findings ORDER BY sha256",
            CRATES_PAGE,
            FindingsCodec::decode)
        .flatMap(Optional::stream);
  }

  @Override
  public Stream<StoredCrate> crates() {
    return reads().stream(
        "SELECT record FROM lazaret.crate WHERE record IS NOT NULL ORDER BY name",
        CRATES_PAGE,
        StoredCrateCodec::decode);
  }

  @Override
  public Stream<Sha256> artifacts(Sha256 from) {
    return reads().stream(
        "SELECT sha256 FROM lazaret.artifact WHERE sha256 >= ? ORDER BY sha256",
        PAGE,
        Sha256::fromDigest,
        from.bytes());
  }

  @Override
  public Stream<LedgerEntry> ledger(long after) {
    return reads().ledger(after);
  }

  @Override
  public Stream<QueuedRequest> requests() {
    return reads().stream(
        "SELECT record FROM lazaret.request ORDER BY name, version", PAGE, RequestCodec::decode);
  }

  @Override
  public Stream<RecordedVerdict> verdicts() {
    return reads().stream(
        "SELECT record FROM lazaret.verdict ORDER BY name, version, second, nano",
        PAGE,
        VerdictCodec::decode);
  }

  @Override
  public Stream<SeenLockfile> lockfiles() {
    return reads().stream(
        "SELECT record FROM lazaret.lockfile ORDER BY sha256", CRATES_PAGE, LockfileCodec::decode);
  }

  @Override
  public Stream<ArtifactUse> artifactUses() {
    return connections().stream(RecordReads.USES);
  }

  @Override
  public Stream<RemovedArtifact> removedArtifacts() {
    return reads().stream(
        "SELECT record FROM lazaret.removed_artifact ORDER BY sha256",
        PAGE,
        RemovedArtifactCodec::decode);
  }

  @Override
  public Stream<DownloadRecord> accesses() {
    return reads().accesses("ORDER BY day, name, version, sha256, token, address");
  }

  @Override
  public void accesses(CrateName name, CrateVersion version, DownloadListener listener) {
    try (Stream<DownloadRecord> all =
        reads()
            .accesses(
                "WHERE name = ? AND version = ? ORDER BY day DESC, sha256, token, address",
                name.collisionKey(),
                version.text())) {
      boolean _ = all.allMatch(listener::downloaded);
    }
  }

  @Override
  public Stream<DownloadRecord> accesses(LocalDate day, CrateName name, CrateVersion version) {
    return reads()
        .accesses(
            "WHERE day = ? AND name = ? AND version = ? ORDER BY sha256, token, address",
            day.toEpochDay(),
            name.collisionKey(),
            version.text());
  }
}
