package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.storage.provider.StoreSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageConfigTest {
  private static final String GOOD =
      """
      data-dir = "/var/lib/lazaret"
      [storage]
      engine = "postgres"
      [storage.postgres]
      hosts = ["db1.example:5432", "db2.example"]
      [storage.s3]
      endpoint = "https://objects.example"
      bucket = "crates"
      prefix = "prod/"
      [cluster]
      name = "gate-1"
      """;

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ann"));

  private @Nullable StoreSettings read(String toml) throws IOException {
    Path file = Files.writeString(folder.resolve("mirror.toml"), toml);
    return MirrorConfig.read(List.of("--config", file.toString()), environment).cache().shared();
  }

  private StoreSettings shared(String toml) throws IOException {
    StoreSettings settings = read(toml);
    assertThat(settings).isNotNull();
    return settings;
  }

  private List<String> mistakes(String toml) throws IOException {
    try {
      read(toml);
    } catch (ConfigException e) {
      return e.mistakes().stream().map(ConfigMistake::toString).toList();
    }
    throw new AssertionError("no mistake was found");
  }

  private void refuses(String toml, String mistake) throws IOException {
    assertThat(mistakes(toml)).singleElement().asString().contains(mistake);
  }

  @Test
  void aStoreIsInTheDataFolderUnlessAnotherEngineIsNamed() throws IOException {
    assertThat(read("")).isNull();
    assertThat(read("[storage.s3]\nbucket = \"crates\"\n")).isNull();
  }

  @Test
  void readsAStoreThatServersShare() throws IOException {
    StoreSettings settings = shared(GOOD);

    assertThat(settings.node().name()).isEqualTo("gate-1");
    assertThat(settings.node().dataDir()).isEqualTo(Path.of("/var/lib/lazaret"));
    assertThat(settings.node().maxStaleness()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.database().hosts()).containsExactly("db1.example:5432", "db2.example");
    assertThat(settings.database().transport().tls()).isTrue();
    assertThat(settings.database().connections()).isEqualTo(8);
    assertThat(settings.database().acceptLoss()).isFalse();
    assertThat(settings.database().migrates()).isTrue();
    assertThat(settings.objects().bucket()).isEqualTo("crates");
    assertThat(settings.objects().prefix()).isEqualTo("prod/");
    assertThat(settings.grace()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void readsKeysFromTheEnvironment() throws IOException {
    environment.put("LAZARET_STORAGE_POSTGRES_HOSTS", "127.0.0.1:5432");
    environment.put("LAZARET_STORAGE_POSTGRES_TLS", "false");
    environment.put("LAZARET_CLUSTER_MAX_STALENESS", "250ms");

    StoreSettings settings = shared(GOOD);

    assertThat(settings.database().hosts()).containsExactly("127.0.0.1:5432");
    assertThat(settings.node().maxStaleness()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void aServerWithoutANameHasThatOfItsMachine() throws IOException {
    StoreSettings settings = shared(GOOD.replace("name = \"gate-1\"\n", ""));

    assertThat(StoreSettings.isNodeName(settings.node().name())).isTrue();
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    assertThat(mistakes("[storage]\nengine = \"postgres\"\n[cluster]\nname = \"a\"\n"))
        .hasSize(2)
        .anySatisfy(each -> assertThat(each).contains("set 'storage.postgres.hosts'"))
        .anySatisfy(each -> assertThat(each).contains("set 'storage.s3.bucket'"));
  }

  @Test
  void refusesAConnectionWithoutTlsToAnotherMachine() throws IOException {
    refuses(
        GOOD.replace("[storage.s3]", "tls = false\n[storage.s3]")
            .replace("\"db2.example\"", "\"localhost:5432\""),
        "'db1.example:5432' is not a loopback address");
  }

  @Test
  void refusesAStalenessThatIsTooShortOrTooLong() throws IOException {
    String key = "name = \"gate-1\"\nmax-staleness = ";
    refuses(GOOD.replace("name = \"gate-1\"\n", key + "\"200ms\""), "must be 250ms to 1m");
    refuses(GOOD.replace("name = \"gate-1\"\n", key + "\"61s\""), "must be 250ms to 1m");
  }

  @Test
  void refusesOtherValues() throws IOException {
    refuses(GOOD.replace("gate-1", "gate 1"), "'cluster.name' is 'gate 1'");
    refuses(GOOD.replace("prod/", "prod"), "expected a slash at its end");
    refuses(GOOD.replace("bucket", "grace = \"59m\"\nbucket"), "must be at least 1h");
    refuses(
        GOOD.replace("bucket", "credentials-file = \"/nowhere/s3\"\nbucket"),
        "'storage.s3.credentials-file' is '/nowhere/s3': there is no such file");
    refuses(GOOD.replace("\"postgres\"", "\"mysql\""), "'storage.engine'");
  }
}
