package lazaret.storage.postgres.node;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.postgres.fixture.ClusterStores;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.provider.ProvidedStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that start while the object store does not answer.
class UnreadHeadsTest {
  private static final String UNUSED_OBJECT =
      """
      INSERT INTO lazaret.object (sha256, generation, state, length, node, at)
      VALUES (decode(repeat('ab', 32), 'hex'), 1, 2, 5, 0, clock_timestamp() - interval '2 days')
      """;

  @TempDir Path folder;

  private PostgresServer server;
  private ClusterStores stores;

  /// The kind of request that has no answer; empty if all have one.
  private volatile String silent = "";

  /// An object store that does not answer one kind of request.
  private final class SilentObjects implements ObjectStore {
    private final ObjectStore inner;

    SilentObjects(ObjectStore inner) {
      this.inner = inner;
    }

    private void answer(String request) throws ObjectStoreException {
      if (request.equals(silent)) {
        throw new ObjectStoreException("no answer to " + request, null);
      }
    }

    @Override
    public void put(ObjectKey key, Bytes bytes) throws ObjectStoreException {
      inner.put(key, bytes);
    }

    @Override
    public Optional<Bytes> get(ObjectKey key, int length) throws ObjectStoreException {
      answer("get");
      return inner.get(key, length);
    }

    @Override
    public void delete(ObjectKey key) throws ObjectStoreException {
      inner.delete(key);
    }

    @Override
    public List<ObjectKey> list(String beginning, String after) throws ObjectStoreException {
      answer("list");
      return inner.list(beginning, after);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  @BeforeEach
  void create() {
    server = PostgresServer.shared();
    stores = ClusterStores.on(server, folder);
  }

  private ProvidedStore open(String node) {
    return stores.open(node, SilentObjects::new);
  }

  private void decide(String node, String version) {
    try (Store store = open(node).store()) {
      var _ =
          store.commit(
              Batch.synced(
                  List.of(new Batch.Write.Append(StoreSamples.approval(id("serde", version), 1)))));
    }
  }

  private void execute(String sql) {
    server.execute(stores.database(), sql);
  }

  /// As a restored backup of the first decision has it.
  private void setBack() {
    execute("DELETE FROM lazaret.ledger WHERE sequence = 2");
    execute("DELETE FROM lazaret.commit_log WHERE counter = 2");
    execute("DELETE FROM lazaret.change WHERE counter = 2");
    execute(
        "UPDATE lazaret.cluster SET counter = 1, ledger_sequence = 1, ledger_hash ="
            + " (SELECT hash FROM lazaret.ledger WHERE sequence = 1)");
  }

  @Test
  void aNodeWithoutAFileDoesNotStart() {
    decide("one", "1.0.0");
    silent = "list";

    assertThatThrownBy(() -> open("new"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "cannot open the store in PostgreSQL: expected a record of the last write in the folder '%s' or an answer of the object store, found no record and 'no answer to list'; repair the object store, and start again"
                .formatted(stores.folder().resolve("node-new")))
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(server.number(stores.database(), "SELECT count(*) FROM lazaret.node")).isZero();

    silent = "get";
    assertThatThrownBy(() -> open("new")).hasMessageContaining("'no answer to get'");

    silent = "";
    try (Store store = open("new").store()) {
      assertThat(store.condition().withholds()).isFalse();
    }
  }

  @Test
  void aNodeWithAFileComparesAsSoonAsTheObjectStoreAnswers() {
    decide("one", "1.0.0");
    decide("two", "1.0.1");
    setBack();
    execute(UNUSED_OBJECT);
    silent = "list";

    ProvidedStore open = open("one");
    try (Store store = open.store()) {
      assertThat(store.condition().withholds()).isFalse();
      assertThat(open.tasks().figures().compared()).isFalse();
      open.tasks().sweep();
      assertThat(unusedObjects()).isEqualTo(1);

      silent = "";

      PostgresServer.await(() -> store.condition().withholds());
      assertThat(store.condition().loss()).startsWith("ledger entry 2 is missing");
      assertThat(open.tasks().figures().compared()).isTrue();
      open.tasks().sweep();
      assertThat(unusedObjects()).isEqualTo(1);
    }
  }

  @Test
  void aNodeWithoutALossSweepsAsSoonAsTheObjectStoreAnswers() {
    decide("one", "1.0.0");
    execute(UNUSED_OBJECT);
    silent = "list";

    ProvidedStore open = open("one");
    try (Store _ = open.store()) {
      silent = "";

      PostgresServer.await(() -> open.tasks().figures().compared());
      open.tasks().sweep();
      assertThat(unusedObjects()).isZero();
    }
  }

  private long unusedObjects() {
    return server.number(stores.database(), "SELECT count(*) FROM lazaret.object");
  }
}
