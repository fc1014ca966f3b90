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
import java.util.List;
import java.util.Map;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerLocator;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TerminalCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDataFolderTest {
  private static final RunSettings USUAL =
      new RunSettings(null, RunSettings.DEFAULT, RunUpstream.PUBLIC);

  @TempDir Path home;

  private CliEnvironment around(Map<String, String> environment) {
    return around(environment, new PrintStream(OutputStream.nullOutputStream()));
  }

  private CliEnvironment around(Map<String, String> environment, PrintStream all) {
    return new CliEnvironment(
        new Terminal(all, all, Reader.nullReader(), TerminalCapabilities.PIPE),
        environment,
        home,
        home,
        "alice",
        Clock.systemUTC(),
        _ -> {},
        "0.1.0",
        "");
  }

  @Test
  void theFolderIsPrivateAndOnceForAllProjects() throws IOException {
    RunDataFolder folder = RunDataFolder.of(around(Map.of()), USUAL);
    folder.create();
    folder.create();

    assertThat(folder.root()).isEqualTo(home.resolve(".local/share/lazaret-run"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.store())))
        .isEqualTo("rwx------");
    assertThat(folder.stamp("a")).isNotEqualTo(folder.stamp("b"));
  }

  /// A server creates no store in a folder that has other files.
  @Test
  void theFolderIsOutsideOfTheDefaultOneOfAServer() {
    for (Map<String, String> variables :
        List.of(Map.<String, String>of(), Map.of("XDG_DATA_HOME", "/data/alice"))) {
      Path server = new ServerLocator(variables, home).dataFolder();
      Path root = RunDataFolder.of(around(variables), USUAL).root();

      assertThat(root.startsWith(server)).as("%s is in %s", root, server).isFalse();
    }
  }

  /// A server of the user's environment is neither asked nor gets a token.
  @Test
  void commandsInsideUseThisGateAlone() {
    CliEnvironment around =
        around(
            Map.of(
                "LAZARET_SERVER", "https://gate.example",
                "LAZARET_TOKEN", "secret",
                "LAZARET_DATA_DIR", "/srv/lazaret",
                "RUNTIME_DIRECTORY", "/run/lazaret",
                "PATH", "/usr/bin"));
    RunDataFolder folder = RunDataFolder.of(around, USUAL);

    assertThat(folder.inside(around, around.terminal()).environment())
        .containsOnly(
            Map.entry("PATH", "/usr/bin"),
            Map.entry("LAZARET_DATA_DIR", folder.store().toString()),
            Map.entry("LAZARET_SERVER_SOCKET", folder.socket().toString()));
  }

  @Test
  void namedVariablesReachTheCommand() {
    CliEnvironment around =
        around(Map.of("LAZARET_KIND", "a", "LAZARET_OTHER", "b", "RUNTIME_DIRECTORY", "/run/c"));
    RunDataFolder folder = RunDataFolder.of(around, USUAL);

    assertThat(
            folder
                .inside(
                    around,
                    around.terminal(),
                    "sandbox",
                    "--env=LAZARET_KIND",
                    "--env=RUNTIME_DIRECTORY",
                    "--",
                    "program",
                    "--env=LAZARET_OTHER")
                .environment())
        .containsEntry("LAZARET_KIND", "a")
        .containsEntry("RUNTIME_DIRECTORY", "/run/c")
        .doesNotContainKey("LAZARET_OTHER");
  }

  /// The token is for another server, and this command has none.
  @Test
  void variablesOfAServerAreRefused() {
    CliEnvironment around = around(Map.of("LAZARET_TOKEN", "secret"));
    RunDataFolder folder = RunDataFolder.of(around, USUAL);

    assertThatThrownBy(() -> folder.inside(around, around.terminal(), "--env=LAZARET_TOKEN"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("cannot pass the variable 'LAZARET_TOKEN'")
        .hasMessageContaining("use 'vetting-cli sandbox' with a server");
  }

  /// No package was refused, so that nobody can decide on one.
  @Test
  void noWordsAboutDecisionsFollowAnError() {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    CliEnvironment around = around(Map.of(), new PrintStream(lines, true, StandardCharsets.UTF_8));
    RunDataFolder folder = RunDataFolder.of(around, USUAL);

    assertThat(folder.run(around, "sandbox", "--mode=sealed")).isEqualTo(125);

    assertThat(lines.toString(StandardCharsets.UTF_8))
        .contains("sandbox: the command was not run: malformed-input")
        .doesNotContain("--data-dir");
  }

  @Test
  void theLastEntryOfTheLedgerIsKept() {
    RunDataFolder folder = RunDataFolder.of(around(Map.of()), USUAL);
    folder.create();
    assertThat(folder.head()).isEmpty();

    folder.keepHead(41);
    folder.keepHead(42);

    assertThat(folder.head()).hasValue(42);
  }

  /// A decision on the command line changes the store without a run.
  @Test
  void aWriteToTheStoreMakesTheLastEntryUnknown() throws IOException {
    RunDataFolder folder = RunDataFolder.of(around(Map.of()), USUAL);
    folder.create();
    folder.keepHead(41);

    Files.writeString(folder.store().resolve("lazaret-head"), "a denial");

    assertThat(folder.head()).isEmpty();
    folder.keepHead(42);
    assertThat(folder.head()).hasValue(42);
  }

  /// A store keeps the lines of its upstream and the records of its feeds.
  @Test
  void otherSettingsHaveAnotherStore() {
    CliEnvironment around = around(Map.of());
    Path usual = RunDataFolder.of(around, USUAL).store();
    RunUpstream source = RunUpstream.at("sparse+https://m.example/");
    Path mirror =
        RunDataFolder.of(around, new RunSettings(null, RunSettings.DEFAULT, source)).store();
    Path without =
        RunDataFolder.of(around, new RunSettings(null, RunSettings.NONE, RunUpstream.PUBLIC))
            .store();

    assertThat(usual).isNotEqualTo(mirror).isNotEqualTo(without);
    assertThat(mirror).isNotEqualTo(without);
    assertThat(mirror).startsWithRaw(home.resolve(".local/share/lazaret-run"));
  }

  @Test
  void stampsOfFormerProjectsAreRemoved() throws IOException {
    RunDataFolder folder = RunDataFolder.of(around(Map.of()), USUAL);
    folder.create();
    Instant now = Instant.parse("2026-11-24T12:00:00Z");
    Path former = Files.writeString(folder.stamp("former"), "");
    Path recent = Files.writeString(folder.stamp("recent"), "");
    Files.setLastModifiedTime(former, FileTime.from(now.minus(Duration.ofDays(8))));
    Files.setLastModifiedTime(recent, FileTime.from(now.minus(Duration.ofDays(6))));

    folder.tidy(now);

    assertThat(former).doesNotExist();
    assertThat(recent).exists();
  }
}
