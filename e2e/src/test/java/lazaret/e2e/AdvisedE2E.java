package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.IndexSlice;
import lazaret.e2e.harness.IndexSlice.Subject;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The effect of advisories on real builds: the withheld versions, the output of cargo, and the
/// approval that lets a build continue.
@Tag("ci")
class AdvisedE2E {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  /// The newest of these lockfiles is of February, the oldest of 2021.
  @Test
  @Tag("all")
  void refusesOldLockfilesUntilTheirPackagesAreApproved() {
    try (IndexSlice slice = IndexSlice.open()) {
      Path data = IndexSlice.data().resolve("..").normalize();
      CliProcess cli = CliProcess.beside(slice.gate());
      Path advisories = data.resolve("advisories/rustsec-advisory-db.tar.gz");
      cli.run("feed", "import", advisories.toString()).ok();
      cli.run("feed", "import", data.resolve("osv/crates.io-all.zip").toString()).ok();

      List<Subject> held =
          IndexSlice.subjects().filter(subject -> passesByApproval(slice, cli, subject)).toList();

      assertThat(held).extracting(Subject::name).contains("exa-0.10.1", "web-service");
    }
  }

  /// Fetches the old lockfile of a subject, with an approval if one is necessary.
  ///
  /// @return whether an approval was necessary
  private static boolean passesByApproval(IndexSlice slice, CliProcess cli, Subject subject) {
    CargoProjectFolder project = subject.lay();
    CliProcess here = cli.in(project.folder());
    ProgramResult verified = here.run("verify", "Cargo.lock");
    if (verified.exit() != 0) {
      verified.exits(1);
      assertThat(verified.out()).containsPattern("vulnerable: RUSTSEC-\\d{4}-\\d{4}");
      ProgramResult refused = fetch(slice, project).exits(101);
      assertThat(refused.err()).containsPattern("BLOCKED \\S+ \\S+: vulnerable: RUSTSEC-");

      here.run(
              "approve",
              "--yes",
              "--lockfile",
              "Cargo.lock",
              "--only-withheld",
              "--reason",
              "not reachable from our use; gone with the next release",
              "--expires",
              "30d")
          .ok();
      here.run("verify", "Cargo.lock").ok();
    }
    fetch(slice, project).ok();
    return verified.exit() != 0;
  }

  private static ProgramResult fetch(IndexSlice slice, CargoProjectFolder project) {
    return Cargo.fresh(slice.gate())
        .run(project.folder(), "fetch", "--locked", "--target", IndexSlice.PLATFORM);
  }

  @Test
  void refusesApprovedMalwareAndListsItsDownloads() throws IOException {
    var registry = Crates.aged(CrateBuilder.crate("rotten", "1.0.0"));
    try (GateScene scene = GateScene.of(registry, s -> s.impatient().clock(NOW))) {
      CargoProjectFolder project = CargoProjectFolder.with("rotten = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "build").ok();
      Path feed = WorkFolder.folder("feed").resolve("ban.toml");
      Files.writeString(
          feed,
          """
          [[advisory]]
          id = "ACME-2026-1"
          reason = "sends what it finds to 192.0.2.7"
          crate = "Rotten"
          """);
      CliProcess cli = CliProcess.beside(scene.gate());

      cli.run("feed", "import", feed.toString(), "--kind", "local", "--name", "ban").ok();

      ProgramResult refused =
          Cargo.fresh(scene.gate()).run(project.folder(), "fetch", "--locked").exits(101);
      assertThat(refused.err()).contains("BLOCKED rotten 1.0.0: malware: ACME-2026-1");
      assertThat(cli.run("log", "--alarms").out()).contains("advised-against", "rotten 1.0.0");
      assertThat(cli.run("who", "rotten@1.0.0").ok().out()).contains("127.0.0.1");
      cli.run("approve", "rotten@1.0.0", "--reason", "it is fine");
      Cargo.fresh(scene.gate()).run(project.folder(), "fetch", "--locked").exits(101);

      cli.run("feed", "remove", "ban").ok();
      cli.run("revoke", "rotten@1.0.0", "--reason", "tidy").ok();
      cli.run("approve", "rotten@1.0.0", "--reason", "the ban was a mistake").ok();
      Cargo.fresh(scene.gate()).run(project.folder(), "fetch", "--locked").ok();
    }
  }
}
