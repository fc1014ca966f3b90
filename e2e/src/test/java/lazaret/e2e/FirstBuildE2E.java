package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The first build of the README with its own commands, on a machine without internet.
@Tag("ci")
class FirstBuildE2E {
  private static final String CODE =
      "fn main() { println!(\"{}\", cfg!(debug_assertions)); alpha::touch(); }\n";

  private static FixtureRegistry registry() {
    FixtureRegistry registry = Crates.alphaAndBeta();
    Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
    return registry.publish(CrateBuilder.crate("alpha", "1.3.0"), line -> line.pubtime(yesterday));
  }

  @Test
  void firstBuildOfTheReadme() throws Exception {
    Path home = WorkFolder.folder("home");
    Path folder = WorkFolder.folder("crates-mirror");
    registry().writeTo(folder);
    // bin/mirror-server --upstream /srv/crates-mirror
    try (GateProcess gate = GateProcess.start(GateSettings.atHome(home, folder).script())) {
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
      Files.writeString(project.folder().resolve("src/main.rs"), CODE);
      CliProcess cli = CliProcess.atHome(home).in(project.folder());

      // mkdir -p .cargo && bin/vetting-cli cargo-config >> .cargo/config.toml
      String config = cli.run("cargo-config").ok().out();
      Files.createDirectories(project.folder().resolve(".cargo"));
      Files.writeString(project.folder().resolve(".cargo/config.toml"), config);
      assertThat(config).contains(gate.url());
      cli.run("doctor").ok();

      Cargo cargo = Cargo.fresh("");
      cargo.run(project.folder(), "build").ok();
      assertThat(project.locked("alpha")).isEqualTo("1.2.0");

      cargo.run(project.folder(), "update", "-p", "alpha", "--precise", "1.3.0").ok();
      ProgramResult refused = cargo.run(project.folder(), "build").exits(101);
      assertThat(refused.err())
          .contains("BLOCKED alpha 1.3.0: cooldown")
          .contains("Use: alpha 1.2.0: cargo update")
          .contains("Why: vetting-cli why alpha@1.3.0")
          .contains("Ask: " + gate.url() + "/desk/request/alpha/1.3.0");
      elsewhere(project);

      // Without the user's request the entry would end after the cooldown and be listed by --holds.
      assertThat(cli.run("queue").ok().out()).contains("alpha").contains("1.3.0");
      assertThat(cli.run("why", "alpha@1.3.0").out()).contains("cooldown");
      cli.run("approve", "alpha@1.3.0", "--reason", "read the diff to 1.2.0").ok();
      cargo.run(project.folder(), "build", "--locked").ok();

      assertThat(gate.stop()).isIn(0, 143);
    }
  }

  /// Follows the hints of the refusal on a machine without the gate's data folder and without a
  /// token.
  private static void elsewhere(CargoProjectFolder project) {
    // The server's address is the one in cargo's configuration.
    CliProcess cli = CliProcess.atHome(WorkFolder.folder("other-home")).in(project.folder());
    assertThat(cli.run("why", "alpha@1.3.0").exits(1).out())
        .contains("withheld (hold)", "cooldown", "cargo update");
    cli.run("request", "alpha@1.3.0", "--reason", "we need the new parser").ok();
    cli.run("why", "alpha@1.2.0").exits(5);
    cli.run("queue").exits(2);
  }
}
