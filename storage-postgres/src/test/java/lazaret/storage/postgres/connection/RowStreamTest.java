package lazaret.storage.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;

/// Streams of long results, and the limits of connections.
class RowStreamTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.emptyDatabase();

  private static RowQuery<Long> numbers(int page) {
    return new RowQuery<>("SELECT n FROM t ORDER BY n", page, row -> row.getLong(1), List.of());
  }

  private void fill(int count) {
    server.execute(database, "CREATE TABLE t AS SELECT generate_series(1, " + count + ") AS n");
  }

  @Test
  void streamsOneStateOfResultsOfEachLength() {
    fill(1_000);
    try (var connections = PostgresConnections.open(server.settings(database))) {
      for (int page : List.of(7, 999, 1_000, 1_001)) {
        try (Stream<Long> all = connections.stream(numbers(page))) {
          server.execute(database, "INSERT INTO t VALUES (-1)");
          assertThat(all)
              .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_000).boxed().toList());
        }
        server.execute(database, "DELETE FROM t WHERE n < 0");
      }
    }
  }

  @Test
  void returnsTheConnectionOfAStreamThatIsNotReadToItsEnd() {
    fill(100);
    try (var connections = PostgresConnections.open(server.settings(database))) {
      for (int i = 0; i < 20; i++) {
        try (Stream<Long> some = connections.stream(numbers(10))) {
          Iterator<Long> numbers = some.iterator();
          assertThat(numbers.next()).isEqualTo(1);
        }
      }
      assertThat(
              server.number(
                  "postgres",
                  "SELECT count(*) FROM pg_stat_activity"
                      + " WHERE state LIKE 'idle in%' AND datname = '"
                      + database
                      + "'"))
          .isZero();
    }
  }

  @Test
  void leavesNoSettingInASession() {
    fill(1);
    try (var connections = PostgresConnections.open(server.settings(database))) {
      for (Batch.Durability durability : Batch.Durability.values()) {
        var _ =
            connections.write(
                durability, connection -> connection.update("UPDATE t SET n = n + 1"));
        String inForce =
            connections.read(
                connection ->
                    connection
                        .find(
                            "SELECT concat_ws(' ', current_setting('synchronous_commit'),"
                                + " current_setting('lock_timeout'),"
                                + " current_setting('statement_timeout'))",
                            row -> row.getString(1))
                        .orElseThrow());
        assertThat(inForce).isEqualTo("on 0 0");
      }
      assertThat(connections.statements()).isEqualTo(6);
    }
  }

  @Test
  void leavesNothingOfATransactionWhoseWorkFails() {
    fill(1);
    try (var connections = PostgresConnections.open(server.settings(database))) {
      assertThatThrownBy(
              () ->
                  connections.write(
                      Batch.Durability.SYNCED,
                      connection -> {
                        int _ = connection.update("INSERT INTO t VALUES (2)");
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
      assertThatThrownBy(
              () ->
                  connections.write(
                      Batch.Durability.SYNCED,
                      connection -> connection.update("INSERT INTO missing VALUES (2)")))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("cannot write to the store in PostgreSQL: ERROR: relation");
    }
    assertThat(server.number(database, "SELECT count(*) FROM t")).isEqualTo(1);
  }

  @Test
  void endsATransactionThatStops() throws Exception {
    fill(1);
    try (var connections = PostgresConnections.open(server.settings(database))) {
      assertThatThrownBy(
              () ->
                  connections.write(
                      Batch.Durability.SYNCED,
                      connection -> {
                        int _ = connection.update("UPDATE t SET n = 2");
                        pause(6_000);
                        return connection.update("UPDATE t SET n = 3");
                      }))
          .isInstanceOf(StoreException.class);
    }
    assertThat(server.number(database, "SELECT n FROM t")).isEqualTo(1);
  }

  @Test
  void endsAReadWhoseAnswerDoesNotComeAndDoesNotRepeatIt() {
    try (var connections = PostgresConnections.open(server.settings(database))) {
      assertThatThrownBy(
              () ->
                  connections.read(
                      connection ->
                          connection.find("SELECT 1 FROM pg_sleep(15)", row -> row.getInt(1))))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
      assertThat(connections.statements()).isEqualTo(1);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
