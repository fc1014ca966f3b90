package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.FaultTable;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.testkit.wire.Hold;
import lazaret.testkit.wire.PostgresWireProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Imports of bundles whose server is killed at one of its commits, one after the other. Another
/// server completes each, and then all servers serve the snapshot.
@Tag("all")
class ImportFaultE2E {
  private static final int KILLS = Integer.getInteger("lazaret.cluster.imports", 12);

  /// The number of commits of an import, at most.
  private static final int COMMITS = 8;

  private static final String PASSPHRASE = "correct horse battery staple";

  private final Path keys = WorkFolder.folder("office").resolve("keys");
  private final Path medium = WorkFolder.folder("medium");

  private static CrateBuilder crate(int round) {
    return CrateBuilder.crate("alpha", "1." + round + ".0");
  }

  /// Makes keys, and lets the store of a scene trust them.
  private void trust(ClusterScene scene) {
    CliProcess office = CliProcess.alone().env("LAZARET_PASSPHRASE", PASSPHRASE);
    ProgramResult ceremony =
        office.run(
            "keys",
            "ceremony",
            "--operator",
            "me",
            "--stream",
            "prod",
            "--out",
            keys.toString(),
            "--json");
    String fingerprint = JsonObject.parse(ceremony.ok().out()).words("fingerprint");
    office
        .env("LAZARET_CONFIG", scene.settings().write("a").toString())
        .run(
            "trust",
            "init",
            "--data-dir",
            scene.settings().data("a").toString(),
            "--root",
            keys.resolve("roots/1.root.json").toString(),
            "--fingerprint",
            fingerprint)
        .ok();
  }

  /// Publishes a version outside, and returns the path of a bundle with it.
  private String exported(GateScene outside, int round) {
    CrateBuilder crate = crate(round);
    Crates.addAged(outside.registry(), crate);
    GateScene.await("the index outside", () -> outside.http().index("alpha").status() == 200);
    // A version that appears after its crate has its cooldown, whatever its publish time.
    assertThat(
            outside.http().decide("approve", "for the bundle", "alpha@1." + round + ".0").status())
        .isEqualTo(200);
    GateScene.await(
        "the version outside", () -> outside.http().artifact(crate.id()).status() == 200);
    ProgramResult export =
        CliProcess.beside(outside.gate())
            .env("LAZARET_PASSPHRASE", PASSPHRASE)
            .run(
                "bundle",
                "export",
                medium.toString(),
                "--keys",
                keys.toString(),
                "--crate",
                "alpha@1." + round + ".0",
                "--json");
    return JsonObject.parse(export.ok().out()).words("path");
  }

  private static ProgramResult take(SceneNode node, String bundle) {
    return CliProcess.beside(node.gate()).run("bundle", "import", bundle, "--json");
  }

  @Test
  void anotherServerCompletesAnImportWhoseServerIsKilled() throws Exception {
    ClusterScene.Places places = ClusterScene.Places.of(PostgresServer.shared());
    try (GateScene outside = GateScene.of(Crates.aged(crate(0)), s -> s.impatient());
        ClusterScene scene = new ClusterScene(Crates.aged(), places)) {
      trust(scene);
      SceneNode a = scene.add("a", gate -> gate.argument("--offline")).start();
      SceneNode b = scene.add("b", gate -> gate.argument("--offline")).start();
      for (int round = 1; round <= KILLS; round++) {
        String bundle = exported(outside, round);
        killDuring(a, bundle, round);
        GateScene.await("the import at b", () -> take(b, bundle).exit() == 0);
        a.start();
        for (SceneNode node : List.of(a, b)) {
          requireServed(node, crate(round));
        }
      }
      for (SceneNode node : List.of(a, b)) {
        assertThat(node.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
      }
      assertThat(a.http().index("alpha").text()).isEqualTo(b.http().index("alpha").text());
      FaultTable.add("kill -9", "import, commits 1 to " + COMMITS, KILLS);
    }
  }

  /// Imports a bundle at a server, and kills the server at one of the commits of the import.
  private static void killDuring(SceneNode node, String bundle, int round) throws Exception {
    Hold hold = new Hold();
    int commit = 1 + round % COMMITS;
    node.wire().holdRequest(new PostgresWireProxy.Statement("", "COMMIT", commit), hold);
    FutureTask<ProgramResult> task = new FutureTask<>(() -> take(node, bundle));
    Thread.ofVirtual().start(task);
    while (!hold.awaitReached(Duration.ofMillis(100)) && !task.isDone()) {
      // The import has fewer commits, or has not reached this one.
    }
    node.kill();
    if (round % 2 == 1) {
      node.wire().drop();
    }
    node.heal();
    ProgramResult _ = task.get();
  }

  private static void requireServed(SceneNode node, CrateBuilder crate) {
    GateScene.await(
        crate.folder(),
        () -> {
          HttpProbeClient.Answer answer = node.http().artifact(crate.id());
          return answer.status() == 200 && answer.body().equals(crate.build());
        });
  }
}
