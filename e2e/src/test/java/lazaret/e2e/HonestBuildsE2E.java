package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.JsonText;
import lazaret.e2e.harness.Cli;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.Project;
import lazaret.e2e.harness.Ran;
import lazaret.e2e.harness.Scratch;
import lazaret.e2e.harness.Slice;
import lazaret.e2e.harness.Slice.Subject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Projects and programs of the shared slice, with C and assembler in them, procedural macros and
/// build scripts that run compilers: the sandbox stops none of it, reports nothing, and changes no
/// byte of what comes out.
class HonestBuildsE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  static Stream<Subject> subjects() {
    return Slice.subjects().filter(s -> s.name().equals("crypto-tool"));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void buildsTheSameBytesAsOutsideWithoutAReport(Subject subject) throws IOException {
    assumeTrue(Machine.program("bwrap").isPresent(), "bubblewrap is not installed");
    assumeTrue(Machine.rust().isPresent(), "cargo is not installed");
    Path cache = Scratch.folder("cache");
    Path outside = Scratch.folder("outside");
    Project project = subject.lay();
    try (Slice slice = Slice.open()) {
      Ran inside =
          Cli.beside(slice.gate())
              .in(project.folder())
              .run(
                  "sandbox",
                  "--json",
                  "--cache",
                  cache.toString(),
                  "--",
                  "cargo",
                  "build",
                  "--locked")
              .ok();

      JsonObject report = JsonText.parse(Bytes.utf8(inside.out()));
      assertThat(report.objects("violations")).as(inside.toString()).isEmpty();
      assertThat(report.texts("built")).isNotEmpty();
      buildOutside(project, cache, outside).ok();
      for (String built : report.texts("built")) {
        Path file = Path.of(built);
        Path same = outside.resolve("debug").resolve(file.getFileName());
        assertThat(Files.mismatch(file, same)).as("%s and %s", file, same).isEqualTo(-1);
      }
    }
  }

  /// Bare but for the paths: the machine as it is, under a layer that takes the folders that builds
  /// in the sandbox see.
  private static Ran buildOutside(Project project, Path cache, Path target) throws IOException {
    Path rust = Machine.rust().map(Path::getParent).orElseThrow();
    return Programs.run(
        PATIENCE,
        "bwrap",
        "--overlay-src",
        "/",
        "--tmp-overlay",
        "/",
        "--dev-bind",
        "/dev",
        "/dev",
        "--proc",
        "/proc",
        "--bind",
        project.folder().toString(),
        "/project",
        "--bind",
        target.toString(),
        "/out",
        "--bind",
        cargoHome(cache).toString(),
        "/cargo",
        "--ro-bind",
        rust.toString(),
        "/opt/rust",
        "--chdir",
        "/project",
        "--",
        "env",
        "-i",
        "PATH=/opt/rust/bin:/usr/bin",
        "HOME=/home/b",
        "CARGO_HOME=/cargo",
        "CARGO_TARGET_DIR=/out",
        "cargo",
        "build",
        "--frozen");
  }

  private static Path cargoHome(Path cache) throws IOException {
    try (Stream<Path> gates = Files.list(cache.resolve("gates"))) {
      return gates.findFirst().orElseThrow().resolve("cargo");
    }
  }
}
