package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A withheld version that is built alone for its reviewer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetonateE2E {
  private static final String HONEST =
      """
      fn main() {
          let out = std::env::var("OUT_DIR").unwrap();
          std::fs::write(format!("{out}/table.rs"), "").unwrap();
          println!("cargo:rerun-if-changed=build.rs");
      }
      """;

  private static final String HOSTILE =
      """
      fn main() {
          let out = std::env::var("OUT_DIR").unwrap();
          std::fs::write(format!("{out}/table.rs"), "").unwrap();
          std::fs::write(format!("{out}/loot.bin"), "").unwrap();
          println!("cargo:rerun-if-changed=build.rs");
          println!("cargo:rustc-link-lib=evil");
          let _ = std::net::TcpStream::connect("203.0.113.7:443");
          let _ = std::process::Command::new("/usr/bin/sleep").arg("0.3").status();
      }
      """;

  private SandboxScene scene;

  private static FixtureRegistry registry() {
    FixtureRegistry registry =
        Crates.aged(
            CrateBuilder.crate("alpha", "1.0.0"),
            CrateBuilder.crate("beta", "1.0.0").dependency("alpha", "^1").buildScript(HONEST));
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    return registry.publish(
        CrateBuilder.crate("beta", "1.1.0").dependency("alpha", "^1").buildScript(HOSTILE),
        line -> line.pubtime(yesterday));
  }

  @BeforeAll
  void start() {
    scene = SandboxScene.of(registry());
  }

  @AfterAll
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private ProgramResult cli(String... words) {
    return scene.cli(words);
  }

  private ProgramResult detonate(String spec) {
    return scene.builds(WorkFolder.folder("work"), "detonate", spec);
  }

  @Test
  void recordsHowAWithheldVersionDiffersFromTheApprovedOne() {
    cli("approve", "beta@1.0.0", "--reason", "read it").ok();
    ProgramResult honest = detonate("beta@1.0.0").ok();
    assertThat(honest.out())
        .contains("built; by ")
        .contains("no lower approved version has evidence")
        .contains("wrote $OUT_DIR/table.rs")
        .contains("said rerun-if-changed=build.rs")
        .contains("ran /opt/rust/bin/cargo")
        .doesNotContain("denied", "/bwrap", "/java", "/jspawnhelper", "/prlimit", "/setpriv");
    // Its folder was removed at the end of the command.
    assertThat(honest.err()).doesNotContain("Cargo.lock");
    int asked = scene.gate().accessLog().size();

    ProgramResult hostile = detonate("beta@1.1.0").ok();

    assertThat(hostile.out())
        .contains("compared with 1.0.0")
        .containsPattern("new +denied connect 203.0.113.7:443")
        .containsPattern("new +said rustc-link-lib=evil")
        .containsPattern("new +wrote \\$OUT_DIR/loot.bin")
        .containsPattern("new +ran .*sleep")
        .doesNotContainPattern("new +wrote \\$OUT_DIR/table.rs");
    assertThat(scene.scene().asked(asked)).noneMatch(request -> request.startsWith("GET /dl/beta"));
    for (String verb : new String[] {"show", "why", "review"}) {
      assertThat(cli(verb, "beta@1.1.0").out())
          .as(verb)
          .contains("compared with 1.0.0")
          .containsPattern("new +denied connect 203.0.113.7:443");
    }
    // The version is still withheld.
    cli("why", "beta@1.1.0").exits(1);
    assertThat(cli("log").out()).contains("evidence-filed").contains("built alone");
  }

  @Test
  void progressIsPrintedAsJsonLinesAmongTheOutputOfCargo() {
    ProgramResult ran =
        scene
            .builds(WorkFolder.folder("work"), "detonate", "alpha@1.0.0", "--progress", "json")
            .ok();

    List<String> lines = ran.err().lines().filter(line -> line.startsWith("{")).toList();
    assertThat(lines.subList(0, lines.size() - 1))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("{\"state\":\"running\","))
        .noneMatch(line -> line.contains("\"percent\":100"));
    assertThat(lines.getLast())
        .startsWith("{\"state\":\"complete\",\"phase\":\"build\",")
        .contains("\"done\":2,\"total\":2,\"unit\":\"crates\",\"percent\":100");
    assertThat(ran.err()).contains("   Compiling alpha v1.0.0 (");
  }

  @Test
  void unknownVersionIsReported() {
    detonate("beta@9.9.9").exits(5);
    detonate("beta").exits(2);
  }
}
