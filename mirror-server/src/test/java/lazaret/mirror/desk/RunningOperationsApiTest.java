package lazaret.mirror.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import lazaret.mirror.TestGate;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.gate.fixture.DeskResponse;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The long operations that run, asked for at each call of the store.
class RunningOperationsApiTest {
  @TempDir Path folder;

  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private @Nullable TestGate gate;

  @BeforeEach
  void open() {
    TestGate opened = new TestGate(folder.resolve("data"), Map.of(), watched());
    opened.publish("alpha", "1.0.0", 100);
    opened.publish("beta", "1.0.0", 100);
    opened.desk("POST", "/prefetch", "{\"spec\":\"alpha\"}");
    opened.desk("POST", "/prefetch", "{\"spec\":\"beta\"}");
    gate = opened;
  }

  @AfterEach
  void close() {
    if (gate != null) {
      gate.close();
    }
  }

  private Store watched() {
    Store store = RocksStore.open(folder.resolve("store"), RocksOptions.DEFAULT, Clock.systemUTC());
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              note();
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void note() {
    if (gate != null) {
      for (JsonNode each : operations(gate)) {
        seen.add(
            "%s %s of %s"
                .formatted(
                    each.path("name").asText(),
                    each.path("phase").asText(),
                    each.path("total").asText()));
        assertThat(each.path("done").asLong()).isBetween(0L, 2L);
      }
    }
  }

  private static JsonNode operations(TestGate gate) {
    DeskResponse answer = gate.desk("GET", "/operations", "");
    assertThat(new OpenApi().faults(StoreOperations.OPERATIONS, answer.status(), answer.body()))
        .isEmpty();
    return OpenApi.parse(answer.body()).path("operations");
  }

  @Test
  void aCheckAndABackupAreListedWithTheirPhasesWhileTheyRun() {
    TestGate opened = gate;
    assertThat(opened).isNotNull();
    assertThat(operations(opened)).isEmpty();

    assertThat(opened.desk("POST", "/fsck", "{}").status()).isEqualTo(200);
    assertThat(seen).contains("fsck files of 0", "fsck artifacts of 2", "fsck crates of 2");
    seen.clear();
    String order = "{\"folder\":\"%s\"}".formatted(folder.resolve("backup"));
    assertThat(opened.desk("POST", "/backup", order).status()).isEqualTo(200);

    assertThat(seen).contains("backup artifacts of 2");
    assertThat(operations(opened)).isEmpty();

    DeskResponse again = opened.desk("POST", "/backup", order);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.body().text()).contains("it is not empty; name a new folder");
  }
}
