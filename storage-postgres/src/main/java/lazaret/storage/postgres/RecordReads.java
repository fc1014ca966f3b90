package lazaret.storage.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.RowQuery;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.StoredCrateCodec;
import lazaret.storage.record.ViewCodec;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The reads of records. Bytes are read with a connection and decoded without it. Thread-safe.
final class RecordReads {
  private static final System.Logger LOG = System.getLogger(RecordReads.class.getName());

  private static final int LEDGER_PAGE = 500;
  private static final int ACCESS_PAGE = 1_000;

  /// One statement, so that all rows belong to one state: the row of the crate, then its decisions.
  private static final String CRATE =
      """
      SELECT 0 AS kind, revision AS number, record, freshness, view FROM lazaret.crate
      WHERE name = ? AND record IS NOT NULL AND freshness IS NOT NULL
      UNION ALL
      SELECT 1, sequence, record, NULL, NULL FROM lazaret.ledger WHERE crate = ?
      ORDER BY kind, number
      """;

  /// All uses of artifacts, in their order.
  static final RowQuery<ArtifactUse> USES =
      new RowQuery<>(
          "SELECT sha256, day FROM lazaret.artifact_use ORDER BY sha256",
          ACCESS_PAGE,
          row ->
              new ArtifactUse(
                  Sha256.fromDigest(row.getBytes(1)), LocalDate.ofEpochDay(row.getLong(2))),
          List.of());

  private final PostgresConnections connections;

  RecordReads(PostgresConnections connections) {
    this.connections = connections;
  }

  /// A row of [#CRATE].
  @SuppressWarnings("ArrayRecordComponent") // decoded at once, never compared
  private record CrateRow(
      int kind, long number, byte[] record, byte @Nullable [] freshness, byte @Nullable [] view) {}

  private static byte[] bytes(ResultSet row) throws SQLException {
    return row.getBytes(1);
  }

  /// Finds a record.
  ///
  /// @param sql a query whose first column is the record, which is not null
  <T> Optional<T> find(String sql, Function<byte[], T> decode, Object... key) {
    return connections
        .read(connection -> connection.find(sql, RecordReads::bytes, key))
        .map(decode);
  }

  /// Lists records.
  <T> List<T> list(String sql, Function<byte[], T> decode, Object... parameters) {
    List<byte[]> found =
        connections.read(connection -> connection.list(sql, RecordReads::bytes, parameters));
    return found.stream().map(decode).toList();
  }

  /// Streams records.
  ///
  /// @param page the number of records that are in memory at a time
  <T> Stream<T> stream(String sql, int page, Function<byte[], T> decode, Object... parameters) {
    return connections.stream(new RowQuery<>(sql, page, RecordReads::bytes, List.of(parameters)))
        .map(decode);
  }

  /// Streams texts.
  Stream<String> texts(String sql, int page, Object... parameters) {
    return connections.stream(
        new RowQuery<>(sql, page, row -> row.getString(1), List.of(parameters)));
  }

  /// Finds a number.
  Optional<Long> number(String sql, Object... key) {
    return connections.read(connection -> connection.find(sql, row -> row.getLong(1), key));
  }

  /// Finds the rows of a crate with the findings of its artifacts. Findings are facts about bytes,
  /// so that those of a later state do no harm.
  ///
  /// @throws StoreException with code `store-corrupt` if a row is damaged
  Optional<CrateRecords> records(CrateName name) {
    String key = name.collisionKey();
    List<CrateRow> rows =
        connections.read(
            connection ->
                connection.list(
                    CRATE,
                    row ->
                        new CrateRow(
                            row.getInt(1),
                            row.getLong(2),
                            row.getBytes(3),
                            row.getBytes(4),
                            row.getBytes(5)),
                    key,
                    key));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    CrateRow first = rows.getFirst();
    byte[] freshness = first.freshness();
    byte[] view = first.view();
    if (first.kind() != 0 || freshness == null) {
      return Optional.empty();
    }
    StoredCrate crate = StoredCrateCodec.decode(first.record());
    return Optional.of(
        new CrateRecords(
            crate,
            FreshnessCodec.decode(freshness),
            view == null ? null : ViewCodec.decode(view, view.length),
            rows.stream().skip(1).flatMap(row -> decision(row.record())).toList(),
            findingsOf(CrateRecords.digests(crate)),
            first.number()));
  }

  List<Decision> decisions(CrateName name) {
    List<byte[]> found =
        connections.read(
            connection ->
                connection.list(
                    "SELECT record FROM lazaret.ledger WHERE crate = ? ORDER BY sequence",
                    RecordReads::bytes,
                    name.collisionKey()));
    return found.stream().flatMap(RecordReads::decision).toList();
  }

  private static Stream<Decision> decision(byte[] record) {
    return LedgerCodec.decode(record).event() instanceof Decision decision
        ? Stream.of(decision)
        : Stream.empty();
  }

  Map<Sha256, Findings> findingsOf(Collection<Sha256> cksums) {
    if (cksums.isEmpty()) {
      return Map.of();
    }
    List<byte[]> found =
        connections.read(
            connection ->
                connection.list(
                    "SELECT record FROM lazaret.findings WHERE sha256 = ANY(?)",
                    RecordReads::bytes,
                    RowTable.digests(connection, cksums)));
    Map<Sha256, Findings> all = new HashMap<>();
    for (byte[] record : found) {
      try {
        FindingsCodec.decode(record).ifPresent(each -> all.put(each.sha256(), each));
      } catch (StoreException e) {
        if (e.code() != ErrorCode.STORE_CORRUPT) {
          throw e;
        }
        LOG.log(System.Logger.Level.ERROR, "damaged findings are made again: {0}", e.getMessage());
      }
    }
    return Map.copyOf(all);
  }

  /// Streams the downloads that a condition selects.
  ///
  /// @param rest the text of the query after the name of the table
  Stream<DownloadRecord> accesses(String rest, Object... parameters) {
    return connections.stream(accessQuery(rest, parameters));
  }

  static RowQuery<DownloadRecord> accessQuery(String rest, Object... parameters) {
    return new RowQuery<>(
        "SELECT day, published, version, sha256, token, address, count FROM lazaret.access " + rest,
        ACCESS_PAGE,
        RecordReads::access,
        List.of(parameters));
  }

  private static DownloadRecord access(ResultSet row) throws SQLException {
    return new DownloadRecord(
        LocalDate.ofEpochDay(row.getLong(1)),
        new CrateId(
            CrateName.parse(row.getString(2)),
            CrateVersion.parse(row.getString(3)),
            Sha256.fromDigest(row.getBytes(4))),
        row.getString(5),
        row.getString(6),
        row.getLong(7));
  }

  /// Streams the ledger after a sequence, up to its present end. Entries never change, so that
  /// pages that are read one after the other are one state.
  Stream<LedgerEntry> ledger(long after) {
    long end = number("SELECT ledger_sequence FROM lazaret.cluster").orElse(0L);
    return StreamSupport.stream(new LedgerPages(after, end), false)
        .flatMap(List::stream)
        .map(LedgerCodec::decode);
  }

  /// The pages of a part of the ledger.
  private final class LedgerPages extends Spliterators.AbstractSpliterator<List<byte[]>> {
    private final long end;
    private long reached;

    LedgerPages(long after, long end) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.reached = after;
      this.end = end;
    }

    @Override
    public boolean tryAdvance(Consumer<? super List<byte[]>> action) {
      if (reached >= end) {
        return false;
      }
      List<byte[]> page = new ArrayList<>();
      long last = 0;
      for (LedgerRow row : page()) {
        page.add(row.record());
        last = row.sequence();
      }
      if (page.isEmpty()) {
        return false;
      }
      reached = last;
      action.accept(page);
      return true;
    }

    private List<LedgerRow> page() {
      return connections.read(
          connection ->
              connection.list(
                  "SELECT sequence, record FROM lazaret.ledger WHERE sequence > ?"
                      + " AND sequence <= ? ORDER BY sequence LIMIT "
                      + LEDGER_PAGE,
                  row -> new LedgerRow(row.getLong(1), row.getBytes(2)),
                  reached,
                  end));
    }
  }

  /// An entry of the ledger, as it is stored.
  @SuppressWarnings("ArrayRecordComponent") // decoded at once, never compared
  private record LedgerRow(long sequence, byte[] record) {}
}
