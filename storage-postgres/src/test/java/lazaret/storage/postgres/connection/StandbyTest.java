package lazaret.storage.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.storage.postgres.PostgresStore;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.postgres.schema.SchemaMode;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;

/// The choice among a primary, its standby, and a former primary.
class StandbyTest {
  private static PostgresConnections open(String database, PostgresServer... servers) {
    return PostgresConnections.open(
        PostgresServer.settings(
            database, List.of(servers).stream().map(PostgresServer::address).toList(), false));
  }

  private static void refused(String why, PostgresServer... servers) {
    assertThatThrownBy(() -> open("postgres", servers))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(why)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_UNUSABLE);
  }

  @Test
  void usesThePrimaryWithTheGreatestTimeline() {
    try (PostgresServer primary = PostgresServer.start();
        PostgresServer standby = primary.standby()) {
      PostgresServer.await(
          () -> primary.number("postgres", "SELECT count(*) FROM pg_stat_replication") == 1);
      refused("it has a standby and its commits do not wait for it", standby, primary);
      refused("is a standby", standby);
      primary.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
      primary.execute("postgres", "SELECT pg_reload_conf()");
      PostgresServer.await(
          () ->
              primary.number(
                      "postgres",
                      "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
                  == 1);

      try (PostgresConnections connections = open("postgres", standby, primary)) {
        assertThat(connections.timeline()).isEqualTo(1);
        PostgresStore.prepare(connections, SchemaMode.EXPAND);

        // The former primary goes on, and its standby is promoted.
        standby.promote();
        try (PostgresConnections later = open("postgres", primary, standby)) {
          assertThat(later.timeline()).isEqualTo(2);
          PostgresStore.prepare(later, SchemaMode.CHECK);
        }
      }
      assertThat(standby.number("postgres", "SELECT timeline FROM lazaret.cluster")).isEqualTo(2);
      try (PostgresConnections former = open("postgres", primary)) {
        assertThat(former.timeline()).isEqualTo(1);
        assertThatThrownBy(() -> former.require(systemIdentifier(primary), 2))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("expected timeline 2 or later, found 1");
        assertThatThrownBy(() -> former.require(1, 1))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("the database was copied to another cluster");
      }
    }
  }

  private static long systemIdentifier(PostgresServer server) {
    return server.number("postgres", "SELECT system_identifier FROM pg_control_system()");
  }

  @Test
  void refusesAServerThatDoesNotAnswer() {
    try (PostgresServer server = PostgresServer.start()) {
      server.stop();

      refused("expected a primary, found '127.0.0.1:", server);
      server.begin();
      open("postgres", server).close();
    }
  }
}
