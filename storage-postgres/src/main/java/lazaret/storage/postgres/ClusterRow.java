package lazaret.storage.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.storage.record.LedgerCodec;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The one row `cluster`, which each announced commit locks last. It gives the commit its place in
/// the order of all nodes: the decision counter, and the end of the ledger.
///
/// @param node the number of this node
/// @param program the generation of this program
record ClusterRow(int node, int program) {
  private static final String LOCK =
      """
      SELECT counter, ledger_sequence, ledger_hash, losses FROM lazaret.cluster WHERE one
      FOR UPDATE
      """;

  private static final String LOGGED =
      "SELECT counter FROM lazaret.commit_log WHERE counter = ? AND batch = ?";

  /// One statement for all that an announced batch adds. It changes no row of `cluster` if this
  /// program is too old for the schema.
  private static final String ANNOUNCE =
      """
      WITH entries AS (
          INSERT INTO lazaret.ledger (sequence, hash, crate, record)
          SELECT * FROM unnest(?::bigint[], ?::bytea[], ?::text[], ?::bytea[])),
        changes AS (
          INSERT INTO lazaret.change (counter, kind, key, node)
          SELECT ?::bigint, c.kind, c.key, ?::int
          FROM unnest(?::int[], ?::text[]) AS c (kind, key)),
        logged AS (
          INSERT INTO lazaret.commit_log (counter, batch, ledger_sequence, node, at)
          VALUES (?::bigint, ?::uuid, ?::bigint, ?::int, clock_timestamp()))
      UPDATE lazaret.cluster
      SET counter = ?, ledger_sequence = ?, ledger_hash = ?, losses = ?,
        flip_to = CASE WHEN ? THEN NULL ELSE flip_to END,
        flip_lease = CASE WHEN ? THEN NULL ELSE flip_lease END
      WHERE one AND (SELECT oldest_program FROM lazaret.schema_state) <= ?
      """;

  /// The order of commits up to now.
  ///
  /// @param sequence the sequence of the last ledger entry; 0 if there is none
  /// @param hash the hash of that entry
  record Head(long counter, long sequence, Sha256 hash, int losses) {
    /// Returns the next place, before its ledger entries.
    CommitPosition next(UUID batch) {
      return new CommitPosition(counter + 1, batch, sequence, hash, losses);
    }
  }

  /// The content of an announced commit.
  ///
  /// @param events the events for the ledger
  /// @param changes what other nodes learn
  /// @param flips whether it names the snapshot that is served, which ends its announcement
  record Addition(List<Event> events, List<StoreChange> changes, boolean flips) {
    /// Copies the lists.
    Addition {
      events = List.copyOf(events);
      changes = List.copyOf(changes);
    }
  }

  /// The result of an announced commit.
  record Appended(List<LedgerEntry> entries, CommitPosition position) {}

  /// Locks the row until the end of the transaction.
  Head lock(PostgresConnection connection) throws SQLException {
    return connection
        .find(
            LOCK,
            row ->
                new Head(
                    row.getLong(1),
                    row.getLong(2),
                    Sha256.fromDigest(row.getBytes(3)),
                    row.getInt(4)))
        .orElseThrow(
            () ->
                new StoreException(
                    ErrorCode.STORE_CORRUPT,
                    "cannot use the store in PostgreSQL: expected one row in 'cluster', found"
                        + " none; restore a backup",
                    null));
  }

  /// Adds a commit to the order.
  ///
  /// @param place the choice of its place, from the end of the order
  Appended append(
      PostgresConnection connection, Addition addition, Function<Head, CommitPosition> place)
      throws SQLException {
    CommitPosition start = place.apply(lock(connection));
    List<LedgerEntry> entries = link(start, addition.events());
    CommitPosition end =
        entries.isEmpty()
            ? start
            : new CommitPosition(
                start.counter(),
                start.batch(),
                entries.getLast().sequence(),
                entries.getLast().hash(),
                start.losses());
    if (connection.update(ANNOUNCE, parameters(connection, entries, addition, end)) == 0) {
      throw new StoreException(
          ErrorCode.STORE_UNUSABLE,
          "cannot write to the store in PostgreSQL: its schema needs a newer program than"
              + " generation %d; install a newer release".formatted(program),
          null);
    }
    return new Appended(entries, end);
  }

  private static List<LedgerEntry> link(CommitPosition start, List<Event> events) {
    List<LedgerEntry> entries = new ArrayList<>(events.size());
    long sequence = start.sequence();
    Sha256 previous = start.hash();
    for (Event event : events) {
      LedgerEntry entry = LedgerEntry.link(++sequence, previous, event);
      entries.add(entry);
      previous = entry.hash();
    }
    return List.copyOf(entries);
  }

  private Object[] parameters(
      PostgresConnection connection,
      List<LedgerEntry> entries,
      Addition addition,
      CommitPosition end)
      throws SQLException {
    List<StoreChange> changes = addition.changes();
    return new Object[] {
      connection.array("int8", entries.stream().map(LedgerEntry::sequence).toArray(Long[]::new)),
      RowTable.digests(connection, entries.stream().map(LedgerEntry::hash).toList()),
      connection.array("text", crates(entries)),
      connection.array("bytea", entries.stream().map(LedgerCodec::encode).toArray(byte[][]::new)),
      end.counter(),
      node,
      connection.array(
          "int4", changes.stream().map(change -> change.kind().number()).toArray(Integer[]::new)),
      connection.array("text", changes.stream().map(StoreChange::key).toArray(String[]::new)),
      end.counter(),
      end.batch(),
      end.sequence(),
      node,
      end.counter(),
      end.sequence(),
      end.hash().bytes(),
      end.losses(),
      addition.flips(),
      addition.flips(),
      program
    };
  }

  /// Returns the collision keys of the crates of decisions; null for other events.
  private static @Nullable String[] crates(List<LedgerEntry> entries) {
    @Nullable String[] crates = new @Nullable String[entries.size()];
    for (int i = 0; i < crates.length; i++) {
      if (entries.get(i).event() instanceof Decision decision) {
        crates[i] = decision.id().name().collisionKey();
      }
    }
    return crates;
  }

  /// Returns whether a commit is in the order. A transaction that is under way has the row locked,
  /// so that this waits for its end.
  boolean isLogged(PostgresConnection connection, CommitPosition position) throws SQLException {
    Head _ = lock(connection);
    return connection
        .find(LOGGED, row -> row.getLong(1), position.counter(), position.batch())
        .isPresent();
  }
}
