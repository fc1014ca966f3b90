package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Verdicts that result from several rules, with the real server and real cargo. The cases are the
/// fast lane of a fix, a clean release with a hostile dependency, and the pruning of a closure.
@Tag("ci")
class VerdictsLiveE2E {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String QUIET = "pub fn count() -> u8 { 1 }\n";
  private static final String TALKING =
      """
      use std::net::TcpStream;
      pub fn count() -> bool { TcpStream::connect("192.0.2.7:443").is_ok() }
      """;

  /// An inert source: the variable is never set, and the address is reserved for documentation (RFC
  /// 5737).
  private static final String HOSTILE =
      """
      use std::net::TcpStream;
      use std::process::Command;
      fn main() {
          if std::env::var("NEVER_SET_BY_ANYBODY").is_ok() {
              let _ = TcpStream::connect("192.0.2.7:443");
              let _ = Command::new("/nonexistent/dropped").spawn();
          }
      }
      """;

  private static void publish(FixtureRegistry registry, CrateBuilder crate, int daysOld) {
    registry.publish(crate, line -> line.pubtime(NOW.minus(Duration.ofDays(daysOld))));
  }

  private static CrateBuilder crate(String name, String version, String source) {
    return CrateBuilder.crate(name, version).file("src/lib.rs", source);
  }

  private static void importFeed(CliProcess cli, String crate, String versions, String kind) {
    Path feed = WorkFolder.folder("feed").resolve("ours.toml");
    try {
      Files.writeString(
          feed,
          """
          [[advisory]]
          id = "OUR-2026-1"
          crate = "%s"
          versions = ["%s"]
          kind = "%s"
          reason = "reads past the end"
          """
              .formatted(crate, versions, kind));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    cli.run("feed", "import", feed.toString()).ok();
  }

  @Test
  void fixInsideItsCooldownIsServedIfItCanDoNoMore() {
    FixtureRegistry registry = new FixtureRegistry();
    publish(registry, crate("alpha", "1.0.0", QUIET), 100);
    publish(registry, crate("noisy", "1.0.0", QUIET), 100);
    try (GateScene scene = GateScene.of(registry, s -> s.impatient().clock(NOW))) {
      CliProcess cli = CliProcess.beside(scene.gate());
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"", "noisy = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "build").ok();
      publish(registry, crate("alpha", "1.0.1", QUIET + "// fixed\n"), 1);
      publish(registry, crate("noisy", "1.0.1", TALKING), 1);
      Cargo.fresh(scene.gate()).run(project.folder(), "update").ok();
      assertThat(project.locked("alpha")).as("in its cooldown").isEqualTo("1.0.0");

      importFeed(cli, "alpha", "<1.0.1", "vulnerability");

      GateScene.await(
          "the fix is inspected and offered",
          () -> {
            cli.run("prefetch", "alpha@1.0.1");
            return Cargo.fresh(scene.gate()).run(project.folder(), "update").exit() == 0
                && project.locked("alpha").equals("1.0.1");
          });
      Cargo.fresh(scene.gate()).run(project.folder(), "build", "--locked").ok();
      assertThat(cli.run("why", "alpha@1.0.1").ok().out()).contains("fix: ");

      importFeed(cli, "noisy", "<1.0.1", "vulnerability");

      cli.run("prefetch", "noisy@1.0.1").exits(1);
      assertThat(cli.run("why", "noisy@1.0.1").exits(1).out())
          .contains("network-gained", "could not");
      Cargo.fresh(scene.gate()).run(project.folder(), "update");
      assertThat(project.locked("noisy")).isEqualTo("1.0.0");
    }
  }

  @Test
  void everyPlaceThatPeopleReadNamesMissingFeeds() {
    FixtureRegistry registry = new FixtureRegistry();
    publish(registry, crate("alpha", "1.0.0", QUIET), 100);
    try (GateScene scene = GateScene.of(registry, s -> s.impatient().clock(NOW))) {
      CliProcess cli = CliProcess.beside(scene.gate());
      String missing = "no advisory feed was imported yet";
      assertThat(cli.run("cargo-config").ok().out()).contains("# Warning: " + missing + ".");
      assertThat(cli.run("status").ok().out()).contains(missing);
      assertThat(cli.run("why", "alpha@1.0.0").ok().err()).containsOnlyOnce(missing);
    }
  }

  /// Versions are not yanked, the release is past its cooldown, and its own artifact is clean.
  @Test
  void cleanReleaseThatBringsAHostileYoungDependencyIsHeldWithIt() {
    FixtureRegistry registry = new FixtureRegistry();
    publish(registry, crate("parser", "1.0.0", QUIET), 400);
    publish(registry, crate("parser", "1.0.1", QUIET), 200);
    publish(registry, crate("app-core", "1.0.0", QUIET).dependency("parser", "^1"), 300);
    try (GateScene scene = GateScene.of(registry, s -> s.impatient().clock(NOW))) {
      CliProcess cli = CliProcess.beside(scene.gate());
      CargoProjectFolder project = CargoProjectFolder.with("app-core = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "build").ok();
      CrateBuilder payload = CrateBuilder.crate("fastcolors", "1.0.0").buildScript(HOSTILE);
      CrateBuilder carrier = crate("parser", "1.0.2", QUIET).dependency("fastcolors", "^1");
      publish(registry, payload, 21);
      publish(registry, carrier, 20);

      Cargo.fresh(scene.gate()).run(project.folder(), "update").ok();
      Cargo.fresh(scene.gate()).run(project.folder(), "build").ok();

      assertThat(project.locked("parser")).isEqualTo("1.0.1");
      assertThat(scene.http().artifact(carrier.id()).text())
          .startsWith("BLOCKED parser 1.0.2: takeover: new-dependency-young");
      assertThat(scene.http().artifact(payload.id()).text())
          .startsWith("BLOCKED fastcolors 1.0.0: signal: ");
      assertThat(cli.run("why", "parser@1.0.2").exits(1).out()).contains("fastcolors");
      assertThat(cli.run("queue").ok().out()).contains("parser", "fastcolors");
    }
  }

  @Test
  void pruningDeniesWhatDoesNotResolveAndCargoGoesOnWithoutIt() {
    FixtureRegistry registry =
        Crates.aged(
            crate("base", "1.0.0", QUIET),
            crate("base", "2.0.0", QUIET),
            crate("middle", "1.0.0", QUIET).dependency("base", "^1"),
            crate("middle", "1.1.0", QUIET).dependency("base", "^2"),
            crate("top", "1.0.0", QUIET).dependency("middle", "^1"),
            crate("top", "1.1.0", QUIET).dependency("middle", "^1.1"));
    try (GateScene scene = GateScene.of(registry, s -> s.impatient().clock(NOW))) {
      CliProcess cli = CliProcess.beside(scene.gate());
      CargoProjectFolder project = CargoProjectFolder.with("top = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "build").ok();
      assertThat(project.locked("top")).isEqualTo("1.1.0");
      cli.run("deny", "base@2.0.0", "--reason", "reads past the end").ok();

      assertThat(cli.run("closure", "top@1.1.0").exits(1).out())
          .contains("middle@1.1.0", "base ^2", "--prune would decide on");
      cli.run("closure", "top@1.1.0", "--prune", "--yes", "--reason", "does not resolve").ok();

      assertThat(cli.run("why", "middle@1.1.0").exits(1).out()).contains("denied: ");
      assertThat(cli.run("why", "top@1.1.0").exits(1).out()).contains("denied: ");
      Cargo.fresh(scene.gate()).run(project.folder(), "build", "--locked").exits(101);
      Cargo.fresh(scene.gate()).run(project.folder(), "update").ok();
      Cargo.fresh(scene.gate()).run(project.folder(), "build", "--locked").ok();
      assertThat(project.locked("top")).isEqualTo("1.0.0");
      assertThat(project.locked("base")).isEqualTo("1.0.0");
      cli.run("closure", "top@1.0.0").ok();

      cli.run("approve", "base@2.0.0", "--reason", "it was a mistake").ok();
      cli.run("approve", "middle@1.1.0", "--reason", "resolves again").ok();
      cli.run("approve", "top@1.1.0", "--reason", "resolves again").ok();
      Cargo.fresh(scene.gate()).run(project.folder(), "update").ok();
      assertThat(project.locked("top")).isEqualTo("1.1.0");
    }
  }
}
