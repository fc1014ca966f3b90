package lazaret.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Fault;
import lazaret.testkit.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The lockfile and the upstream of `vetting-cli run`.
@Tag("all")
class RunInputsE2E {
  private static final String CHECKS = "run: checking with a gate of this command";
  private static final String CHANGED = CHECKS + ": Cargo.lock changed during the check";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final CrateBuilder EARLIER = CrateBuilder.crate("alpha", "1.0.0");
  private static final CrateBuilder LATER =
      CrateBuilder.crate("alpha", "1.1.0").dependency("other", "^1");
  private static final CrateBuilder OTHER = CrateBuilder.crate("other", "1.0.0");
  private static final String APP =
      "\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\"alpha\"]\n";

  private final Path home = WorkFolder.folder("run-home");
  private ScriptedUpstream upstream;

  @BeforeEach
  void start() {
    var _ = SandboxScene.sandbox();
    var _ = SandboxScene.toolchain();
    upstream = ScriptedUpstream.start(Crates.aged(EARLIER, LATER, OTHER));
  }

  @AfterEach
  void close() {
    if (upstream != null) {
      upstream.close();
    }
  }

  private CliProcess alone(CargoProjectFolder project) {
    return CliProcess.alone().env("XDG_DATA_HOME", home.toString()).in(project.folder());
  }

  private String[] words(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "--upstream",
                "sparse+" + upstream.indexUrl(),
                "--feeds",
                "none",
                "--cache",
                home.resolve("cache").toString()));
    all.addAll(List.of(options));
    all.addAll(List.of("--", "true"));
    return all.toArray(String[]::new);
  }

  /// The packages of the earlier lockfile are in the cache, so that it would be built.
  @Test
  void aLockfileThatChangesIsCheckedBeforeTheBuild() throws Exception {
    String earlier = Crates.lockfile(List.of(EARLIER)) + APP;
    String later =
        Crates.lockfile(List.of(LATER))
            + "dependencies = [\"other\"]\n"
            + Crates.lockfile(List.of(OTHER)).replace("version = 4\n", "")
            + APP;
    CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"").lock(earlier);
    alone(project).run(words()).ok();
    project.lock(later);
    upstream.script("/crates/other/*", new Fault.Delay(Duration.ofSeconds(3)));

    Process run = alone(project).start(words());
    try {
      GateScene.await(
          "the gate to fetch a crate", PATIENCE, () -> upstream.count("/crates/other/*") > 0);
      project.lock(earlier);

      String errors = new String(run.getErrorStream().readAllBytes(), UTF_8);
      assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).as(errors).isZero();
      assertThat(errors).containsOnlyOnce(CHANGED);
    } finally {
      run.destroyForcibly();
    }
    assertThat(alone(project).run(words()).ok().err()).doesNotContain(CHECKS);
  }

  /// Its lockfile was not checked, and the cache may have its packages from another project.
  @Test
  void anotherWorkspaceInTheProjectIsNotBuilt() throws IOException {
    CargoProjectFolder project =
        CargoProjectFolder.with("alpha = \"1\"").lock(Crates.lockfile(List.of(EARLIER)) + APP);
    Path other = Files.createDirectories(project.folder().resolve("other"));
    Files.writeString(
        other.resolve("Cargo.toml"), "[package]\nname = \"o\"\nversion = \"0.1.0\"\n[workspace]\n");
    List<String> words = new ArrayList<>(List.of(words()));
    words.removeLast();
    words.addAll(List.of("cargo", "build", "--manifest-path", "other/Cargo.toml"));

    assertThat(alone(project).run(words.toArray(String[]::new)).exits(125).err())
        .contains("cannot build by the checked lockfile", "start the command in " + other);
  }

  @Test
  void theTokenOfAFileIsSentToTheIndexAlone() throws IOException {
    Path token = Files.writeString(home.resolve("token"), "of-the-mirror\n");

    alone(CargoProjectFolder.with("alpha = \"1\""))
        .run(words("--upstream-token-file", token.toString()))
        .ok();

    assertThat(upstream.requests("/index/*"))
        .isNotEmpty()
        .allMatch(asked -> asked.header("authorization").equals(Optional.of("of-the-mirror")));
    assertThat(upstream.requests("/crates/*"))
        .isNotEmpty()
        .allMatch(asked -> asked.header("authorization").isEmpty());
  }

  @Test
  void aMissingFileOfAuthoritiesEndsTheCommand() {
    Path gone = home.resolve("gone.pem");

    assertThat(
            alone(CargoProjectFolder.with("alpha = \"1\""))
                .run(words("--upstream-ca", gone.toString()))
                .exits(125)
                .err())
        .contains("cannot use --upstream-ca or SSL_CERT_FILE: expected a file", gone.toString());
    assertThat(upstream.requests()).isEmpty();
  }
}
