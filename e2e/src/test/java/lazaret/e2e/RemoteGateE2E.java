package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A build in the sandbox with a gate on another machine: TLS with its own authority, and a token.
/// Neither address nor secret is visible inside.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("ci")
class RemoteGateE2E {
  /// A build script that fails if its environment or configuration contains data of the gate.
  private static final String NOSY =
      """
      fn main() {
          for (name, value) in std::env::vars() {
              assert!(!value.contains("127.0.0.1") && !value.contains("lazaret_"), "{name}");
          }
          let home = std::env::var("CARGO_HOME").unwrap();
          for file in ["config.toml", "credentials.toml"] {
              let text = std::fs::read_to_string(format!("{home}/{file}")).unwrap_or_default();
              assert!(!text.contains("127.0.0.1") && !text.contains("lazaret_"), "{file}");
          }
          println!("cargo:rerun-if-changed=build.rs");
      }
      """;

  private final Path office = WorkFolder.folder("office");
  private final Path certificate = office.resolve("cert.pem");
  private GateScene scene;

  @BeforeAll
  void start() {
    assumeTrue(Machine.program("bwrap").isPresent(), "bubblewrap is not installed");
    assumeTrue(Machine.program("openssl").isPresent(), "openssl is not installed");
    Path key = office.resolve("key.pem");
    ProgramResult.of(
            new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString(),
                "-days",
                "3650",
                "-subj",
                "/CN=gate",
                "-addext",
                "subjectAltName=IP:127.0.0.1"),
            Duration.ofMinutes(1))
        .ok();
    scene =
        GateScene.of(
            Crates.aged(
                CrateBuilder.crate("alpha", "1.0.0"),
                CrateBuilder.crate("beta", "1.0.0").dependency("alpha", "^1").buildScript(NOSY)),
            settings ->
                settings
                    .set("tls.certificate", certificate.toString())
                    .set("tls.key", key.toString())
                    .set("auth-required", "true"));
  }

  @AfterAll
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private ProgramResult sandbox(CargoProjectFolder project, Path token, String... words) {
    String[] all =
        Stream.concat(
                Stream.of(
                    "sandbox",
                    "--server",
                    scene.gate().url(),
                    "--token-file",
                    token.toString(),
                    "--cache",
                    WorkFolder.folder("cache").toString()),
                Stream.of(words))
            .toArray(String[]::new);
    return CliProcess.alone()
        .env("SSL_CERT_FILE", certificate.toString())
        .in(project.folder())
        .run(all);
  }

  private Path token() {
    return scene.gate().data().resolve("admin-token");
  }

  @Test
  void sealedBuildFetchesThroughTlsWithTheTokenOutside() {
    assertThat(scene.gate().url()).startsWith("https://");
    CargoProjectFolder project = CargoProjectFolder.with("beta = \"1\"");

    ProgramResult ran = sandbox(project, token(), "--", "cargo", "run", "--quiet").ok();

    assertThat(ran.err()).contains("Cargo.lock: 2 packages, all served");
  }

  @Test
  void buildMayReachTheGateThroughTlsWhereAskedFor() {
    CargoProjectFolder project = CargoProjectFolder.with("beta = \"1\"");

    sandbox(project, token(), "--mode", "gate", "--", "cargo", "build").ok();
  }

  @Test
  void wrongTokenIsSaidBeforeAnythingIsBuilt() throws IOException {
    Path wrong = office.resolve("wrong");
    Files.writeString(wrong, "lazaret_nobody\n");
    CargoProjectFolder project = CargoProjectFolder.with("beta = \"1\"");

    ProgramResult ran = sandbox(project, wrong, "--", "cargo", "run", "--quiet");

    assertThat(ran.exit()).as(ran.toString()).isNotZero();
    assertThat(ran.err() + ran.out()).contains("token");
    assertThat(project.folder().resolve("target")).doesNotExist();
  }

  @Test
  void authorityThatNobodyVouchesForIsRefused() {
    CargoProjectFolder project = CargoProjectFolder.with("beta = \"1\"");

    ProgramResult ran =
        CliProcess.alone()
            .in(project.folder())
            .run(
                "sandbox",
                "--server",
                scene.gate().url(),
                "--token-file",
                token().toString(),
                "--cache",
                WorkFolder.folder("cache").toString(),
                "--",
                "cargo",
                "build");

    assertThat(ran.exit()).as(ran.toString()).isEqualTo(125);
    assertThat(ran.err() + ran.out()).contains("certif");
  }
}
