package lazaret.storage.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.RowQuery;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.RemovedArtifactCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.SnapshotCodec;
import lazaret.storage.record.SnapshotCrateCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.storage.record.SummaryCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.storage.record.VerdictCodec;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.snapshot.SnapshotCrate;
import org.jspecify.annotations.Nullable;

/// The checks of the database itself: each record can be decoded, and rows that belong together
/// agree. Index files, views and artifacts are compared by the caller. PostgreSQL checks its own
/// pages.
final class PostgresCheck {
  private static final int MAX_FAULTS = 100;
  private static final int PAGE = 200;

  private static final Map<String, Consumer<byte[]>> READERS = readers();

  private static final String LEDGER_GAPS =
      """
      SELECT c.ledger_sequence, (SELECT count(*) FROM lazaret.ledger),
        (SELECT coalesce(max(sequence), 0) FROM lazaret.ledger),
        c.ledger_sequence = 0 OR EXISTS (SELECT FROM lazaret.ledger AS l
          WHERE l.sequence = c.ledger_sequence AND l.hash = c.ledger_hash)
      FROM (SELECT * FROM lazaret.cluster LIMIT 1) AS c
      """;

  private static final String WITHOUT_OBJECT =
      """
      SELECT a.sha256 FROM lazaret.artifact AS a
      LEFT JOIN lazaret.object AS o ON o.sha256 = a.sha256 AND o.generation = a.generation
      WHERE o.state IS DISTINCT FROM 1 ORDER BY a.sha256
      """;

  private final PostgresConnections connections;
  private final List<String> faults = new ArrayList<>();

  private PostgresCheck(PostgresConnections connections) {
    this.connections = connections;
  }

  /// Returns the queries for records and what decodes them.
  private static Map<String, Consumer<byte[]>> readers() {
    Map<String, Consumer<byte[]>> readers = new LinkedHashMap<>();
    readers.put("SELECT value FROM lazaret.meta ORDER BY name", MetaCodec::decode);
    readers.put(
        "SELECT freshness FROM lazaret.crate WHERE freshness IS NOT NULL ORDER BY name",
        FreshnessCodec::decode);
    readers.put(
        "SELECT summary FROM lazaret.crate WHERE summary IS NOT NULL ORDER BY name",
        SummaryCodec::decode);
    readers.put("SELECT record FROM lazaret.artifact ORDER BY sha256", StoredArtifact::decode);
    readers.put("SELECT record FROM lazaret.findings ORDER BY sha256", FindingsCodec::decode);
    readers.put("SELECT record FROM lazaret.request ORDER BY name, version", RequestCodec::decode);
    readers.put("SELECT record FROM lazaret.token ORDER BY sha256", TokenCodec::decode);
    readers.put("SELECT value FROM lazaret.desk_row ORDER BY tab, key", MetaCodec::decode);
    readers.put("SELECT record FROM lazaret.feed ORDER BY name", FeedCodec::decode);
    readers.put(
        "SELECT record FROM lazaret.verdict ORDER BY name, version, second, nano",
        VerdictCodec::decode);
    readers.put("SELECT record FROM lazaret.lockfile ORDER BY sha256", LockfileCodec::decode);
    readers.put(
        "SELECT record FROM lazaret.removed_artifact ORDER BY sha256",
        RemovedArtifactCodec::decode);
    readers.put("SELECT record FROM lazaret.snapshot ORDER BY sequence", SnapshotCodec::decode);
    return readers;
  }

  /// Returns one sentence per fault, at most [#MAX_FAULTS].
  static List<String> run(PostgresConnections connections) {
    connections.requireOpen();
    var check = new PostgresCheck(connections);
    READERS.forEach(check::records);
    check.accesses();
    check.ledger();
    check.snapshots();
    check.counts();
    check.objects();
    return List.copyOf(check.faults);
  }

  private void records(String sql, Consumer<byte[]> reader) {
    each(new RowQuery<>(sql, PAGE, row -> row.getBytes(1), List.of()), reader);
  }

  private void accesses() {
    try (var all =
        connections.stream(
            RecordReads.accessQuery("ORDER BY day, name, version, sha256, token, address"))) {
      all.filter(access -> access.count() < 1)
          .forEach(access -> fault("a download of " + access.id() + " has no count"));
    } catch (LazaretException e) {
      fault(e);
    }
  }

  /// An entry of the ledger with the columns that follow from it.
  @SuppressWarnings("ArrayRecordComponent") // decoded at once, never compared
  private record LedgerRow(long sequence, Sha256 hash, @Nullable String crate, byte[] record) {}

  private void ledger() {
    each(
        new RowQuery<LedgerRow>(
            "SELECT sequence, hash, crate, record FROM lazaret.ledger ORDER BY sequence",
            PAGE,
            row ->
                new LedgerRow(
                    row.getLong(1),
                    Sha256.fromDigest(row.getBytes(2)),
                    row.getString(3),
                    row.getBytes(4)),
            List.of()),
        row -> {
          LedgerEntry entry = LedgerCodec.decode(row.record());
          String crate =
              entry.event() instanceof Decision decision
                  ? decision.id().name().collisionKey()
                  : null;
          if (entry.sequence() != row.sequence()
              || !entry.hash().equals(row.hash())
              || !Objects.equals(crate, row.crate())) {
            fault("the columns of ledger entry " + row.sequence() + " differ from its record");
          }
        });
  }

  /// A row of a snapshot.
  @SuppressWarnings("ArrayRecordComponent") // decoded at once, never compared
  private record SnapshotRow(String name, long sequence, byte[] record, byte[] leaf) {}

  private void snapshots() {
    each(
        new RowQuery<SnapshotRow>(
            "SELECT name, sequence, record, leaf FROM lazaret.snapshot_crate"
                + " ORDER BY name, sequence",
            PAGE,
            row ->
                new SnapshotRow(row.getString(1), row.getLong(2), row.getBytes(3), row.getBytes(4)),
            List.of()),
        row -> {
          SnapshotCrate crate = SnapshotCrateCodec.decode(row.record());
          Sha256 leaf = crate.gone() ? null : crate.leaf();
          if (!Objects.equals(leaf, SnapshotCrateCodec.decodeLeaf(row.leaf()))) {
            fault("the leaf of " + row.name() + " in snapshot " + row.sequence() + " is wrong");
          }
        });
  }

  /// The numbers of the ledger.
  private record LedgerNumbers(long end, long count, long last, boolean hashed) {}

  private void counts() {
    LedgerNumbers found =
        connections.scan(
            connection ->
                connection
                    .find(
                        LEDGER_GAPS,
                        row ->
                            new LedgerNumbers(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getBoolean(4)))
                    .orElse(new LedgerNumbers(0, 0, 0, false)));
    if (found.count() != found.end() || found.last() != found.end()) {
      fault(
          "the ledger has %d entries up to %d, and its recorded end is %d"
              .formatted(found.count(), found.last(), found.end()));
    } else if (!found.hashed()) {
      fault("the last ledger entry does not have the recorded hash");
    }
  }

  private void objects() {
    each(
        new RowQuery<Sha256>(
            WITHOUT_OBJECT, PAGE, row -> Sha256.fromDigest(row.getBytes(1)), List.of()),
        cksum -> fault("artifact " + cksum + " has no live object"));
  }

  /// Passes all rows on. A row that cannot be decoded is a fault, and the others follow.
  private <T> void each(RowQuery<T> query, Consumer<T> action) {
    try (Stream<T> rows = connections.stream(query)) {
      rows.forEach(
          row -> {
            try {
              action.accept(row);
            } catch (LazaretException e) {
              fault(e);
            }
          });
    } catch (LazaretException e) {
      fault(e);
    }
  }

  private void fault(LazaretException e) {
    // A store that was closed meanwhile, or does not answer, is not a fault and ends the check.
    connections.requireOpen();
    if (e.code() == ErrorCode.STORE_UNAVAILABLE) {
      throw e;
    }
    fault(String.valueOf(e.getMessage()));
  }

  private void fault(String text) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(text);
    }
  }
}
