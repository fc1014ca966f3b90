package lazaret.storage.postgres.node;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import lazaret.storage.objects.FolderObjectStore;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.postgres.fixture.ClusterStores;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.provider.ProvidedStore;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Heads that former nodes left.
class HeadSweepTest {
  @TempDir Path folder;

  private ClusterStores stores;
  private String heads = "";

  @BeforeEach
  void leaveAHead() {
    PostgresServer server = PostgresServer.shared();
    stores = ClusterStores.on(server, folder);
    try (Store store = stores.open("former").store()) {
      decide(store, "1.0.0");
    }
    heads =
        "heads/"
            + server.texts(stores.database(), "SELECT id::text FROM lazaret.cluster").getFirst();
  }

  private static void decide(Store store, String version) {
    var _ =
        store.commit(
            Batch.synced(
                List.of(new Batch.Write.Append(StoreSamples.approval(id("serde", version), 1)))));
  }

  private List<ObjectKey> keys(String node) throws ObjectStoreException {
    try (var objects = new FolderObjectStore(stores.folder().resolve("objects"))) {
      return objects.list(heads + "/" + node + "/", "");
    }
  }

  @Test
  void theHeadOfAFormerNodeEndsWithALaterOne() throws Exception {
    ProvidedStore now = stores.open("now");
    try (Store store = now.store()) {
      decide(store, "1.0.1");
      PostgresServer.await(() -> now.tasks().figures().headLag().isZero());

      now.tasks().sweep();

      assertThat(keys("former")).isEmpty();
      assertThat(keys("now")).hasSize(1);
    }
  }

  @Test
  void theLastHeadStays() throws Exception {
    ProvidedStore now = stores.open("now");
    try (Store _ = now.store()) {
      now.tasks().sweep();

      assertThat(keys("former")).hasSize(1);
    }
  }

  @Test
  void aHeadWhoseWriteIsMissingStays() throws Exception {
    ProvidedStore now = stores.open("now");
    try (Store store = now.store();
        var objects = new FolderObjectStore(stores.folder().resolve("objects"))) {
      decide(store, "1.0.1");
      PostgresServer.await(() -> now.tasks().figures().headLag().isZero());
      ObjectHead lost =
          new ObjectHead(1, 0, UUID.randomUUID(), 0, LedgerEntry.GENESIS, StoreSamples.NOON, 7, 1);
      objects.put(new ObjectKey(heads + "/lost/%020d".formatted(1)), lost.encode());

      now.tasks().sweep();

      assertThat(keys("lost")).hasSize(1);
      assertThat(keys("former")).isEmpty();
    }
  }
}
