package lazaret.storage.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.gate.store.Batch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Transactions of nodes that stopped sending. Here the limit of the server for idle transactions
/// is not set, as it does not hold for a node that stopped within a message.
class StalledTransactionsTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.emptyDatabase();

  @BeforeEach
  void fill() {
    server.execute(database, "CREATE TABLE t AS SELECT generate_series(1, 3) AS n");
  }

  private static Connection begun(PostgresConnections connections, String sql) throws SQLException {
    Connection connection = connections.unpooled().getConnection();
    connection.setAutoCommit(false);
    execute(connection, sql);
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean _ = statement.execute(sql);
    }
  }

  @Test
  void aWriteGetsTheLockOfATransactionThatStalls() throws Exception {
    try (var connections = PostgresConnections.open(server.settings(database));
        Connection stalled = begun(connections, "UPDATE t SET n = 10 WHERE n = 1")) {
      TransactionOutcome<Integer> written =
          connections.write(
              Batch.Durability.SYNCED,
              connection -> connection.update("UPDATE t SET n = 20 WHERE n = 1"));

      assertThat(written.value()).isEqualTo(1);
      assertThatThrownBy(stalled::commit).isInstanceOf(SQLException.class);
      assertThat(server.number(database, "SELECT max(n) FROM t")).isEqualTo(20);
    }
  }

  @Test
  void transactionsThatReadOrWorkAreNotEnded() throws Exception {
    try (var connections = PostgresConnections.open(server.settings(database));
        Connection reads = begun(connections, "SELECT count(*) FROM t");
        Connection works = begun(connections, "UPDATE t SET n = 20 WHERE n = 2");
        Connection stalled = begun(connections, "UPDATE t SET n = 30 WHERE n = 3")) {
      assertThat(connections.endStalled()).isFalse();
      Thread.sleep(Duration.ofMillis(5_500));
      execute(works, "SELECT 1");

      assertThat(connections.endStalled()).isTrue();

      assertThatThrownBy(stalled::commit).isInstanceOf(SQLException.class);
      execute(reads, "SELECT count(*) FROM t");
      works.commit();
      assertThat(server.number(database, "SELECT max(n) FROM t")).isEqualTo(20);
    }
  }
}
