package lazaret.storage.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.provider.DatabaseService;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The creation of the schema, and programs of other releases.
class SchemaVersionsTest {
  private PostgresServer server;
  private String database;
  private PostgresConnections connections;

  @BeforeEach
  void open() {
    server = PostgresServer.shared();
    database = server.emptyDatabase();
    connections = PostgresConnections.open(server.settings(database));
  }

  @AfterEach
  void close() {
    if (connections != null) {
      connections.close();
    }
  }

  private SchemaVersions versions() {
    return SchemaVersions.of(connections);
  }

  private void refused(SchemaMode mode, String why) {
    assertThatThrownBy(() -> versions().prepare(mode))
        .isInstanceOf(StoreException.class)
        .hasMessage("cannot open the store in PostgreSQL: " + why)
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_UNUSABLE);
  }

  @Test
  void createsTheSchemaOnceForNodesThatStartTogether() throws Exception {
    ConcurrencyContract.inParallel(3, _ -> versions().prepare(SchemaMode.EXPAND));
    versions().prepare(SchemaMode.CHECK);

    assertThat(server.number(database, "SELECT version FROM lazaret.schema_state")).isEqualTo(1);
    assertThat(server.number(database, "SELECT count(*) FROM lazaret.cluster")).isEqualTo(1);
    assertThat(
            server.number(
                database,
                "SELECT count(*) FROM lazaret.schema_history WHERE version = '1' AND success"))
        .isEqualTo(1);
    assertThat(server.number(database, "SELECT counter FROM lazaret.cluster")).isZero();
    assertThat(server.number(database, "SELECT timeline FROM lazaret.cluster")).isEqualTo(1);
  }

  @Test
  void createsNothingIfItIsOnlyToCheck() {
    refused(
        SchemaMode.CHECK,
        "expected a schema of version 1, found 0; run 'vetting-cli store migrate'");

    assertThat(
            server.number(database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'lazaret'"))
        .isZero();
  }

  @Test
  void goesOnWithTheSchemaOfANewerProgram() {
    versions().prepare(SchemaMode.EXPAND);
    server.execute(database, "UPDATE lazaret.schema_state SET version = 2");

    versions().prepare(SchemaMode.EXPAND);
    versions().prepare(SchemaMode.CHECK);
  }

  @Test
  void refusesASchemaThatNeedsANewerProgram() {
    versions().prepare(SchemaMode.EXPAND);
    server.execute(database, "UPDATE lazaret.schema_state SET version = 3, oldest_program = 2");

    refused(
        SchemaMode.EXPAND,
        "its schema needs a program of generation 2 or later, this is 1; install a newer one");
  }

  private void node(String name, int program, String beat) {
    server.execute(
        database,
        """
        INSERT INTO lazaret.node
          (instance, name, program, product, started, beat, at, applied, max_staleness_ms, policy)
        VALUES (gen_random_uuid(), '%s', %d, '', now(), 0, %s, 0, 1000, '')
        """
            .formatted(name, program, beat));
  }

  @Test
  void changesTheSchemaToTheNewestForm() {
    assertThat(versions().migrate(false)).isEqualTo(new DatabaseService.Versions(1, 1, 1));
    assertThat(versions().migrate(true)).isEqualTo(new DatabaseService.Versions(1, 1, 1));
  }

  @Test
  void endsOlderProgramsOnlyIfNoNodeOfThemLives() {
    versions().prepare(SchemaMode.EXPAND);
    server.execute(database, "UPDATE lazaret.schema_state SET oldest_program = 0");
    node("b", 0, "clock_timestamp()");
    node("a", 0, "clock_timestamp() - interval '5 s'");
    node("dead", 0, "clock_timestamp() - interval '1 min'");
    node("new", 1, "clock_timestamp()");

    assertThatThrownBy(() -> versions().migrate(true))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "cannot change the schema of the store in PostgreSQL: expected no node of a program"
                + " older than generation 1, found a (generation 0), b (generation 0); upgrade"
                + " them, and wait for ten times 'cluster.max-staleness', ten seconds at least, if one"
                + " was killed");
    assertThat(server.number(database, "SELECT oldest_program FROM lazaret.schema_state")).isZero();
    assertThat(server.number(database, "SELECT count(*) FROM lazaret.node")).isEqualTo(4);

    server.execute(
        database, "UPDATE lazaret.node SET at = at - interval '1 min' WHERE program = 0");
    assertThat(versions().migrate(true)).isEqualTo(new DatabaseService.Versions(1, 1, 1));
    assertThat(server.number(database, "SELECT count(*) FROM lazaret.node")).isEqualTo(1);
  }
}
