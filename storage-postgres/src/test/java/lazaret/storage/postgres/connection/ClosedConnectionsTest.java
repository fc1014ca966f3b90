package lazaret.storage.postgres.connection;

import static lazaret.storage.postgres.fixture.PostgresServer.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import lazaret.storage.postgres.fixture.PostgresServer;
import org.junit.jupiter.api.Test;

/// The end of the connections of a store.
class ClosedConnectionsTest {
  /// A pool opens its first connection in the background after a tenth of a second, and may be
  /// closed meanwhile. The wait makes hardly any garbage: the driver closes lost connections that
  /// are collected.
  @Test
  void noConnectionStaysOpen() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.emptyDatabase();
    for (int pause = 90; pause < 120; pause++) {
      try (var _ = PostgresConnections.open(server.settings(database))) {
        Thread.sleep(pause);
      }
    }

    try (Connection asking = server.connect("postgres");
        PreparedStatement open =
            asking.prepareStatement("SELECT count(*) FROM pg_stat_activity WHERE datname = ?")) {
      open.setString(1, database);
      await(() -> number(open) == 0);
    }
  }

  private static long number(PreparedStatement query) {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : -1;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
