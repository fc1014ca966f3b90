package lazaret.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.GlobalOptions;
import lazaret.cli.desk.CliException;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.vetting.Bytes;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunGateTest {
  private static final String UPSTREAM = "sparse+http://127.0.0.1:1/";
  private static final Lockfile EMPTY = Lockfile.parse(Bytes.utf8("version = 4\n"));

  @TempDir Path home;

  private CliEnvironment around() {
    return around(new PrintStream(OutputStream.nullOutputStream()));
  }

  private CliEnvironment around(PrintStream all) {
    return new CliEnvironment(
        new Terminal(all, all, Reader.nullReader(), TerminalCapabilities.PIPE),
        Map.of(),
        home,
        home,
        "alice",
        Clock.systemUTC(),
        _ -> {},
        "0.1.0",
        "");
  }

  private RunGate open(Path root, String feeds) {
    return open(root, feeds, UPSTREAM);
  }

  private RunGate open(Path root, String feeds, String upstream) {
    RunDataFolder folder = new RunDataFolder(root);
    folder.create();
    return RunGate.open(folder, new RunSettings(null, feeds, RunUpstream.at(upstream)), around());
  }

  /// Fetches the index files of a lockfile and returns the lines of its progress.
  private String progress(RunGate gate, Lockfile lockfile) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    GlobalOptions globals = new GlobalOptions();
    var _ = new CommandLine(globals.spec()).parseArgs("--progress", "json");
    try (PrintStream stream = new PrintStream(lines, true, StandardCharsets.UTF_8);
        CliSession session = new CliSession(around(stream), globals)) {
      gate.fetchIndex(session, lockfile);
    }
    return lines.toString(StandardCharsets.UTF_8);
  }

  private Path list() throws IOException {
    return Files.writeString(
        home.resolve("ban.toml"),
        """
        [[advisory]]
        id = "ACME-2026-1"
        reason = "sends what it finds to 192.0.2.7"
        crate = "banned"
        """);
  }

  /// A list of bans rarely changes, and each run would check again.
  @Test
  void anOldListOfOnesOwnPermitsAStamp() throws IOException {
    Path list = list();
    Instant now = Instant.now();
    Files.setLastModifiedTime(list, FileTime.from(now.minus(Duration.ofDays(30))));

    try (RunGate gate = open(home.resolve("run"), list.toString())) {
      assertThat(gate.hasFeeds()).isTrue();
      assertThat(gate.refreshFeeds(false)).isEmpty();
      assertThat(gate.validUntil(EMPTY, now)).isEqualTo(now.plus(Duration.ofDays(1)));
    }
  }

  /// A mistyped path must not lift the bans of a list.
  @Test
  void aMissingListIsRefused() {
    try (RunGate gate = open(home.resolve("run"), home.resolve("bann.toml").toString())) {
      assertThatThrownBy(() -> gate.refreshFeeds(false))
          .isInstanceOf(CliException.class)
          .hasMessageContaining("cannot use the list of --feeds")
          .hasMessageContaining("bann.toml");
    }
  }

  @Test
  void anotherUpstreamHasNoPublicFeeds() {
    try (RunGate gate = open(home.resolve("run"), RunSettings.DEFAULT)) {
      assertThat(gate.hasFeeds()).isFalse();
      assertThat(gate.refreshFeeds(true)).isEmpty();
      assertThat(gate.areFeedsFresh(new CliSession(around(), new GlobalOptions()), true)).isTrue();
    }
  }

  /// With hundreds of packages the check is silent for many seconds otherwise.
  @Test
  void indexFilesAreFetchedWithProgress() {
    CrateBuilder alpha = CrateBuilder.crate("alpha", "1.0.0");
    CrateBuilder beta = CrateBuilder.crate("beta", "1.0.0");
    FixtureRegistry.of(alpha, beta).writeTo(home.resolve("mirror"));
    Lockfile lockfile = Lockfile.parse(Bytes.utf8(LockfileTexts.of(alpha.id(), beta.id())));
    Instant now = Instant.now();

    try (RunGate gate =
        open(home.resolve("run"), RunSettings.NONE, home.resolve("mirror").toString())) {
      assertThat(gate.validUntil(lockfile, now)).as("nothing is stored").isEqualTo(now);

      assertThat(progress(gate, lockfile))
          .contains("\"state\":\"complete\",\"phase\":\"index\",\"done\":2,\"total\":2");
      assertThat(gate.validUntil(lockfile, now)).isAfter(now);
    }
  }

  /// The check names the packages and the reason.
  @Test
  void progressFailsWithoutUpstream() {
    Lockfile lockfile =
        Lockfile.parse(Bytes.utf8(LockfileTexts.of(CrateBuilder.crate("alpha", "1.0.0").id())));

    try (RunGate gate = open(home.resolve("run"), RunSettings.NONE)) {
      assertThat(progress(gate, lockfile)).contains("\"state\":\"failed\"");
    }
  }

  /// The listener alone would only write to the log.
  @Test
  void aPathThatIsTooLongForASocketIsNamed() {
    Path deep = home.resolve("a".repeat(100)).resolve("run");

    assertThatThrownBy(() -> open(deep, RunSettings.NONE))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("expected a short path for its socket")
        .hasMessageContaining("set XDG_DATA_HOME to another folder");
  }

  /// Verdicts by the user's own server would differ from those of the run.
  @Test
  void commandsOnTheStoreReadItsConfigurationAlone() throws IOException {
    Path root = home.resolve("run");
    open(root, RunSettings.NONE).close();
    CliFixture cli = new CliFixture(home, Clock.systemUTC());
    cli.environment.put("XDG_CONFIG_HOME", home.resolve("settings").toString());
    cli.environment.put("LAZARET_MODE", "neither");
    cli.write("settings/lazaret/mirror.toml", "cooldowns = 1\n");
    Path other = Files.createDirectory(home.resolve("other"));

    CliFixture.Ran ran = cli.run("--data-dir", root.resolve("store").toString(), "policy", "show");
    CliFixture.Ran usual = cli.run("--data-dir", other.toString(), "policy", "show");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("cooldown");
    assertThat(usual.exit()).isEqualTo(2);
    assertThat(usual.err()).contains("unknown key 'cooldowns'", "LAZARET_MODE");
  }

  @Test
  void theConfigurationIsThatOfTheLastRun() throws IOException {
    Path root = home.resolve("run");
    Path file = root.resolve("store/lazaret-config.toml");
    open(root, RunSettings.NONE).close();
    assertThat(Files.readString(file)).contains("osv = \"off\"", UPSTREAM);

    open(root, RunSettings.DEFAULT).close();

    assertThat(Files.readString(file)).doesNotContain("osv").contains(UPSTREAM);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
