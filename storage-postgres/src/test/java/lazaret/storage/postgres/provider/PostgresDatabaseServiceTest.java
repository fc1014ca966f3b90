package lazaret.storage.postgres.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import lazaret.storage.objects.FolderObjectStore;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.postgres.fixture.ClusterStores;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.provider.DatabaseService;
import lazaret.storage.provider.StoreSettings;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresDatabaseServiceTest {
  @TempDir Path folder;

  @Test
  void aDatabaseThatWasCopiedToAnotherClusterIsUsedOnceItIsAdopted() {
    PostgresServer server = PostgresServer.shared();
    ClusterStores stores = ClusterStores.on(server, folder);
    StoreSettings.Database database = stores.settings("one").database();
    var service = new PostgresDatabaseService();
    server.execute(
        stores.database(), "UPDATE lazaret.cluster SET system_identifier = 1, timeline = 9");

    assertThatThrownBy(() -> stores.open("one"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("expected system identifier 1")
        .hasMessageContaining("vetting-cli cluster adopt");
    DatabaseService.Identity before = service.identity(database);
    service.adopt(database);

    assertThat(before.recorded()).isEqualTo(1);
    assertThat(service.identity(database))
        .isEqualTo(new DatabaseService.Identity(before.found(), before.found()));
    stores.open("one").store().close();
  }

  /// The head is of the database cluster from which the copy was made, and later than the copy.
  @Test
  void anAdoptedCopyThatIsTooOldWithholds() throws Exception {
    PostgresServer server = PostgresServer.shared();
    ClusterStores stores = ClusterStores.on(server, folder);
    stores.open("one").store().close();
    String cluster =
        server.texts(stores.database(), "SELECT id::text FROM lazaret.cluster").getFirst();
    ObjectHead head =
        new ObjectHead(5, 0, UUID.randomUUID(), 0, LedgerEntry.GENESIS, Instant.EPOCH, 1, 9);
    try (var objects = new FolderObjectStore(stores.folder().resolve("objects"))) {
      objects.put(new ObjectHead.Place(cluster, "former", 5).key(), head.encode());
    }

    try (Store store = stores.open("one").store()) {
      assertThat(store.condition().withholds()).isTrue();
    }
  }

  @Test
  void aDatabaseWithoutAStoreHasNoIdentity() {
    String empty = PostgresServer.shared().emptyDatabase();
    StoreSettings.Database named =
        ClusterStores.on(PostgresServer.shared(), folder).settings("one").database();
    var database =
        new StoreSettings.Database(
            named.hosts(), empty, named.login(), named.transport(), 8, false, true);

    assertThatThrownBy(() -> new PostgresDatabaseService().identity(database))
        .isInstanceOf(StoreException.class);
  }
}
