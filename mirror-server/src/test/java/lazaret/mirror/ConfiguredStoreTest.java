package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lazaret.mirror.config.MirrorConfig;
import lazaret.testkit.ManualClock;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.ConversionState;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredStoreTest {
  @TempDir Path folder;

  private MirrorConfig config(Map<String, String> variables) {
    return MirrorConfig.read(
        List.of("--data-dir", folder.resolve("data").toString(), "--offline"), variables);
  }

  @Test
  void theEngineOfTheDataFolderIsTheDefault() {
    try (Wiring wiring =
        Wiring.open(config(Map.of("HOME", folder.toString())), new ManualClock(TestGate.START))) {
      assertThat(wiring.store().shared()).isEmpty();
      assertThat(folder.resolve("data/store")).isDirectory();
    }
  }

  @Test
  void aStoreIntoWhichAConversionHasNotEndedIsRefused() {
    MirrorConfig config = config(Map.of("HOME", folder.toString()));
    ManualClock clock = new ManualClock(TestGate.START);
    try (Store store = Wiring.openStore(config, clock)) {
      store.commit(Batch.synced(List.of(ConversionState.begin(store, "feeds").write())));
    }

    assertThatThrownBy(() -> Wiring.open(config, clock))
        .isInstanceOf(LazaretException.class)
        .hasMessageContaining("run 'vetting-cli store convert' again");
    try (Store store = Wiring.openStore(config, clock)) {
      assertThat(ConversionState.read(store)).isPresent();
    }
  }

  @Test
  void aProgramWithoutThePlugInsNamesThem() {
    MirrorConfig config =
        config(
            Map.of(
                "HOME",
                folder.toString(),
                "LAZARET_STORAGE_ENGINE",
                "postgres",
                "LAZARET_STORAGE_POSTGRES_HOSTS",
                "db.example",
                "LAZARET_STORAGE_S3_BUCKET",
                "crates",
                "LAZARET_CLUSTER_NAME",
                "a"));

    assertThatThrownBy(() -> Wiring.open(config, new ManualClock(TestGate.START)))
        .isInstanceOf(LazaretException.class)
        .hasMessageContaining("name their folder in LAZARET_PLUGINS")
        .extracting(e -> ((LazaretException) e).code())
        .isEqualTo(ErrorCode.STORE_UNUSABLE);
    assertThat(Files.exists(folder.resolve("data"))).as("a folder of a store").isFalse();
  }
}
