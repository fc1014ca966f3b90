package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.DeskCaller;
import lazaret.e2e.harness.IndexSlice;
import lazaret.e2e.harness.IndexSlice.Subject;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Projects and programs of the shared slice with C and assembler code, procedural macros and build
/// scripts that run compilers. The sandbox does not stop them, reports nothing, and changes no byte
/// of the result.
///
/// All are built into one target folder inside and into one outside. Artifacts that cargo finds
/// there were built from the same source in the same way, and watched, for an earlier project.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("ci")
class HonestBuildsE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Path target = WorkFolder.folder("target");
  private final Path outside = WorkFolder.folder("outside");

  static Stream<Subject> subjects() {
    return IndexSlice.subjects().filter(s -> Machine.all() || s.name().equals("crypto-tool"));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void buildsTheSameBytesAsOutsideWithoutAReport(Subject subject) throws IOException {
    assumeSandbox();
    Path cache = WorkFolder.folder("cache");
    CargoProjectFolder project = subject.lay();
    try (IndexSlice slice = IndexSlice.open()) {
      ProgramResult inside =
          CliProcess.beside(slice.gate())
              .in(project.folder())
              .run(build(cache, "--target-dir", target.toString()).toArray(String[]::new));

      assertSame(inside.ok(), project, cache);
    }
  }

  @Test
  void userBuildsTheSameBytesWithoutAReport() throws IOException {
    assumeSandbox();
    assumeTrue(Machine.all(), "a sample builds as root only");
    assumeTrue(Programs.isRoot(), "becoming a user takes root");
    Path own = WorkFolder.folder("own");
    CargoProjectFolder laid =
        IndexSlice.subjects()
            .filter(s -> s.name().startsWith("hyperfine"))
            .findFirst()
            .orElseThrow()
            .lay();
    Path folder = Files.move(laid.folder(), own.resolve("project"));
    Path cache = Files.createDirectory(own.resolve("cache"));
    DeskCaller.USER.own(own);
    try (IndexSlice slice = IndexSlice.open()) {
      ProcessBuilder builder = DeskCaller.USER.cli(List.of(), own, slice.gate(), build(cache));

      ProgramResult inside = ProgramResult.of(builder.directory(folder.toFile()), PATIENCE);

      assertSame(inside.ok(), new CargoProjectFolder(folder), cache);
    }
  }

  private static void assumeSandbox() {
    assumeTrue(Machine.program("bwrap").isPresent(), "bubblewrap is not installed");
    assumeTrue(Machine.rust().isPresent(), "cargo is not installed");
  }

  private static List<String> build(Path cache, String... more) {
    List<String> words = new ArrayList<>(List.of("sandbox", "--json"));
    words.addAll(List.of("--cache", cache.toString()));
    words.addAll(List.of(more));
    words.addAll(List.of("--", "cargo", "build", "--locked"));
    return words;
  }

  private void assertSame(ProgramResult inside, CargoProjectFolder project, Path cache)
      throws IOException {
    JsonObject report = JsonObject.parse(Bytes.utf8(inside.out()));
    assertThat(report.objects("violations")).as(inside.toString()).isEmpty();
    assertThat(report.texts("built")).isNotEmpty();
    buildOutside(project, cache).ok();
    for (String built : report.texts("built")) {
      Path file = Path.of(built);
      Path same = outside.resolve("debug").resolve(file.getFileName());
      assertThat(Files.mismatch(file, same)).as("%s and %s", file, same).isEqualTo(-1);
    }
  }

  /// Builds without the protections of the sandbox, but with its paths. The machine is visible as
  /// it is, below a layer for the folders that builds in the sandbox see.
  private ProgramResult buildOutside(CargoProjectFolder project, Path cache) throws IOException {
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
        outside.toString(),
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
