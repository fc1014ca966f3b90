package lazaret.storage.postgres.node;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.TransactionOutcome;
import lazaret.storage.provider.StoreSettings;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.ClusterNode;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The rows of the tables `node` and `change`, as one node reads and writes them. Thread-safe;
/// blocks.
final class NodeRows {
  /// The condition of a row of `node` that can serve. Times are those of the database.
  private static final String LIVE =
      "at > clock_timestamp()"
          + " - greatest(10000, 10 * max_staleness_ms) * interval '1 millisecond'";

  private static final String CLUSTER =
      """
      SELECT id, system_identifier, counter, losses, max_staleness_ms FROM lazaret.cluster
      WHERE one FOR UPDATE
      """;

  private static final String REGISTER =
      """
      INSERT INTO lazaret.node
        (instance, name, program, product, started, beat, at, applied, max_staleness_ms, policy)
      VALUES (?, ?, ?, ?, clock_timestamp(), 0, clock_timestamp(), ?, ?, '')
      RETURNING id
      """;

  private static final String REGISTER_AGAIN =
      """
      INSERT INTO lazaret.node
        (id, instance, name, program, product, started, beat, at, applied, max_staleness_ms, policy)
      OVERRIDING SYSTEM VALUE
      VALUES (?, ?, ?, ?, ?, clock_timestamp(), 0, clock_timestamp(), ?, ?, '')
      """;

  /// One statement, so that it costs one commit. It sees the counter as it was when it began.
  ///
  /// Both tables have one row. The limits say so to the planner, which assumes hundreds in a table
  /// without statistics: the server would compile the statement for a tenth of a second, each time.
  static final String BEAT =
      """
      WITH beat AS (
          UPDATE lazaret.node
          SET beat = beat + 1, at = clock_timestamp(), applied = ?, reads_through = ?::bigint,
            policy = ?
          WHERE id = ? AND instance = ? RETURNING id)
      SELECT (SELECT count(*) FROM beat), c.counter, c.change_floor, c.flip_lease, c.losses,
        c.ledger_sequence, c.ledger_hash,
        (SELECT l.batch FROM lazaret.commit_log l WHERE l.counter = c.counter),
        clock_timestamp(), pg_postmaster_start_time(), s.oldest_program, c.max_staleness_ms
      FROM (SELECT * FROM lazaret.cluster LIMIT 1) c,
        (SELECT * FROM lazaret.schema_state LIMIT 1) s
      """;

  /// One statement, so that no change is dropped between both reads. There is a row in any case.
  static final String CHANGES =
      """
      SELECT f.change_floor, c.counter, c.kind, c.key, c.node
      FROM (SELECT * FROM lazaret.cluster LIMIT 1) f LEFT JOIN lazaret.change c
        ON (c.counter > ? AND c.counter <= ?) OR c.counter = ANY (?)
      ORDER BY c.counter, c.kind, c.key LIMIT ?
      """;

  /// The commits of this role that wait for a standby for longer than usual.
  private static final String WAITS =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND wait_event = 'SyncRep'
        AND state_change < clock_timestamp() - interval '3 s'
      """;

  private final PostgresConnections connections;
  private final StoreSettings.Node settings;
  private final UUID instance = UUID.randomUUID();
  private final int program;
  private final Registration registration;

  /// A node that is registered.
  ///
  /// @param id the number of the node, which no other one ever had
  /// @param cluster the id of the cluster
  /// @param systemIdentifier that of the database in which the cluster was created
  /// @param counter the decision counter at the registration
  /// @param losses the number of accepted losses
  record Registration(int id, UUID cluster, long systemIdentifier, long counter, int losses) {}

  /// The state that a node reports with a beat.
  ///
  /// @param applied the number of the last change that it applied
  /// @param readsThrough the announcement of a snapshot for which it refreshes before each answer;
  ///   null if it does for none
  record Report(long applied, @Nullable Long readsThrough, String policy) {}

  /// The result of a beat.
  ///
  /// @param registered whether the row of the node exists
  /// @param position the end of the order of commits
  /// @param floor changes up to this number were dropped
  /// @param flip the number of the announcement of a snapshot; 0 if there is none
  /// @param now the time of the database
  /// @param started the start of the server
  /// @param oldestProgram the generation of the oldest program that may use the schema
  /// @param stalenessMillis the maximum staleness of all nodes
  record Beat(
      boolean registered,
      Position position,
      long floor,
      long flip,
      Instant now,
      Instant started,
      int oldestProgram,
      long stalenessMillis) {
    /// The end of the order of commits.
    ///
    /// @param sequence the sequence of the last ledger entry; 0 if there is none
    /// @param hash the hash of that entry
    /// @param batch the identity of the last commit; null if it is not known any more
    record Position(long counter, int losses, long sequence, Sha256 hash, @Nullable UUID batch) {}
  }

  /// A change with its number.
  ///
  /// @param node the number of the node that made it
  record Numbered(long counter, StoreChange change, int node) {}

  /// Changes in their order.
  ///
  /// @param floor changes up to this number were dropped
  record Changes(long floor, List<Numbered> all) {}

  /// Registers a node.
  ///
  /// @throws StoreException with code `store-unusable` if live nodes have another maximum staleness
  NodeRows(PostgresConnections connections, StoreSettings.Node settings, int program) {
    this.connections = connections;
    this.settings = settings;
    this.program = program;
    this.registration = written(this::register);
  }

  private <T> T written(PostgresConnections.Work<T> work) {
    return written(connections, work);
  }

  /// Executes work in a transaction whose outcome is known.
  ///
  /// @throws StoreException with code `store-unavailable` if it is not
  static <T> T written(PostgresConnections connections, PostgresConnections.Work<T> work) {
    return switch (connections.write(Batch.Durability.SYNCED, work)) {
      case TransactionOutcome.Committed<T>(var value) -> value;
      case TransactionOutcome.Unknown<T>(_, var why) ->
          throw new StoreException(
              ErrorCode.STORE_UNAVAILABLE,
              "cannot write to the store in PostgreSQL: %s; try again".formatted(why),
              null);
    };
  }

  private Registration register(PostgresConnection connection) throws SQLException {
    record Cluster(UUID id, long systemIdentifier, long counter, int losses, long staleness) {}
    Cluster cluster =
        connection
            .find(
                CLUSTER,
                row ->
                    new Cluster(
                        row.getObject(1, UUID.class),
                        row.getLong(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getLong(5)))
            .orElseThrow(() -> unusable("expected one row in 'cluster', found none"));
    int staleness = staleness();
    if (cluster.staleness() != staleness) {
      requireAlone(connection, cluster.staleness());
      int _ =
          connection.update("UPDATE lazaret.cluster SET max_staleness_ms = ? WHERE one", staleness);
    }
    int id =
        connection
            .find(
                REGISTER,
                row -> row.getInt(1),
                instance,
                settings.name(),
                program,
                settings.product(),
                cluster.counter(),
                staleness)
            .orElseThrow();
    return new Registration(
        id, cluster.id(), cluster.systemIdentifier(), cluster.counter(), cluster.losses());
  }

  private int staleness() {
    return Math.toIntExact(settings.maxStaleness().toMillis());
  }

  /// All nodes have the same maximum staleness: the time at which a denial is in force rests on it.
  private void requireAlone(PostgresConnection connection, long staleness) throws SQLException {
    List<String> others =
        connection.list(
            "SELECT name FROM lazaret.node WHERE " + LIVE + " ORDER BY name LIMIT 1",
            row -> row.getString(1));
    if (!others.isEmpty()) {
      throw unusable(
          "expected 'cluster.max-staleness' of %d ms as on node '%s', found %d ms; configure all nodes alike, or stop the others and wait %d s"
              .formatted(staleness, others.getFirst(), staleness(), Math.max(10, staleness / 100)));
    }
  }

  private static StoreException unusable(String why) {
    return new StoreException(
        ErrorCode.STORE_UNUSABLE, "cannot open the store in PostgreSQL: " + why, null);
  }

  Registration registration() {
    return registration;
  }

  /// Returns the identity of this process.
  UUID instance() {
    return instance;
  }

  /// Writes a beat. When this returns, the standby for which commits wait has it.
  ///
  /// @throws StoreException with code `store-unavailable` if the database does not confirm it
  Beat beat(Report report) {
    return connections.beat(
        connection ->
            connection
                .listCommitted(
                    BEAT,
                    NodeRows::beat,
                    report.applied(),
                    report.readsThrough(),
                    report.policy(),
                    registration.id(),
                    instance)
                .getFirst());
  }

  private static Beat beat(ResultSet row) throws SQLException {
    return new Beat(
        row.getLong(1) > 0,
        new Beat.Position(
            row.getLong(2),
            row.getInt(5),
            row.getLong(6),
            Sha256.fromDigest(row.getBytes(7)),
            row.getObject(8, UUID.class)),
        row.getLong(3),
        row.getLong(4),
        instant(row, 9),
        instant(row, 10),
        row.getInt(11),
        row.getLong(12));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /// Returns whether commits wait for a standby that does not confirm them. A beat would wait as
  /// well, and leave a process of the server behind each time that its connection is closed.
  boolean isStandbyAwaited() {
    return connections.beat(connection -> connection.list(WAITS, row -> row.getLong(1)).getFirst())
        > 0;
  }

  /// Writes the row of this node again after it was removed.
  void registerAgain(long applied) {
    int _ =
        written(
            connection ->
                connection.update(
                    REGISTER_AGAIN,
                    registration.id(),
                    instance,
                    settings.name(),
                    program,
                    settings.product(),
                    applied,
                    staleness()));
  }

  /// Reads changes in their order.
  ///
  /// @param after the number of the last change that is known
  /// @param upTo the number of the last change to read
  /// @param doubted further numbers, which may be known
  /// @param most the maximum number of changes
  Changes changes(long after, long upTo, List<Long> doubted, int most) {
    record Row(long floor, @Nullable Numbered change) {}
    List<Row> found =
        connections.beat(
            connection ->
                connection.list(
                    CHANGES,
                    row -> new Row(row.getLong(1), numbered(row)),
                    after,
                    upTo,
                    connection.array("int8", doubted.toArray(Long[]::new)),
                    most));
    List<Numbered> all = new ArrayList<>();
    for (Row row : found) {
      Numbered change = row.change();
      if (change != null) {
        all.add(change);
      }
    }
    return new Changes(found.getFirst().floor(), all);
  }

  /// Returns the change of a row; null if it has none.
  private static @Nullable Numbered numbered(ResultSet row) throws SQLException {
    String key = row.getString(4);
    return key == null
        ? null
        : new Numbered(
            row.getLong(2),
            new StoreChange(StoreChange.Kind.of(row.getInt(3)), key),
            row.getInt(5));
  }

  /// Returns all nodes by name.
  List<ClusterNode> nodes() {
    return connections.read(
        connection ->
            connection.list(
                """
                SELECT instance, name, product, started, at, applied, policy, %s
                FROM lazaret.node ORDER BY name, id
                """
                    .formatted(LIVE),
                row ->
                    new ClusterNode(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        instant(row, 4),
                        instant(row, 5),
                        row.getLong(6),
                        row.getString(7),
                        row.getBoolean(8))));
  }

  /// Returns the announcements of snapshots.
  FlipRows flips() {
    return new FlipRows(connections);
  }

  /// Looks for the primary again at the next connection.
  void renew() {
    connections.renew();
  }

  /// Removes the row of this node, and its leases.
  void leave() {
    int _ =
        written(
            connection ->
                connection.update("DELETE FROM lazaret.lease WHERE holder = ?", instance)
                    + connection.update(
                        "DELETE FROM lazaret.node WHERE id = ?", registration.id()));
  }

  Duration maxStaleness() {
    return settings.maxStaleness();
  }

  int program() {
    return program;
  }
}
