package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CargoVet;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Exported audits, read by cargo-vet.
@Tag("ci")
class CargoVetE2E {
  private static final String REASON =
      "read by \"us\"; no unsafe code, C:\\paths and ümlauts are fine, and this remark is longer than a line";

  private static void decide(CliProcess cli) {
    cli.run("approve", "--yes", "alpha@1.0.0", "--criteria", "safe-to-deploy", "--reason", REASON)
        .ok();
    cli.run(
            "approve",
            "--yes",
            "alpha@1.2.0",
            "--delta",
            "1.0.0",
            "--criteria",
            "safe-to-deploy,crypto-reviewed",
            "--reason",
            "the difference only")
        .ok();
    cli.run("deny", "--yes", "beta@1.0.0", "--reason", "not for us").ok();
  }

  @Test
  void aProjectImportsOurAuditsFromTheGateAndIsFullyAuditedByThem() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CliProcess cli = CliProcess.beside(scene.gate());
      decide(cli);
      Cargo cargo = Cargo.fresh(scene.gate());
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"=1.2.0\"");
      cargo.run(project.folder(), "fetch").ok();
      CargoVet vet =
          CargoVet.in(cargo, project)
              .store(
                  "\n[imports.mirror]\nurl = \"%s/audits/audits.toml\"\n"
                      .formatted(scene.gate().url()));

      assertThat(vet.run().ok().out()).contains("Vetting Succeeded (1 fully audited)");

      assertThat(vet.read("imports.lock"))
          .contains("[[audits.mirror.audits.alpha]]", "delta = \"1.0.0 -> 1.2.0\"");
      vet.run("--locked").ok();
      vet.run("--locked", "--frozen").ok();
      assertThat(scene.asked(0)).contains("GET /audits/audits.toml 200");

      cli.run("revoke", "--yes", "alpha@1.2.0", "--reason", "a hole was found").ok();
      assertThat(vet.run().exits(255).out()).contains("alpha:1.2.0 missing [\"safe-to-deploy\"]");
    }
  }

  @Test
  void ourAuditsAreAStoreThatIsVettedAndFormattedWithoutAChange() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CliProcess cli = CliProcess.beside(scene.gate());
      decide(cli);
      Cargo cargo = Cargo.fresh(scene.gate());
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"=1.2.0\"");
      cargo.run(project.folder(), "fetch").ok();
      CargoVet vet = CargoVet.in(cargo, project).store("");
      String exported = cli.run("audits", "export").ok().out();
      vet.write("audits.toml", exported);

      assertThat(vet.run("--locked", "--frozen").ok().out())
          .contains("Vetting Succeeded (1 fully audited)");

      vet.run("fmt").ok();
      assertThat(vet.read("audits.toml")).isEqualTo(exported);
    }
  }

  @Test
  void anExportOfTwoPersonsNamesBothAndTheirEvidenceAndIsTaken() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CliProcess cli = CliProcess.beside(scene.gate());
      decide(cli);
      CliProcess bob =
          CliProcess.beside(scene.gate())
              .env("LAZARET_SERVER", scene.gate().url())
              .env(
                  "LAZARET_TOKEN",
                  cli.run("token", "create", "bob", "--scope", "review").ok().out().strip());
      bob.run(
              "approve",
              "--yes",
              "alpha@1.0.0",
              "--criteria",
              "safe-to-deploy",
              "--evidence",
              "https://example.org/T-2",
              "--reason",
              "agree")
          .ok();
      // An approval by a script without criteria does not count as an audit.
      bob.run("approve", "--yes", "alpha@1.1.0", "--reason", "needed now").ok();
      Cargo cargo = Cargo.fresh(scene.gate());
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"=1.2.0\"");
      cargo.run(project.folder(), "fetch").ok();
      CargoVet vet = CargoVet.in(cargo, project).store("");
      String exported = cli.run("audits", "export").ok().out();
      vet.write("audits.toml", exported);

      assertThat(exported)
          .contains("\"bob\"", "bob: agree (evidence: https://example.org/T-2)")
          .contains("delta = \"1.0.0 -> 1.2.0\"")
          .doesNotContain("needed now");
      assertThat(vet.run("--locked", "--frozen").ok().out())
          .contains("Vetting Succeeded (1 fully audited)");
      vet.run("fmt").ok();
      assertThat(vet.read("audits.toml")).isEqualTo(exported);
    }
  }

  /// Adds a note on the first line of the library of a version 1.0.0.
  ///
  /// @param text as in a JSON string
  private static void note(GateScene scene, String crate, String text) {
    String content = Sha256.of(Bytes.utf8("pub fn touch() {}\n")).hex();
    HttpProbeClient.Answer added =
        scene
            .http()
            .order(
                "/crates/%s/1.0.0/notes".formatted(crate),
                "{\"path\":\"src/lib.rs\",\"content\":\"%s\",\"line\":1,\"text\":\"%s\"}"
                    .formatted(content, text));
    assertThat(added.status()).as(added.text()).isEqualTo(201);
  }

  @Test
  void cargoVetReadsNotesOnLinesAndFormatsThemWithoutAChange() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      note(scene, "alpha", "reads CFG only");
      note(scene, "alpha", "a \\\"quoted\\\" text, C:\\\\paths and ümlauts\\nof two lines");
      note(scene, "beta", "sends the token");
      CliProcess cli = CliProcess.beside(scene.gate());
      decide(cli);
      Cargo cargo = Cargo.fresh(scene.gate());
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"=1.2.0\"");
      cargo.run(project.folder(), "fetch").ok();
      String exported = cli.run("audits", "export").ok().out();
      CargoVet vet =
          CargoVet.in(cargo, project)
              .store(
                  "\n[imports.mirror]\nurl = \"%s/audits/audits.toml\"\n"
                      .formatted(scene.gate().url()));

      assertThat(exported)
          .containsPattern("src/lib\\.rs:1 \\([^)]+\\): reads CFG only")
          .contains("): sends the token", "ümlauts\nof two lines");
      assertThat(vet.run().ok().out()).contains("Vetting Succeeded (1 fully audited)");
      assertThat(vet.read("imports.lock")).contains("): reads CFG only", "of two lines");

      vet.store("").write("audits.toml", exported);

      assertThat(vet.run("--locked", "--frozen").ok().out())
          .contains("Vetting Succeeded (1 fully audited)");
      vet.run("fmt").ok();
      assertThat(vet.read("audits.toml")).isEqualTo(exported);
    }
  }
}
