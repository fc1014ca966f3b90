package lazaret.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The jobs and hooks of `docs/ci.md`, run with the package of the command line by a user whose
/// search path has neither Java nor Maven.
@Tag("ci")
class CiSnippetsE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> PROGRAMS =
      List.of(
          "bash",
          "cat",
          "chmod",
          "cp",
          "curl",
          "dirname",
          "env",
          "git",
          "grep",
          "gzip",
          "mkdir",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sha256sum",
          "stty",
          "tar");

  private final Map<String, String> environment = new HashMap<>();
  private final Path programs = WorkFolder.folder("programs");
  private GateScene scene;
  private CargoProjectFolder project;

  @BeforeEach
  void lay() throws IOException {
    assumeTrue(Machine.rust().isPresent(), "cargo is not installed");
    Path archive = PackageBuild.plainArchives().named("lazaret-cli-0", "-linux-x86_64.tar.gz");
    scene = GateScene.of(Crates.alphaAndBeta());
    project = CargoProjectFolder.with("alpha = \"1\"");
    Cargo.fresh(scene.gate()).run(project.folder(), "fetch").ok();
    for (String name : PROGRAMS) {
      Path program = Machine.program(name).orElseThrow(() -> new AssertionError("no " + name));
      Files.createSymbolicLink(programs.resolve(name), program);
    }
    environment.put("PATH", programs.toString());
    environment.put("HOME", WorkFolder.folder("home").toString());
    environment.put("RUNNER_TEMP", WorkFolder.folder("runner").toString());
    environment.put("GITHUB_PATH", WorkFolder.folder("runner").resolve("path").toString());
    environment.put("LAZARET_SERVER", scene.gate().url());
    environment.put("LAZARET_TOKEN", scene.gate().token());
    String downloads = PackageBuild.plainArchives().folder().toUri().toString();
    environment.put("LAZARET_DOWNLOADS", downloads);
    environment.put("LAZARET_VERSION", version(archive));
    environment.put("LAZARET_SHA256", sha256(archive));
  }

  @AfterEach
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private static String version(Path archive) {
    return archive.getFileName().toString().replaceFirst("lazaret-cli-([^-]+)-.*", "$1");
  }

  private static String sha256(Path file) {
    return PackageBuild.run("sha256sum", file.toString()).ok().out().split(" ", 2)[0];
  }

  @Test
  void jobOfGitHubPassesAndStopsAtARefusedVersion() throws IOException {
    List<String> steps = githubSteps(section("## GitHub Actions"));
    assertThat(steps).hasSize(2);

    run(steps.getFirst()).ok();
    environment.merge("PATH", pathOfTheNextStep(), (old, added) -> added + ":" + old);
    run(steps.getLast()).ok();
    assertThat(project.folder().resolve("lazaret.sarif")).isNotEmptyFile();

    scene.http().decide("deny", "leaks the environment", "alpha@1.2.0");
    assertThat(run(steps.getLast()).exits(1).out()).contains("leaks the environment");
  }

  @Test
  void jobOfGitHubRefusesAnotherPackage() throws IOException {
    environment.put("LAZARET_SHA256", "0".repeat(64));

    ProgramResult refused = run(githubSteps(section("## GitHub Actions")).getFirst()).exits(1);

    assertThat(refused.out()).contains("archive: FAILED");
    assertThat(Path.of(environment.get("RUNNER_TEMP"), "lazaret", "bin")).doesNotExist();
  }

  @Test
  void jobOfGitLabPasses() throws IOException {
    String script = String.join("\n", gitlabScript(section("## GitLab CI")));

    run(script).ok();

    assertThat(project.folder().resolve("lazaret.xml")).content().contains("alpha");
  }

  @Test
  void hookStopsACommitWithTheInstalledCommandLine() throws IOException {
    install();
    run("git init -q && mkdir -p .git/hooks").ok();
    // The command of the page.
    String command =
        section("## At commit").lines().filter(l -> l.startsWith("    cp ")).findFirst().orElse("");
    String hooks = environment.get("RUNNER_TEMP") + "/lazaret/share/doc/docs/hooks";
    assertThat(command).contains("/usr/share/doc/lazaret/docs/hooks/");
    run(command.strip().replace("/usr/share/doc/lazaret/docs/hooks", hooks)).ok();

    run("git add . && git commit -q -m passes").ok();

    scene.http().decide("deny", "leaks the environment", "alpha@1.2.0");
    project.lock("# touched\n" + project.lock());
    assertThat(run("git add Cargo.lock && git commit -q -m refused").exits(1).err())
        .contains("Cargo.lock is not committed (vetting-cli ended with 1)");
  }

  @Test
  void hookOfPreCommitRunsTheInstalledCommandLine() throws IOException {
    install();
    List<String> lines = Files.readAllLines(Machine.root().resolve(".pre-commit-hooks.yaml"));
    assertThat(lines).contains("  language: system");
    String entry =
        lines.stream().filter(line -> line.startsWith("  entry: ")).findFirst().orElseThrow();

    run(entry.replace("  entry: ", "") + " Cargo.lock").ok();
  }

  /// Unpacks the package into the search path.
  private void install() throws IOException {
    run(githubSteps(section("## GitHub Actions")).getFirst()).ok();
    environment.merge("PATH", pathOfTheNextStep(), (old, added) -> added + ":" + old);
  }

  private String pathOfTheNextStep() throws IOException {
    return Files.readString(Path.of(environment.get("GITHUB_PATH"))).strip();
  }

  /// Runs a script in the project, with the shell options of the services.
  private ProgramResult run(String script) {
    try {
      Path file = WorkFolder.folder("step").resolve("step.sh");
      Files.writeString(file, script + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      ProcessBuilder builder =
          new ProcessBuilder(
                  programs.resolve("bash").toString(), "-eo", "pipefail", file.toString())
              .directory(project.folder().toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      for (String who : List.of("AUTHOR", "COMMITTER")) {
        builder.environment().put("GIT_" + who + "_NAME", "ann");
        builder.environment().put("GIT_" + who + "_EMAIL", "ann@example.org");
      }
      return ProgramResult.of(builder, PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run a step", e);
    }
  }

  private static String section(String heading) throws IOException {
    String page = Files.readString(Machine.root().resolve("docs/ci.md"));
    int from = page.indexOf("\n" + heading + "\n");
    assertThat(from).as(heading).isPositive();
    int to = page.indexOf("\n## ", from + 1);
    return to < 0 ? page.substring(from) : page.substring(from, to);
  }

  /// Returns the scripts of the steps of a job.
  private static List<String> githubSteps(String section) {
    List<String> steps = new ArrayList<>();
    List<String> lines = section.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int run = line.indexOf("run: ");
      if (line.endsWith("run: |")) {
        String indent = " ".repeat(run + 2);
        steps.add(
            lines.stream()
                .skip(i + 1L)
                .takeWhile(next -> next.startsWith(indent))
                .map(String::strip)
                .collect(Collectors.joining("\n")));
      } else if (run >= 0) {
        steps.add(line.substring(run + "run: ".length()));
      }
    }
    return steps;
  }

  /// Returns the lines of the script of a job.
  private static List<String> gitlabScript(String section) {
    return section
        .lines()
        .dropWhile(line -> !line.equals("  script:"))
        .skip(1)
        .takeWhile(line -> line.startsWith("    - "))
        .map(line -> line.substring("    - ".length()))
        .toList();
  }
}
