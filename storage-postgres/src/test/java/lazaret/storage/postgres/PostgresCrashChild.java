package lazaret.storage.postgres;

import java.nio.file.Path;
import java.util.List;
import lazaret.storage.crash.CrashWrites;
import lazaret.storage.postgres.connection.PostgresAddress;
import lazaret.storage.postgres.fixture.OpenStore;
import lazaret.storage.postgres.fixture.PostgresServer;

/// A process that commits until it is killed, as [CrashWrites] does. Arguments: address of the
/// server, database, folder of the artifacts, number of writers, first number.
final class PostgresCrashChild {
  private PostgresCrashChild() {}

  public static void main(String[] args) throws InterruptedException {
    var settings = PostgresServer.settings(args[1], List.of(PostgresAddress.parse(args[0])), false);
    try (OpenStore open = OpenStore.open(settings, Path.of(args[2]))) {
      CrashWrites.run(
          open.store(), Integer.parseInt(args[3]), Integer.parseInt(args[4]), 1_000_000);
    }
  }
}
