package lazaret.storage.postgres.object;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.TransactionOutcome;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch.Durability;
import lazaret.vetting.gate.store.StoreException;

/// The rows of uploads. Times are those of the database. A batch of the store makes a row live, and
/// dead when it drops the artifact; this class does the rest. Thread-safe; blocks.
final class ObjectRows {
  /// A row of the state `begun` is committed before its upload. An object without a row can
  /// therefore never be named by an artifact.
  private static final String BEGIN =
      """
      INSERT INTO lazaret.object (sha256, generation, state, length, node, at)
      SELECT b.sha256, nextval('lazaret.object_generation'), 0, b.length, ?::int, clock_timestamp()
      FROM unnest(?::bytea[], ?::bigint[]) AS b (sha256, length)
      RETURNING sha256, generation
      """;

  private static final String PLACE =
      """
      SELECT o.sha256, o.generation, o.length
      FROM lazaret.artifact a JOIN lazaret.object o USING (sha256, generation)
      WHERE a.sha256 = ?
      """;

  private static final String ABANDON =
      """
      UPDATE lazaret.object SET state = 2, at = clock_timestamp()
      WHERE sha256 = ? AND generation = ? AND state = 0
      """;

  /// Rows that a commit has locked are left to it.
  private static final String ABANDON_OLD =
      """
      UPDATE lazaret.object SET state = 2, at = clock_timestamp()
      WHERE state = 0 AND (sha256, generation) IN (
        SELECT sha256, generation FROM lazaret.object
        WHERE state = 0 AND at < now() - ?::float8 * interval '1 second'
        ORDER BY at LIMIT ?::int FOR UPDATE SKIP LOCKED)
      """;

  private static final String DEAD =
      """
      SELECT sha256, generation FROM lazaret.object o
      WHERE state = 2 AND at < now() - ?::float8 * interval '1 second'
        AND NOT EXISTS (SELECT FROM lazaret.artifact a
          WHERE a.sha256 = o.sha256 AND a.generation = o.generation)
      ORDER BY at LIMIT ?::int
      """;

  private static final String FORGET =
      """
      DELETE FROM lazaret.object o
      USING unnest(?::bytea[], ?::bigint[]) AS k (sha256, generation)
      WHERE o.sha256 = k.sha256 AND o.generation = k.generation AND o.state = 2
      """;

  private static final String UNNAMED =
      """
      SELECT k.sha256, k.generation
      FROM unnest(?::bytea[], ?::bigint[]) AS k (sha256, generation)
      WHERE NOT EXISTS (SELECT FROM lazaret.object o
        WHERE o.sha256 = k.sha256 AND o.generation = k.generation)
      """;

  /// A change that nothing else waits for. The commit of its transaction waits for the standby.
  private static final String CONFIRM =
      "SELECT version FROM lazaret.schema_state WHERE one FOR SHARE";

  private final PostgresConnections connections;
  private final int node;

  ObjectRows(PostgresConnections connections, int node) {
    this.connections = connections;
    this.node = node;
  }

  /// The object of a stored artifact.
  record Place(ObjectKey.Artifact artifact, int length) {}

  /// Begins an upload of each artifact.
  ///
  /// @return the generations, by digest
  Map<Sha256, Long> begin(Collection<VerifiedCrate> crates) {
    return committed(Durability.SYNCED, connection -> begun(connection, crates));
  }

  /// Gives an upload up, whose bytes are other than they should be, and begins another.
  ///
  /// @return the generation, by digest
  Map<Sha256, Long> beginAgain(ObjectKey.Artifact former, VerifiedCrate crate) {
    return committed(
        Durability.SYNCED,
        connection -> {
          int _ = connection.update(ABANDON, former.cksum().bytes(), former.generation());
          return begun(connection, List.of(crate));
        });
  }

  private Map<Sha256, Long> begun(PostgresConnection connection, Collection<VerifiedCrate> crates)
      throws SQLException {
    byte[][] digests =
        crates.stream().map(crate -> crate.id().cksum().bytes()).toArray(byte[][]::new);
    Long[] lengths =
        crates.stream().map(crate -> (long) crate.bytes().length()).toArray(Long[]::new);
    List<ObjectKey.Artifact> begun =
        connection.list(
            BEGIN,
            ObjectRows::artifact,
            node,
            connection.array("bytea", digests),
            connection.array("int8", lengths));
    Map<Sha256, Long> generations = new HashMap<>();
    begun.forEach(each -> generations.put(each.cksum(), each.generation()));
    return generations;
  }

  /// Returns the object of a stored artifact, or empty if it is not stored.
  Optional<Place> place(Sha256 cksum) {
    return connections.read(
        connection ->
            connection.find(
                PLACE,
                row -> new Place(artifact(row), Math.toIntExact(row.getLong(3))),
                cksum.bytes()));
  }

  /// Gives up uploads that began long ago.
  ///
  /// @return their number
  int abandon(Duration age, int most) {
    return committed(
        Durability.SYNCED, connection -> connection.update(ABANDON_OLD, seconds(age), most));
  }

  /// Returns objects that may be deleted, those first that died first.
  List<ObjectKey.Artifact> dead(Duration age, int most) {
    return confirmed(connection -> connection.list(DEAD, ObjectRows::artifact, seconds(age), most));
  }

  /// Removes the rows of deleted objects.
  void forget(List<ObjectKey.Artifact> deleted) {
    if (!deleted.isEmpty()) {
      // A row that a crash brings back leads to another deletion of the same key.
      int _ =
          committed(
              Durability.RELAXED,
              connection ->
                  connection.update(
                      FORGET, digests(connection, deleted), generations(connection, deleted)));
    }
  }

  /// Returns the objects without a row.
  List<ObjectKey.Artifact> unnamed(List<ObjectKey.Artifact> listed) {
    if (listed.isEmpty()) {
      return List.of();
    }
    return confirmed(
        connection ->
            connection.list(
                UNNAMED,
                ObjectRows::artifact,
                digests(connection, listed),
                generations(connection, listed)));
  }

  private static Array digests(PostgresConnection connection, List<ObjectKey.Artifact> artifacts)
      throws SQLException {
    return connection.array(
        "bytea", artifacts.stream().map(each -> each.cksum().bytes()).toArray(byte[][]::new));
  }

  private static Array generations(
      PostgresConnection connection, List<ObjectKey.Artifact> artifacts) throws SQLException {
    return connection.array(
        "int8", artifacts.stream().map(ObjectKey.Artifact::generation).toArray(Long[]::new));
  }

  private static ObjectKey.Artifact artifact(ResultSet row) throws SQLException {
    return new ObjectKey.Artifact(Sha256.fromDigest(row.getBytes(1)), row.getLong(2));
  }

  private static double seconds(Duration age) {
    return age.toMillis() / 1_000.0;
  }

  /// Reads what allows a deletion. A former primary still answers reads, and does not have the rows
  /// of later uploads; a commit that its standby confirmed shows that it was the primary.
  private <T> T confirmed(PostgresConnections.Work<T> work) {
    return committed(
        Durability.SYNCED,
        connection -> {
          List<Integer> _ = connection.list(CONFIRM, row -> row.getInt(1));
          return work.run(connection);
        });
  }

  private <T> T committed(Durability durability, PostgresConnections.Work<T> work) {
    TransactionOutcome<T> outcome = connections.write(durability, work);
    return switch (outcome) {
      case TransactionOutcome.Committed<T> committed -> committed.value();
      case TransactionOutcome.Unknown<T> unknown ->
          throw new StoreException(
              ErrorCode.STORE_UNAVAILABLE,
              "cannot write to the store in PostgreSQL: " + unknown.why() + "; try again",
              null);
    };
  }
}
