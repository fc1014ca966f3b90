package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Documentation by real cargo in the real sandbox, read over HTTP.
@Tag("ci")
class DocumentationE2E {
  private static final Pattern SCRIPT = Pattern.compile("src=\"([^\"]+\\.js)\"");

  private final Path socket = WorkFolder.folder("service").resolve("s");
  private SandboxScene scene;
  private Process service;

  private static FixtureRegistry registry() {
    FixtureRegistry registry =
        Crates.aged(
            CrateBuilder.crate("helper", "1.0.0").file("src/lib.rs", "pub fn help() {}\n"),
            CrateBuilder.crate("answers", "1.0.0")
                .dependency("helper", "^1")
                .file(
                    "src/lib.rs",
                    """
                //! Answers to questions.

                /// Returns the answer.
                pub fn answer() -> u32 {
                    helper::help();
                    42
                }
                """),
            CrateBuilder.crate("program", "1.0.0").file("src/main.rs", "fn main() {}\n"));
    return registry.publish(
        gated(), line -> line.feature("extra").pubtime(Instant.parse("2024-01-01T00:00:00Z")));
  }

  /// Returns a crate whose only item needs a feature, with arguments that would fail.
  private static CrateBuilder gated() {
    return CrateBuilder.crate("gated", "1.0.0")
        .manifest(
            """
            [package]
            name = "gated"
            version = "1.0.0"
            edition = "2021"
            description = "a crate for tests"
            license = "MIT"

            [features]
            extra = []

            [package.metadata.docs.rs]
            all-features = true
            rustdoc-args = ["--html-in-header", "missing.html"]
            """)
        .file("src/lib.rs", "#[cfg(feature = \"extra\")]\npub fn shown() {}\n");
  }

  @BeforeEach
  void start() throws IOException {
    SandboxScene.sandbox();
    SandboxScene.toolchain();
    scene =
        new SandboxScene(
            GateScene.of(
                registry(), settings -> settings.set("detonation.socket", socket.toString())),
            WorkFolder.folder("cache"));
    service =
        CliProcess.beside(scene.gate())
            .start(
                "sandbox",
                "serve",
                "--user",
                Files.getOwner(Path.of("/proc/self")).getName(),
                "--socket",
                socket.toString(),
                "--cache",
                WorkFolder.folder("service-cache").toString());
    GateScene.await("the service listens", () -> Files.exists(socket));
  }

  @AfterEach
  void close() {
    if (service != null) {
      service.destroy();
    }
    if (scene != null) {
      scene.close();
    }
  }

  @Test
  void pagesOfAVersionAreBuiltAndRead() {
    scene.cli("prefetch", "answers@1.0.0").ok();

    ProgramResult built = scene.cli("documentation", "build", "answers@1.0.0").ok();

    assertThat(built.out()).containsPattern("\\d+ pages");
    assertThat(scene.cli("documentation", "list").ok().out()).contains("answers", "1.0.0");
    String address =
        scene
            .cli("documentation", "open", "answers@1.0.0")
            .ok()
            .out()
            .lines()
            .findFirst()
            .orElseThrow();
    assertThat(address).endsWith("/answers/index.html");
    HttpProbeClient http = scene.gate().http();
    String path = address.substring(scene.gate().url().length());
    String page = http.get(path).text();
    assertThat(page).contains("Answers to questions.", "fn.answer.html");
    assertThat(http.get(path.replace("index.html", "fn.answer.html")).text())
        .contains("Returns the answer.");
    assertThat(http.get(path.replace("answers/index.html", "src/answers/lib.rs.html")).status())
        .isEqualTo(200);
    assertScriptsAreThere(http, path, page);
  }

  @Test
  void featuresOfTheMetadataAreEnabledAndTheToolchainIsNamed() {
    scene.cli("prefetch", "gated@1.0.0").ok();

    scene.cli("documentation", "build", "gated@1.0.0").ok();

    assertThat(scene.cli("documentation", "list").ok().out()).containsPattern("rustc 1\\.\\d+");
    String address =
        scene
            .cli("documentation", "open", "gated@1.0.0")
            .ok()
            .out()
            .lines()
            .findFirst()
            .orElseThrow();
    String path = address.substring(scene.gate().url().length());
    assertThat(scene.gate().http().get(path).text()).contains("fn.shown.html");
  }

  private static void assertScriptsAreThere(HttpProbeClient http, String path, String page) {
    Matcher scripts = SCRIPT.matcher(page);
    int found = 0;
    while (scripts.find()) {
      String script = path.replaceFirst("[^/]+$", "") + scripts.group(1);
      assertThat(http.get(Path.of(script).normalize().toString()).status()).isEqualTo(200);
      found++;
    }
    assertThat(found).isPositive();
  }

  @Test
  void aVersionWithoutALibraryHasARecordAndNoPages() {
    scene.cli("prefetch", "program@1.0.0").ok();

    ProgramResult built = scene.cli("documentation", "build", "program@1.0.0").exits(1);

    assertThat(built.out()).contains("exit 101");
    scene.cli("documentation", "open", "program@1.0.0").exits(5);
    scene.cli("documentation", "remove", "program@1.0.0").ok();
    assertThat(scene.cli("documentation", "list").ok().out()).doesNotContain("program");
  }

  @Test
  void pagesOfADeniedVersionAreNotOpened() {
    scene.cli("prefetch", "answers@1.0.0").ok();
    scene.cli("documentation", "build", "answers@1.0.0").ok();

    scene.cli("deny", "answers@1.0.0", "--reason", "hostile").ok();

    assertThat(scene.cli("documentation", "open", "answers@1.0.0").exit()).isNotZero();
  }
}
