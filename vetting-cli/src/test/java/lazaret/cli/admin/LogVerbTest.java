package lazaret.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerbTest {
  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(ServerFixture.START);
  private CliFixture cli = new CliFixture(Path.of(""), clock);
  private Path log = Path.of("");

  @BeforeEach
  void export() throws IOException {
    cli = new CliFixture(folder, clock);
    FixtureRegistry.of()
        .publish(CrateBuilder.crate("alpha", "1.0.0"), line -> line.pubtime(ServerFixture.START))
        .writeTo(folder.resolve("upstream"));
    cli.environment.put("LAZARET_UPSTREAM", folder.resolve("upstream").toString());
    cli.environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    Files.createDirectory(
        folder.resolve("data"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (String name : List.of("one", "two", "three")) {
      assertThat(run("token", "create", name, "--scope", "read").exit()).isZero();
    }
    CliFixture.Ran exported = run("log", "export");
    assertThat(exported.exit()).isZero();
    log = folder.resolve("audit.ndjson");
    Files.writeString(log, exported.out());
  }

  private CliFixture.Ran run(String... words) {
    return cli.run(
        Stream.concat(Stream.of(words), Stream.of("--data-dir", "data")).toArray(String[]::new));
  }

  @Test
  void exportIsOneEntryALineAndUnbroken() throws IOException {
    assertThat(Files.readAllLines(log))
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"sequence\":") && line.contains("token-created"));
    CliFixture.Ran ran = cli.run("log", "verify", "audit.ndjson");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith("3 entries, unbroken; the last is 3 with the hash ");
    assertThat(run("log", "verify").out()).isEqualTo(ran.out());
  }

  @Test
  void alteredEntryIsTamperingAndTheMessageSaysWhich() throws IOException {
    Files.writeString(log, Files.readString(log).replace("two", "TWO"));
    CliFixture.Ran ran = cli.run("log", "verify", "audit.ndjson");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("entry 2 was altered").contains("audit.ndjson");
  }

  @Test
  void takenOutEntryIsTampering() throws IOException {
    List<String> lines = Files.readAllLines(log);
    Files.write(log, List.of(lines.get(0), lines.get(2)));
    assertThat(cli.run("log", "verify", "audit.ndjson").exit()).isEqualTo(4);
  }

  @Test
  void cutOffEndShowsAgainstANotedHead() throws IOException {
    String out = cli.run("log", "verify", "audit.ndjson").out();
    String head = out.strip().substring(out.strip().length() - 64);
    assertThat(cli.run("log", "verify", "audit.ndjson", "--head", head).exit()).isZero();
    Files.write(log, Files.readAllLines(log).subList(0, 2));
    assertThat(cli.run("log", "verify", "audit.ndjson").exit()).isZero();
    assertThat(cli.run("log", "verify", "audit.ndjson", "--head", head).exit()).isEqualTo(4);
  }

  @Test
  void fileThatIsNoLogIsRefused() throws IOException {
    Files.writeString(log, "hello\n");
    CliFixture.Ran ran = cli.run("log", "verify", "audit.ndjson");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("line 1 is not a line of an exported log");
    assertThat(cli.run("log", "verify", "missing.ndjson").exit()).isEqualTo(2);
  }
}
