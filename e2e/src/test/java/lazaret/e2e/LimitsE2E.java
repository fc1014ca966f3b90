package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lazaret.e2e.harness.ProbeYard;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.ResourceLimits;
import lazaret.e2e.harness.ResultTable;
import lazaret.e2e.harness.RunningProgram;
import lazaret.e2e.harness.SandboxScene;
import lazaret.sandbox.Sandbox;
import lazaret.sandbox.SandboxLimits;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.SandboxPolicy.Folders;
import lazaret.sandbox.SandboxPolicy.OffLimits;
import lazaret.sandbox.SandboxPolicy.Project;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.cargo.CargoCommand;
import lazaret.sandbox.cargo.RustToolchain;
import lazaret.storage.files.DataFolderFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The probes that exhaust a machine, each built alone with small limits. The limit is enforced and
/// reported, and the crate is reported if the build is watched.
@Tag("ci")
class LimitsE2E {
  private static final int FAILED = 101;
  private static final long MIB = 1L << 20;

  private static final ResultTable TABLE =
      new ResultTable("limits", "probe", "what it does", "what stopped it", "in the report");

  @TempDir Path dir;

  @AfterAll
  static void write() {
    TABLE.write();
  }

  @Test
  void forkBombIsRefusedProcesses() throws IOException {
    Built built = build("p42-fork-bomb", l -> l.processes(64));

    assertThat(built.report().ending()).isEqualTo(new Ending.Exited(FAILED));
    assertThat(built.number("processes (\\d+) ")).isBetween(1L, 63L);
    assertThat(built.number("threads (\\d+)")).isBetween(0L, 63L);
    assertThat(built.limits())
        .isEqualTo(built.hasGroups() ? List.of("processes and threads") : List.of());
  }

  @Test
  void memoryOfAProcessEnds() throws IOException {
    Built built = build("p43-memory", l -> l.processBytes(2048 * MIB));

    assertThat(built.report().ending()).isEqualTo(new Ending.Exited(FAILED));
    assertThat(built.number("refused after (\\d+) MiB")).isBetween(512L, 2047L);
  }

  @Test
  void memoryOfAllProcessesEndsWhereTheMachineCountsIt() throws IOException {
    Built built = build("p43-memory", l -> l.memoryBytes(768 * MIB).processBytes(4096 * MIB));

    assertThat(built.report().ending()).isEqualTo(new Ending.Exited(FAILED));
    if (built.hasGroups()) {
      assertThat(built.said()).contains("signal: 9");
      assertThat(built.limits()).containsExactly("memory of all processes together");
    }
  }

  @Test
  void temporaryFoldersAreFullAndTheTargetFolderIsStopped() throws IOException {
    Built built = build("p43-disk", l -> l.temporaryBytes(48 * MIB).targetBytes(96 * MIB), "-vv");

    assertThat(built.number("/dev/shm (\\d+) MiB then No space")).isBetween(32L, 64L);
    assertThat(built.number("/tmp (\\d+) MiB then No space")).isBetween(16L, 48L);
    assertThat(built.stopped()).isEqualTo("the target folder has more than 100,663,296 bytes");
    assertThat(built.culprit()).isEqualTo("p43-disk 0.1.0");
  }

  @Test
  void fileDoesNotGrowWithoutEnd() throws IOException {
    Built built = build("p43-disk", l -> l.temporaryBytes(256 * MIB).fileBytes(48 * MIB));

    assertThat(built.report().ending()).isEqualTo(new Ending.Exited(FAILED));
    assertThat(built.said()).contains("signal: 25");
  }

  @Test
  void floodOfOutputIsStopped() throws IOException {
    Built built = build("p43-log-flood", l -> l.outputBytes(MIB), "-vv");

    assertThat(built.stopped()).isEqualTo("it printed more than 1,048,576 bytes");
    assertThat(built.culprit()).isEqualTo("p43-log-flood 0.1.0");
  }

  @Test
  void openFilesAreCounted() throws IOException {
    Built built = build("p43-open-files", l -> l.files(256));

    assertThat(built.report().ending()).isEqualTo(new Ending.Exited(FAILED));
    assertThat(built.said()).contains("Too many open files");
    assertThat(built.number("open files (\\d+) ")).isBetween(200L, 255L);
  }

  @Test
  void silenceIsStoppedWithAllThatStay() throws IOException {
    Built built = build("p44-stays", l -> l.silence(Duration.ofSeconds(8)), "--features", "hangs");

    assertThat(built.stopped()).isEqualTo("it printed nothing for 8s");
    assertThat(built.culprit()).isEqualTo("p44-stays 0.1.0");
    assertThat(RunningProgram.builds("p44-stays")).isEmpty();
  }

  @Test
  void timeEndsWithAllThatStay() throws IOException {
    Built built = build("p44-stays", l -> l.wall(Duration.ofSeconds(8)), "--features", "hangs");

    assertThat(built.stopped()).isEqualTo("it took longer than 8s");
    assertThat(built.culprit()).isEqualTo("p44-stays 0.1.0");
    assertThat(RunningProgram.builds("p44-stays")).isEmpty();
  }

  @Test
  void nothingStaysOfABuildThatEnded() throws IOException {
    Built built = build("p44-stays", l -> l);

    assertThat(built.report().ending()).isEqualTo(new Ending.Exited(0));
    assertThat(dir.resolve("out")).isDirectoryRecursivelyContaining("glob:**/alive-1");
    assertThat(RunningProgram.builds("p44-stays")).isEmpty();
  }

  private Built build(String probe, UnaryOperator<ResourceLimits> change, String... words)
      throws IOException {
    Path project = dir.resolve("project");
    Programs.run(
            Duration.ofMinutes(1),
            "cp",
            "-r",
            ProbeYard.sources().resolve("alone").resolve(probe).toString(),
            project.toString())
        .ok();
    List<String> command = new ArrayList<>(List.of("cargo", "build"));
    command.addAll(List.of(words));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    SandboxReport report = run(project, command, change.apply(new ResourceLimits()).all(), said);
    Built built = new Built(report, said.toString(StandardCharsets.UTF_8));
    TABLE.row(
        "`" + probe + "`",
        ResultTable.description(ProbeYard.sources().resolve("alone").resolve(probe)),
        built.end(),
        String.join("; ", built.violations()));
    return built;
  }

  private SandboxReport run(
      Path project, List<String> command, SandboxLimits limits, ByteArrayOutputStream said) {
    Sandbox sandbox = SandboxScene.sandbox();
    RustToolchain toolchain = SandboxScene.toolchain();
    Folders folders =
        new Folders(
            Project.of(project),
            dir.resolve("out"),
            toolchain.sysroot(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new OffLimits(List.of(), DataFolderFiles.MARKER));
    return sandbox.run(
        new SandboxPolicy(
            CargoCommand.frozen(command, List.of()), Access.USUAL, folders, Map.of(), limits),
        said,
        said);
  }

  /// The result of a build.
  private record Built(SandboxReport report, String said) {
    /// Returns the end of the build in words.
    String end() {
      Matcher signal = Pattern.compile("\\(signal: \\d+[^)]*\\)").matcher(said);
      Matcher warnings =
          Pattern.compile("cargo:warning=(.{1,80}?)(?: \\(os error.*)?\\n").matcher(said);
      return switch (report.ending()) {
        case Ending.Stopped(String limit) -> limit;
        case Ending.Exited(int code) when code == 0 -> "nothing stays when it has ended";
        case Ending.Exited _ when signal.find() -> "the kernel " + signal.group();
        case Ending.Exited _ ->
            "the kernel: "
                + warnings.results().map(w -> w.group(1)).collect(Collectors.joining(", "));
      };
    }

    List<String> violations() {
      return report.violations().stream()
          .map(v -> v.resource() + v.origin().crate().map(crate -> " by " + crate).orElse(""))
          .toList();
    }

    /// Returns the number that a probe printed.
    long number(String pattern) {
      Matcher found = Pattern.compile(pattern).matcher(said);
      assertThat(found.find()).as("'%s' in %s\n%s", pattern, report, said).isTrue();
      return Long.parseLong(found.group(1));
    }

    /// Returns the limit that stopped the build, which the report names, too.
    String stopped() {
      assertThat(report.ending()).as(said).isInstanceOf(Ending.Stopped.class);
      String limit = ((Ending.Stopped) report.ending()).limit();
      assertThat(limits()).containsExactly(limit);
      return limit;
    }

    String culprit() {
      Violation.Origin origin = report.violations().getFirst().origin();
      return origin.crate().orElse("nobody") + " " + origin.version().orElse("?");
    }

    List<String> limits() {
      assertThat(report.violations()).allMatch(v -> v.kind() == Violation.Kind.LIMIT);
      return report.violations().stream().map(Violation::resource).toList();
    }

    boolean hasGroups() {
      return report.notHeld().stream().noneMatch(what -> what.contains("control groups"));
    }
  }
}
