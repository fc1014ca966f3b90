package lazaret.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.fixture.OpenStore;
import lazaret.storage.postgres.fixture.PgBouncer;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.postgres.schema.SchemaMode;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.LedgerContract;
import lazaret.vetting.gate.fixture.RowCountsContract;
import lazaret.vetting.gate.fixture.StoreContract;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The contracts through a pooler in transaction mode, which has few connections to the server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgBouncerStoreTest
    implements StoreContract, LedgerContract, ConcurrencyContract, RowCountsContract {
  private final Map<Path, String> databases = new ConcurrentHashMap<>();

  private PostgresServer server;
  private PgBouncer bouncer;

  @BeforeAll
  void start() {
    server = PostgresServer.shared();
    bouncer = PgBouncer.start(server, 2);
  }

  @AfterAll
  void stop() {
    if (bouncer != null) {
      bouncer.close();
    }
  }

  @Override
  public Store open(Path folder) {
    String database = databases.computeIfAbsent(folder, _ -> server.newDatabase());
    return OpenStore.open(
            PostgresServer.settings(database, List.of(bouncer.address()), false),
            folder.resolve("objects"))
        .store();
  }

  @Test
  void createsTheSchemaThroughThePooler() {
    String database = server.emptyDatabase();
    try (var connections =
        PostgresConnections.open(
            PostgresServer.settings(database, List.of(bouncer.address()), false))) {
      PostgresStore.prepare(connections, SchemaMode.EXPAND);
      PostgresStore.prepare(connections, SchemaMode.CHECK);
    }
    assertThat(server.number(database, "SELECT count(*) FROM lazaret.cluster")).isEqualTo(1);
  }
}
