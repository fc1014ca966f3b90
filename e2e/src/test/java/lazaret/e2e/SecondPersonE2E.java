package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;

/// Two persons with a command line each, a gate, and a developer who waits for both.
class SecondPersonE2E {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final String[] APPROVE = {
    "approve", "leaky@1.0.0", "--reason", "not reachable from our use", "--yes"
  };

  @Test
  void aVulnerableVersionIsServedOnceTwoPersonsApprovedIt() throws IOException {
    Path policy = WorkFolder.folder("policy").resolve("policy.toml");
    Files.writeString(policy, "[approvals]\nsecond-person = [\"vulnerability\"]\n");
    var registry = Crates.aged(CrateBuilder.crate("leaky", "1.0.0"));
    try (GateScene scene =
        GateScene.of(
            registry, s -> s.impatient().clock(NOW).set("policy-file", policy.toString()))) {
      CliProcess admin = CliProcess.beside(scene.gate());
      CargoProjectFolder project = CargoProjectFolder.with("leaky = \"1\"");
      fetch(scene, project).ok();
      admin.run("feed", "import", feed().toString()).ok();
      assertThat(fetch(scene, project).exits(101).err()).contains("vulnerable: RUSTSEC-2026-0001");

      ProgramResult first = as(scene, token(admin, "alice", "alice")).run(APPROVE).exits(8);

      assertThat(first.out()).contains("leaky@1.0.0 is still withheld");
      assertThat(fetch(scene, project).exits(101).err()).contains("vulnerable: RUSTSEC-2026-0001");
      assertThat(admin.run("queue").out()).contains("second-person-needed, alice approved");

      as(scene, token(admin, "alice-laptop", "alice")).run(APPROVE).exits(8);
      fetch(scene, project).exits(101);

      as(scene, token(admin, "bob", "bob")).run(APPROVE).ok();
      fetch(scene, project).ok();
      assertThat(admin.run("queue").out()).isEqualTo("nothing waits\n");
    }
  }

  private static Path feed() throws IOException {
    Path db = WorkFolder.folder("db");
    Path record = db.resolve("crates/leaky/RUSTSEC-2026-0001.md");
    Files.createDirectories(record.getParent());
    Files.writeString(
        record,
        """
        ```toml
        [advisory]
        id = "RUSTSEC-2026-0001"
        package = "leaky"
        date = "2026-11-20"
        cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
        [versions]
        patched = [">= 2.0.0"]
        ```
        # Leaky leaks
        """);
    return db;
  }

  private static Path token(CliProcess admin, String name, String owner) throws IOException {
    ProgramResult made =
        admin.run("token", "create", name, "--owner", owner, "--scope", "review").ok();
    Path file = WorkFolder.folder("token").resolve(name);
    Files.writeString(file, made.out());
    return file;
  }

  private static CliProcess as(GateScene scene, Path token) {
    return CliProcess.beside(scene.gate())
        .env("LAZARET_SERVER", scene.gate().url())
        .env("LAZARET_TOKEN_FILE", token.toString());
  }

  private static ProgramResult fetch(GateScene scene, CargoProjectFolder project) {
    return Cargo.fresh(scene.gate()).run(project.folder(), "fetch");
  }
}
