package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The engine of the stores of gates. With the system property `lazaret.store` set to `postgres`,
/// each data folder is represented by a database of one server of PostgreSQL and a prefix of one
/// bucket.
final class SharedStore {
  private static final String POSTGRES = "postgres";
  private static final String ENGINE = System.getProperty("lazaret.store", "rocksdb");

  /// The length of the part of a digest that names a database.
  private static final int NAME = 16;

  private SharedStore() {}

  /// The object store, which is started at the first use and ended with this process.
  private static final class Objects {
    private static final ObjectPlace PLACE = started();

    private static ObjectPlace started() {
      try {
        Path folder = Files.createTempDirectory("lazaret-objects");
        ObjectPlace place = ObjectPlace.start(ObjectPlace.Kind.ofProperty(), folder);
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      place.close();
                      WorkFolder.delete(folder);
                    }));
        return place;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make a folder", e);
      }
    }
  }

  /// Returns the variables by which programs use the store of a data folder; none if it is in the
  /// folder itself. The test is skipped if PostgreSQL is absent.
  static Map<String, String> variables(Path data) {
    return switch (ENGINE) {
      case POSTGRES -> postgres(data);
      case "rocksdb" -> Map.of();
      default -> throw new IllegalArgumentException("-Dlazaret.store is '" + ENGINE + "'");
    };
  }

  private static Map<String, String> postgres(Path data) {
    PostgresServer server = PostgresServer.shared();
    String digest = Sha256.of(Bytes.utf8(data.toAbsolutePath().toString())).hex();
    String name = "e2e_" + digest.substring(0, NAME);
    server.ensureDatabase(name);
    ObjectPlace objects = Objects.PLACE;
    return Map.of(
        "LAZARET_STORAGE_ENGINE",
        POSTGRES,
        "LAZARET_STORAGE_POSTGRES_HOSTS",
        server.address().toString(),
        "LAZARET_STORAGE_POSTGRES_DATABASE",
        name,
        "LAZARET_STORAGE_POSTGRES_USER",
        PostgresServer.USER,
        "LAZARET_STORAGE_POSTGRES_TLS",
        "false",
        "LAZARET_STORAGE_S3_ENDPOINT",
        "http://127.0.0.1:" + objects.port(),
        "LAZARET_STORAGE_S3_BUCKET",
        objects.bucket(),
        "LAZARET_STORAGE_S3_PREFIX",
        name + "/",
        "LAZARET_STORAGE_S3_CREDENTIALS_FILE",
        objects.credentials().toString(),
        // Tests start programs at the same time on the same processors.
        "LAZARET_CLUSTER_MAX_STALENESS",
        "10s");
  }
}
