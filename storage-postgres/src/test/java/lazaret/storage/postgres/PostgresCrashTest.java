package lazaret.storage.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import lazaret.storage.crash.CrashCheck;
import lazaret.storage.postgres.fixture.OpenStore;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.storage.rocks.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes and servers that end at a random instant during commits.
class PostgresCrashTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS =
      Integer.getInteger("lazaret.crash.rounds", ChildJvm.all() ? 200 : 3);

  @TempDir Path folder;

  @Test
  void losesNoAcknowledgedCommitOfAKilledNode() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.newDatabase();
    var random = new SplittableRandom(20261124);
    var check = new CrashCheck(WRITERS);
    int first = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      check.kill(child(server, database, first), random);
      // The server may still execute what the process had sent.
      awaitNoClients(server, database);
      first = check(server, database, check, "round " + round);
    }
  }

  @Test
  void losesNoAcknowledgedCommitOfAServerThatStops() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      String database = server.newDatabase();
      var random = new SplittableRandom(20261125);
      var check = new CrashCheck(WRITERS);
      int first = 0;
      for (int round = 1; round <= Math.min(ROUNDS, 20); round++) {
        Process child = child(server, database, first);
        check.end(
            child,
            random,
            () -> {
              server.stop();
              child.toHandle().destroyForcibly();
            });
        server.begin();
        first = check(server, database, check, "round " + round);
      }
    }
  }

  private Process child(PostgresServer server, String database, int first) throws Exception {
    return ChildJvm.start(
        List.of(),
        PostgresCrashChild.class,
        server.address().toString(),
        database,
        folder.toString(),
        "" + WRITERS,
        "" + first);
  }

  private int check(PostgresServer server, String database, CrashCheck check, String round) {
    try (OpenStore open = OpenStore.open(server.settings(database), folder)) {
      return check.check(open.store(), round);
    }
  }

  private static void awaitNoClients(PostgresServer server, String database) {
    PostgresServer.await(
        () ->
            server.number(
                    "postgres",
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'")
                == 0);
  }
}
