package lazaret.storage.backup;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Restorations into stores that lose what was written.
class BackupReaderTest {
  @TempDir Path folder;

  private Path backup = Path.of("");

  @BeforeEach
  void backUp() {
    backup = folder.resolve("backup");
    try (Store store =
        RocksStore.open(
            folder.resolve("a"),
            RocksOptions.DEFAULT.withMinFreeBytes(0),
            Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC))) {
      store.commit(
          Batch.synced(
              List.of(
                  new Write.PutCrate(StoreSamples.held("serde", "1.0.0")),
                  new Write.PutFreshness(name("serde"), StoreSamples.freshness("a")),
                  new Write.PutRequest(StoreSamples.request(id("serde", "1.0.0"), 4)),
                  new Write.PutArtifact(StoreSamples.artifact(1, 100)),
                  new Write.Append(StoreSamples.notice("first")))));
      store.backup(backup);
    }
  }

  /// Returns a store that gives another answer to one question.
  private static Store lying(Store store, String method, Object answer) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, called, arguments) -> {
              if (called.getName().equals(method)) {
                return answer;
              }
              try {
                return called.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void refused(String method, Object answer, String why) {
    try (Store store = new InMemoryStore()) {
      assertThatThrownBy(() -> BackupReader.restore(backup, lying(store, method, answer)))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "cannot restore the backup in '" + backup + "': " + why + "; use another backup")
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_CORRUPT);
    }
  }

  @Test
  void aStoreThatHasWhatWasReadIsComplete() {
    try (Store store = new InMemoryStore()) {
      BackupReader.restore(backup, store);

      assertThat(store.counts()).isEqualTo(new Store.Counts(1, 1, 1));
    }
  }

  @Test
  void aStoreWithFewerRowsIsRefused() {
    refused(
        "artifacts", Stream.of(), "it has 1 rows of the kind 'artifact', the restored store has 0");
    refused(
        "requests", Stream.of(), "it has 1 rows of the kind 'request', the restored store has 0");
  }

  @Test
  void aStoreWhoseLedgerEndsEarlierIsRefused() {
    refused(
        "ledgerHead", Optional.empty(), "the ledger of the store does not end with its last entry");
  }
}
