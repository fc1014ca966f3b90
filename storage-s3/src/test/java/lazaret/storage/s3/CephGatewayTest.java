package lazaret.storage.s3;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("ci")
class CephGatewayTest implements RealStoreContract {
  private static @Nullable ObjectServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = CephGateway.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public ObjectServer server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }
}
