package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.LoginProcess;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.Fault;
import lazaret.testkit.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A login by device code at a gate that requires tokens: the file with the token, real cargo with
/// the credential provider, and builds in the sandbox.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("store")
class LoginE2E {
  private final Path home = WorkFolder.folder("home");
  private final Path file = LoginProcess.file(home);
  private GateScene scene;
  private Path provider;

  @BeforeAll
  void signIn() throws IOException {
    scene = GateScene.of(Crates.alphaAndBeta(), s -> s.set("auth-required", "true"));
    provider = provider();
    try (LoginProcess login = LoginProcess.start(scene.gate(), home, "reader")) {
      assertThat(scene.http().order("/logins/" + login.code(), "{\"approve\":true}").status())
          .isEqualTo(200);
      login.finish();
    }
  }

  @AfterAll
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private CliProcess cli() {
    return CliProcess.alone().env("HOME", home.toString());
  }

  /// Writes the program that cargo starts as its provider, like `vetting-cli` in the search path.
  private static Path provider() throws IOException {
    Path script = WorkFolder.folder("provider").resolve("provider");
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' lazaret.credential.Main \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin/java"),
                System.getProperty("java.class.path")));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Cargo cargo() {
    return Cargo.fresh(
            Cargo.config(scene.gate().url())
                + "credential-provider = [\"%s\", \"cargo-credential\"]\n".formatted(provider))
        .env("HOME", home.toString());
  }

  private String secret() {
    return LoginProcess.secret(home);
  }

  @Test
  void tokenIsInAPrivateFile() throws IOException {
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(scene.http().get("/index/config.json", "Authorization", secret()).status())
        .isEqualTo(200);
  }

  @Test
  void cargoBuildsWithTheTokenOfTheLogin() {
    CargoProjectFolder project = CargoProjectFolder.with("beta = \"1\"");

    ProgramResult built = cargo().run(project.folder(), "build").ok();

    assertThat(project.locked("alpha")).isEqualTo("1.2.0");
    assertThat(built.out() + built.err()).doesNotContain("lzr_");
  }

  /// The median of several starts through the script, since other processes delay single ones.
  @Tag("all")
  @Test
  void providerRepliesWithin150Milliseconds() {
    CliProcess script = CliProcess.atHome(home).env("HOME", home.toString());
    String index = "sparse+" + scene.gate().url() + "/index/";
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      long begun = System.nanoTime();
      ProgramResult reply = script.run("cargo-credential", index).ok();
      times.add(Duration.ofNanos(System.nanoTime() - begun));
      assertThat(reply.out()).isEqualTo(secret() + "\n");
    }
    Collections.sort(times);
    assertThat(times.get(times.size() / 2)).isLessThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void indexThatAProjectNamesGetsNoToken() throws IOException {
    try (ScriptedUpstream evil = ScriptedUpstream.start(Crates.alphaAndBeta())) {
      evil.script(
          "/index/*",
          Fault.status(401, Map.of("WWW-Authenticate", "Cargo login_url=\"http://127.0.0.1/me\"")));
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
      Path config = Files.createDirectories(project.folder().resolve(".cargo"));
      Files.writeString(
          config.resolve("config.toml"),
          "[registries.lazaret]\nindex = \"sparse+%s\"\n".formatted(evil.indexUrl()));

      ProgramResult fetch = cargo().run(project.folder(), "fetch").exits(101);

      String origin = evil.indexUrl().replaceFirst("(http://[^/]+)/.*", "$1");
      assertThat(fetch.err()).contains("no token for " + origin + ": you did not sign in there");
      assertThat(evil.requests())
          .isNotEmpty()
          .allMatch(request -> request.header("authorization").isEmpty());
    }
  }

  /// Returns a project whose build script searches folders, the environment and all processes.
  private static CargoProjectFolder searching(String roots) throws IOException {
    CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
    Path script = Machine.root().resolve("e2e/src/test/resources/token-search/build.rs");
    Files.copy(script, project.folder().resolve("build.rs"));
    Files.writeString(project.folder().resolve("roots.txt"), roots);
    return project;
  }

  /// Builds in the sandbox with the token of the login.
  private ProgramResult sandbox(Path folder, String... words) {
    SandboxScene.sandbox();
    SandboxScene.toolchain();
    String path = Machine.rust().orElseThrow() + ":" + System.getenv("PATH");
    List<String> all = new ArrayList<>(List.of("sandbox", "--server", scene.gate().url()));
    all.addAll(List.of(words));
    return cli().env("PATH", path).in(folder).run(all.toArray(String[]::new));
  }

  /// Shows that the search of the next test finds the token where it is.
  @Test
  void searchFindsTheTokenOutsideOfTheSandbox() throws IOException {
    ProgramResult built = cargo().run(searching(home.toString()).folder(), "build").ok();

    assertThat(built.err()).contains("found [").contains("\"" + file + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sealed", "gate"})
  void buildInTheSandboxFindsNoToken(String mode) throws IOException {
    CargoProjectFolder project = searching("/\n" + home + "\n");
    String cache = WorkFolder.folder("cache").toString();

    ProgramResult built =
        sandbox(project.folder(), "--mode", mode, "--cache", cache, "--", "cargo", "build").ok();

    assertThat(built.err())
        .containsPattern("searched [1-9]\\d* files and [1-9]\\d* processes, found \\[\\]");
    assertThat(built.out() + built.err()).doesNotContain(secret());
    assertThat(project.locked("alpha")).isEqualTo("1.2.0");
  }

  @Test
  void folderOfTheTokenIsNoProject() throws IOException {
    Path folder = Objects.requireNonNull(file.getParent());
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("src/main.rs"), "fn main() {}\n");
    Files.writeString(
        folder.resolve("Cargo.toml"), "[package]\nname = \"app\"\nversion = \"0.1.0\"\n");

    ProgramResult refused = sandbox(folder, "--", "cargo", "build").exits(125);

    assertThat(refused.err())
        .contains("the project " + folder + " must not be used, because it overlaps " + folder);
  }
}
