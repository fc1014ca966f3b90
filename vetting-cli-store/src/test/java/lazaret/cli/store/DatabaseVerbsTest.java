package lazaret.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import lazaret.cli.fixture.CliFixture;
import lazaret.storage.postgres.fixture.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseVerbsTest {
  private static final String SYSTEM =
      "SELECT count(*) FROM lazaret.cluster c, pg_control_system() s"
          + " WHERE c.system_identifier = s.system_identifier";

  @TempDir Path folder;

  private CliFixture cli(PostgresServer server, String database) {
    var cli = new CliFixture(folder, Clock.systemUTC());
    cli.write(
        "cluster.toml",
        """
        data-dir = "node"

        [storage]
        engine = "postgres"

        [storage.postgres]
        hosts = ["%s"]
        database = "%s"
        user = "%s"
        tls = false

        [storage.s3]
        endpoint = "http://127.0.0.1:9"
        bucket = "lazaret"
        """
            .formatted(server.address(), database, PostgresServer.USER));
    return cli;
  }

  @Test
  void migrateMakesTheSchemaAndIsRepeatable() {
    PostgresServer server = PostgresServer.shared();
    String database = server.emptyDatabase();
    CliFixture cli = cli(server, database);

    CliFixture.Ran ran = cli.run("store", "migrate", "--config", "cluster.toml");
    cli.environment.put("LAZARET_CONFIG", folder.resolve("cluster.toml").toString());
    CliFixture.Ran again = cli.run("store", "migrate", "--contract", "--json");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).startsWith("the schema has version ");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("\"oldest_program\"");
    assertThat(server.number(database, SYSTEM)).isEqualTo(1);
  }

  @Test
  void adoptWritesTheSystemIdentifierAfterAPersonAccepted() {
    PostgresServer server = PostgresServer.shared();
    String database = server.newDatabase();
    CliFixture cli = cli(server, database);
    String[] adopt = {"cluster", "adopt", "--config", "cluster.toml"};

    CliFixture.Ran none = cli.run(adopt);
    server.execute(database, "UPDATE lazaret.cluster SET system_identifier = 1");
    CliFixture.Ran silent = cli.run(adopt);
    long before = server.number(database, SYSTEM);
    CliFixture.Ran adopted = cli.run("cluster", "adopt", "--config", "cluster.toml", "--yes");

    assertThat(none.exit()).as(none.err()).isZero();
    assertThat(none.out()).startsWith("nothing to adopt: ");
    assertThat(silent.exit()).isEqualTo(2);
    assertThat(silent.err()).contains("add --yes");
    assertThat(before).isZero();
    assertThat(adopted.exit()).as(adopted.err()).isZero();
    assertThat(adopted.out()).startsWith("adopted: the system identifier was 1 and is ");
    assertThat(server.number(database, SYSTEM)).isEqualTo(1);
  }
}
