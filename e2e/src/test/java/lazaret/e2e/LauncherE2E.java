package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProbeYard;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.RunningProgram;
import lazaret.e2e.harness.SandboxCell;
import lazaret.e2e.harness.WorkFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Builds whose launcher is killed, and builds on a machine that cannot provide the sandbox.
@Tag("ci")
class LauncherE2E {
  private static final String STAYS = "p44-stays";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /// The folder of a run, which contains its decoys.
  private static final Pattern PRIVATE = Pattern.compile("/tmp/lazaret-sandbox-[\\w-]+(?=/decoys)");

  private GateScene scene;
  private ProbeYard yard;

  static Stream<SandboxCell> users() {
    return Stream.of(new SandboxCell(true, "sealed", true), new SandboxCell(false, "sealed", true));
  }

  @BeforeEach
  void lay() {
    assumeTrue(Machine.program("bwrap").isPresent(), "bubblewrap is not installed");
    assumeTrue(Machine.rust().isPresent(), "cargo is not installed");
    assumeTrue(Programs.isRoot(), "becoming a user, too, takes root");
    scene = GateScene.of(Crates.alphaAndBeta());
    yard = ProbeYard.lay();
  }

  @AfterEach
  void close() {
    if (scene != null) {
      yard.close();
      scene.close();
    }
  }

  @ParameterizedTest
  @MethodSource("users")
  void nothingStaysWhereTheLauncherIsKilled(SandboxCell cell) throws Exception {
    Process launcher =
        launcher(cell, STAYS, "--features", "hangs")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path left = null;
    try {
      // The build script, and two daemons in sessions of their own. The linker of the script
      // consists of as many processes.
      GateScene.await(
          "the build to hang",
          () -> script().isPresent() && RunningProgram.builds(STAYS).size() >= 3);
      List<ProcessHandle> inside = RunningProgram.builds(STAYS);
      left = privateFolder(script().orElseThrow());

      launcher.destroyForcibly();

      for (ProcessHandle process : inside) {
        process.onExit().get(1, TimeUnit.MINUTES);
      }
    } finally {
      launcher.destroyForcibly();
      if (left != null) {
        // The next launcher of this user would remove it, but there may be none.
        WorkFolder.delete(left);
      }
    }
    assertThat(RunningProgram.builds(STAYS)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("users")
  void nothingIsLeftWhereTheLauncherIsToldToEnd(SandboxCell cell) throws Exception {
    Process launcher =
        launcher(cell, STAYS, "--features", "hangs")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      GateScene.await("the build script to run", () -> script().isPresent());
      Path left = privateFolder(script().orElseThrow());
      assertThat(left).isDirectory();

      // Like Ctrl-C and a service manager.
      launcher.destroy();

      assertThat(launcher.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(left).doesNotExist();
      assertThat(Path.of("/sys/fs/cgroup/pids", left.getFileName().toString())).doesNotExist();
    } finally {
      launcher.destroyForcibly();
    }
    GateScene.await("all to be gone", () -> RunningProgram.builds(STAYS).isEmpty());
  }

  private static Optional<ProcessHandle> script() {
    return RunningProgram.builds(STAYS).stream()
        .filter(p -> p.info().command().orElse("").endsWith("/build-script-build"))
        .findFirst();
  }

  private static Path privateFolder(ProcessHandle script) throws IOException {
    String mounts = Files.readString(Path.of("/proc", "" + script.pid(), "mountinfo"));
    Matcher folder = PRIVATE.matcher(mounts);
    assertThat(folder.find()).as(mounts).isTrue();
    return Path.of(folder.group());
  }

  @ParameterizedTest
  @MethodSource("users")
  void nothingStaysOfABuildThatEnded(SandboxCell cell) {
    build(cell, STAYS).ok();

    assertThat(yard.target()).isDirectoryRecursivelyContaining("glob:**/alive-1");
    assertThat(RunningProgram.builds(STAYS)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("users")
  void forkBombIsHeldForWhomeverBuilds(SandboxCell cell) {
    ProgramResult ran = build(cell, "p42-fork-bomb");

    assertThat(ran.exit()).isNotZero();
    assertThat(ran.err()).containsPattern("processes \\d{2,3} Resource temporarily unavailable");
    assertThat(RunningProgram.builds("p42-fork-bomb")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("users")
  void floodIsStoppedForWhomeverBuilds(SandboxCell cell) {
    ProgramResult ran = build(cell, "p43-log-flood", "-vv").exits(124);

    assertThat(ran.out())
        .contains("it printed more than 67,108,864 bytes")
        .containsPattern("\"crate\"\\s*:\\s*\"p43-log-flood\"");
  }

  /// The test runs in its own user namespace, in which the kernel makes no further ones. This is
  /// equivalent to a machine with `user.max_user_namespaces=0`.
  @Test
  void nothingIsBuiltWithoutUserNamespaces() {
    SandboxCell cell = new SandboxCell(true, "sealed", true);
    String off = "echo 0 >/proc/sys/user/max_user_namespaces; exec \"$@\"";
    ProgramResult ran =
        build(cell.behind("unshare", "--user", "--map-root-user", "sh", "-ec", off, "sh"), STAYS)
            .exits(125);

    assertThat(ran.err()).contains("user namespaces are off").contains("user.max_user_namespaces");
    assertNothingRan();
  }

  @Test
  void nothingIsBuiltWithoutAGoodBubblewrap() throws IOException {
    Path programs = WorkFolder.folder("programs");
    String path = programs + ":" + Machine.rust().orElseThrow();
    CliProcess without = CliProcess.beside(scene.gate()).in(yard.project()).env("PATH", path);

    refuses(without, "no bwrap in PATH; install bubblewrap");

    Path old = programs.resolve("bwrap");
    Files.writeString(old, "#!/bin/sh\necho bubblewrap 0.11.2\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    refuses(without, "bubblewrap 0.11.2, which is too old");

    // A program that claims to be a new version and has the flaw of the old ones.
    Files.writeString(
        old,
        """
        #!/bin/sh
        PATH=/usr/bin:/bin
        [ "$1" = --version ] && { echo bubblewrap 0.12.0; exit; }
        while [ "$1" != --bind ]; do shift; done
        behind=$(readlink "$2/door")
        mkdir "${behind#/oldroot}/made"
        """);
    refuses(without, "follows links that an earlier build planted");
  }

  private void refuses(CliProcess cli, String why) {
    String[] build = {"sandbox", "--target-dir", yard.target().toString(), "--", "cargo", "build"};
    assertThat(cli.run(build).exits(125).err()).contains(why);
    assertThat(cli.run("sandbox", "doctor").exits(3).out())
        .contains(why)
        .contains("the sandbox does not work on this machine: builds are refused");
    assertNothingRan();
  }

  private void assertNothingRan() {
    assertThat(yard.target()).isEmptyDirectory();
  }

  /// Builds a probe outside of the yard's workspace, with its own lockfile.
  private ProgramResult build(SandboxCell cell, String probe, String... words) {
    return ProgramResult.of(launcher(cell, probe, words), PATIENCE);
  }

  private ProcessBuilder launcher(SandboxCell cell, String probe, String... words) {
    String[] command =
        Stream.concat(Stream.of("cargo", "build"), Stream.of(words)).toArray(String[]::new);
    return cell.launcher(yard, scene.gate(), command)
        .directory(yard.project().resolve("alone").resolve(probe).toFile());
  }
}
