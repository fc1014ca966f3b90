package lazaret.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.GlobalOptions;
import lazaret.cli.desk.CliException;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SandboxLockfileCheckTest {
  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void jsonOfARefusalHasTheExitCodeOfTheProcess() {
    CrateId fresh = gate.publish("beta", "1.2.0", 2);
    CliFixture.at(folder, gate).write("Cargo.lock", LockfileTexts.of(fresh));

    JsonObject sandbox = refused(session -> new SandboxLockfileCheck(session, folder, false));
    assertThat(sandbox.number("exit_code")).isEqualTo(125);
    assertThat(sandbox.flag("passes")).isFalse();
    assertThat(sandbox.objects("packages")).hasSize(1);

    JsonObject scratch = refused(session -> SandboxLockfileCheck.ofScratch(session, folder));
    assertThat(scratch.number("exit_code")).isEqualTo(1);
  }

  /// The stamp of a fetch would otherwise name versions that were never fetched.
  @Test
  void versionsOfAChangedLockfileAreNotThoseThatWereChecked() {
    CrateId one = gate.publish("beta", "1.2.0", 40);
    CrateId other = gate.publish("beta", "1.1.0", 50);
    CliFixture cli = CliFixture.at(folder, gate);
    cli.write("Cargo.lock", LockfileTexts.of(one));
    Lockfile checked = Lockfile.parse(Bytes.utf8(LockfileTexts.of(one)));
    PrintStream none = new PrintStream(OutputStream.nullOutputStream());
    try (CliSession session = new CliSession(around(none), new GlobalOptions())) {
      SandboxLockfileCheck check = new SandboxLockfileCheck(session, folder, false);
      assertThatCode(() -> check.requireSame(checked)).doesNotThrowAnyException();

      cli.write("Cargo.lock", LockfileTexts.of(other));

      assertThatThrownBy(() -> check.requireSame(checked))
          .isInstanceOf(CliException.class)
          .hasMessageContaining("expected the versions of Cargo.lock that were checked");
    }
  }

  private JsonObject refused(Function<CliSession, SandboxLockfileCheck> check) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GlobalOptions globals = new GlobalOptions();
    var _ = new CommandLine(globals.spec()).parseArgs("--json");
    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        CliSession session = new CliSession(around(stream), globals)) {
      assertThat(check.apply(session).check())
          .isEqualTo(new SandboxLockfileCheck.Outcome.Refused(ExitCode.REFUSED));
    }
    return JsonObject.parse(out.toString(StandardCharsets.UTF_8));
  }

  private CliEnvironment around(PrintStream out) {
    return new CliEnvironment(
        new Terminal(out, out, new StringReader(""), TerminalCapabilities.PIPE),
        Map.of("LAZARET_SERVER", gate.url(), "LAZARET_TOKEN", gate.secret),
        folder,
        folder.resolve("home"),
        "alice",
        gate.clock,
        _ -> {},
        "0.1.0",
        "");
  }
}
