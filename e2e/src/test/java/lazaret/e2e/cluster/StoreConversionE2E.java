package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server on RocksDB, whose store is converted to PostgreSQL and an object store, and back.
@Tag("all")
class StoreConversionE2E {
  private static String head(Path data) {
    return JsonObject.parse(
            CliProcess.alone()
                .run("--data-dir", data.toString(), "log", "verify", "--json")
                .ok()
                .out())
        .text("head")
        .orElseThrow();
  }

  private static JsonObject convert(Path from, Path to) {
    return JsonObject.parse(
        CliProcess.alone()
            .run("store", "convert", "--from", from.toString(), "--to", to.toString(), "--json")
            .ok()
            .out());
  }

  private static Path configuration(Path data) throws IOException {
    return Files.writeString(
        WorkFolder.folder("config").resolve("mirror.toml"), "data-dir = \"%s\"\n".formatted(data));
  }

  private static void requireVersions(HttpProbeClient http, String decided) {
    HttpProbeClient.Answer index = http.index("alpha");
    assertThat(index.offers("1.0.0")).as(index.toString()).isTrue();
    assertThat(index.offers(decided)).as(index.toString()).isFalse();
    assertThat(http.order("/fsck", "{}").text()).contains("\"faults\":[]");
  }

  private static void restore(Path backup, Path to) {
    CliProcess.alone().run("store", "restore", backup.toString(), "--to", to.toString()).ok();
  }

  /// An archive of each engine is restored into the other one.
  @Test
  void aBackupOfOneEngineIsRestoredIntoTheOther() throws Exception {
    Path archives = WorkFolder.folder("archives");
    Path ofOne = archives.resolve("one.archive");
    Path ofCluster = archives.resolve("cluster.archive");
    Path two = WorkFolder.folder("two").resolve("data");
    CrateBuilder crate = CrateBuilder.crate("kept", "1.0.0");
    try (ClusterScene scene = new ClusterScene(Crates.addAged(Crates.alphaAndBeta(), crate))) {
      try (GateProcess gate = scene.startAlone(WorkFolder.folder("one"))) {
        assertThat(gate.http().index("alpha").status()).isEqualTo(200);
        assertThat(gate.http().index("kept").status()).isEqualTo(200);
        GateScene.await("kept", () -> gate.http().artifact(crate.id()).status() == 200);
        assertThat(gate.http().decide("deny", "on one machine", "alpha@1.2.0").status())
            .isEqualTo(200);
        CliProcess.beside(gate).run("backup", ofOne.toString()).ok();
      }

      restore(ofOne, scene.settings().write("a"));

      try (GateProcess gate = scene.start("a", List.of())) {
        requireVersions(gate.http(), "1.2.0");
        assertThat(gate.http().artifact(crate.id()).body()).isEqualTo(crate.build());
        assertThat(gate.http().decide("deny", "on several", "alpha@1.1.0").status()).isEqualTo(200);
        CliProcess.beside(gate).run("backup", ofCluster.toString()).ok();
      }

      restore(ofCluster, configuration(two));

      try (GateProcess gate = scene.startAlone(two)) {
        requireVersions(gate.http(), "1.1.0");
        requireVersions(gate.http(), "1.2.0");
        assertThat(gate.http().artifact(crate.id()).body()).isEqualTo(crate.build());
      }
    }
  }

  @Test
  void decisionsTokensAndTheLedgerMoveToAClusterAndBack() throws Exception {
    Path one = WorkFolder.folder("one");
    Path two = WorkFolder.folder("two").resolve("data");
    try (ClusterScene scene = new ClusterScene(Crates.alphaAndBeta())) {
      String token;
      try (GateProcess gate = scene.startAlone(one)) {
        assertThat(gate.http().index("alpha").status()).isEqualTo(200);
        assertThat(gate.http().decide("deny", "on one machine", "alpha@1.2.0").status())
            .isEqualTo(200);
        token =
            CliProcess.beside(gate)
                .run("token", "create", "ci", "--scope", "read")
                .ok()
                .out()
                .strip();
      }
      String head = head(one);

      JsonObject there = convert(configuration(one), scene.settings().write("a"));

      assertThat(there.words("ledger_hash")).isEqualTo(head);
      try (GateProcess gate = scene.start("a", List.of())) {
        requireVersions(gate.http(), "1.2.0");
        assertThat(gate.http().decide("deny", "on several", "alpha@1.1.0").status()).isEqualTo(200);
        assertThat(CliProcess.beside(gate).run("token", "list").ok().out()).contains("ci");
      }

      JsonObject back = convert(scene.settings().write("a"), configuration(two));

      assertThat(back.words("ledger_hash")).isEqualTo(head(two)).isNotEqualTo(head);
      try (GateProcess gate = scene.startAlone(two)) {
        requireVersions(gate.http(), "1.1.0");
        assertThat(gate.http().index("alpha").offers("1.2.0")).isFalse();
        HttpProbeClient.Answer known =
            gate.http().get("/desk/v1/status", "Authorization", "Bearer " + token);
        assertThat(known.status()).isEqualTo(200);
      }
    }
  }
}
