package lazaret.storage.postgres;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.schema.SchemaMode;
import lazaret.storage.postgres.schema.SchemaVersions;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Leases;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.gate.store.WriterLocks;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;

/// The vetted store on PostgreSQL and an object store, which several nodes share. Thread-safe.
/// After [#close] every method throws [StoreException].
public final class PostgresStore extends PostgresReads {
  /// The limit of a wait for another writer of a crate, which may wait for the database longer. It
  /// is that of a read, after which no request waits.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Parts parts;
  private final RecordReads reads;
  private final KeptCounts counts;
  private final UsedBytes used;
  private final CommitWriter commits;
  private final WriterLocks locks = new WriterLocks(LONGEST_WAIT);
  private final AtomicBoolean closed = new AtomicBoolean();

  /// The parts of a store. Closing it closes them.
  ///
  /// @param connections whose database [PostgresStore#prepare] has prepared
  /// @param clock dates backups
  public record Parts(
      PostgresConnections connections, ArtifactObjects objects, PostgresNode node, Clock clock) {}

  /// Creates a store of prepared parts.
  public PostgresStore(Parts parts) {
    this.parts = parts;
    PostgresConnections connections = parts.connections();
    reads = new RecordReads(connections);
    counts = new KeptCounts(connections);
    used = new UsedBytes(connections);
    commits =
        new CommitWriter(
            new CommitWriter.Parts(
                connections,
                parts.objects(),
                parts.node(),
                counts,
                SchemaVersions.of(connections).program()));
  }

  /// Makes sure that a database has the schema, and that it is the primary of the cluster in which
  /// the store was created.
  ///
  /// @throws StoreException with code `store-unusable` if this program cannot use it
  public static void prepare(PostgresConnections connections, SchemaMode mode) {
    SchemaVersions.of(connections).prepare(mode);
    record Identity(long systemIdentifier, int timeline) {}
    Identity stored =
        connections.read(
            connection ->
                connection
                    .find(
                        "SELECT system_identifier, timeline FROM lazaret.cluster",
                        row -> new Identity(row.getLong(1), row.getInt(2)))
                    .orElseThrow(
                        () ->
                            new StoreException(
                                ErrorCode.STORE_UNUSABLE,
                                "cannot open the store in PostgreSQL: expected one row in"
                                    + " 'cluster', found none; restore a backup",
                                null)));
    connections.require(stored.systemIdentifier(), stored.timeline());
    int timeline = connections.timeline();
    if (timeline > stored.timeline()) {
      var _ =
          connections.write(
              Batch.Durability.SYNCED,
              connection ->
                  connection.update(
                      "UPDATE lazaret.cluster SET timeline = ? WHERE timeline < ?",
                      timeline,
                      timeline));
    }
  }

  @Override
  PostgresConnections connections() {
    return parts.connections();
  }

  @Override
  RecordReads reads() {
    return reads;
  }

  @Override
  public long nextRevision() {
    return commits.nextRevision();
  }

  @Override
  public Counts counts() {
    return counts.read();
  }

  @Override
  public Optional<Bytes> artifact(Sha256 cksum) {
    parts.connections().requireOpen();
    return parts.objects().read(cksum);
  }

  @Override
  public List<LedgerEntry> commit(Batch batch) {
    return locks.commitShared(batch, commits::commit);
  }

  @Override
  public BulkWriter bulk() {
    return new PostgresBulk(parts.connections(), parts.objects(), counts, locks);
  }

  @Override
  public WriterLocks locks() {
    return locks;
  }

  @Override
  public <T> T serially(WriteScope scope, Supplier<T> action) {
    return locks.serially(
        scope,
        each ->
            reads
                .number("SELECT number FROM lazaret.revision WHERE scope = ?", each.name())
                .orElse(0L),
        action);
  }

  @Override
  public Leases leases() {
    return parts.node().leases();
  }

  @Override
  public Optional<SharedState> shared() {
    return Optional.of(parts.node().shared());
  }

  @Override
  public List<String> checkEngine() {
    return PostgresCheck.run(parts.connections());
  }

  @Override
  public StoreCondition condition() {
    return parts.node().condition();
  }

  @Override
  public Optional<LedgerEntry> acceptLoss(Event event) {
    return Optional.of(event).filter(_ -> condition().withholds()).map(commits::acceptLoss);
  }

  /// Returns the bytes of the object store and of the database. The free ones are not known.
  @Override
  public DiskUsage diskUsage() {
    return new DiskUsage(used.read(), Long.MAX_VALUE, parts.objects().admits());
  }

  @Override
  public Optional<ErrorCode> refusedDecision() {
    return commits.refusal();
  }

  @Override
  public long backup(Path folder) {
    return PostgresBackup.write(
        parts.connections(), parts.objects(), folder, parts.clock().instant());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      parts.node().close();
      parts.objects().close();
      parts.connections().close();
    }
  }
}
