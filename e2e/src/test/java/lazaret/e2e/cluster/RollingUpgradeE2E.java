package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.e2e.cluster.harness.ClusterLoad;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The replacement of servers by those of the next release and back, one after the other and under
/// load. The next release is this one with two more migrations.
@Tag("all")
class RollingUpgradeE2E {
  private static final int STEPS = 8;

  private final FixtureRegistry registry = registry();
  private final List<String> denied = new ArrayList<>();

  private static FixtureRegistry registry() {
    FixtureRegistry registry = Crates.aged(CrateBuilder.crate("alpha", "1.0.0"));
    for (int step = 0; step < STEPS; step++) {
      Crates.addAged(registry, CrateBuilder.crate("steps", "1." + step + ".0"));
    }
    return registry;
  }

  private CrateId alpha() {
    Bytes bytes = registry.artifact("alpha", "1.0.0").orElseThrow();
    return new CrateId(CrateName.parse("alpha"), CrateVersion.parse("1.0.0"), Sha256.of(bytes));
  }

  /// Returns the option of the JVM by which a program is that of the next release: resources of its
  /// boot class path come first.
  private static List<String> nextRelease() throws IOException {
    Path root = WorkFolder.folder("next-release");
    Path schema = Files.createDirectories(root.resolve("lazaret/storage/postgres/schema"));
    Files.writeString(schema.resolve("program.properties"), "program = 2\nschema = 2\n");
    Files.writeString(
        schema.resolve("V2__expand_note.sql"),
        """
        ALTER TABLE lazaret.node ADD COLUMN note text NOT NULL DEFAULT '';
        UPDATE lazaret.schema_state SET version = 2;
        """);
    Files.writeString(
        schema.resolve("V3__contract_note.sql"),
        """
        ALTER TABLE lazaret.node DROP COLUMN note;
        UPDATE lazaret.schema_state SET version = 3, oldest_program = 2;
        """);
    return List.of("-Xbootclasspath/a:" + root);
  }

  /// Denies one more version at a server.
  private void deny(GateProcess server) {
    String version = "1." + denied.size() + ".0";
    HttpProbeClient.Answer answer =
        server.http().decide("deny", "step of an upgrade", "steps@" + version);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    denied.add(version);
  }

  private void requireDenied(GateProcess server) {
    GateScene.await(
        "the server knows all denials",
        () -> {
          HttpProbeClient.Answer index = server.http().index("steps");
          return index.status() == 200 && denied.stream().noneMatch(index::offers);
        });
  }

  private GateProcess replaced(
      ClusterScene scene, ClusterLoad load, GateProcess old, String node, List<String> options)
      throws InterruptedException {
    load.leave(old);
    assertThat(old.stop()).as(old.log()).isZero();
    GateProcess server = scene.start(node, options);
    deny(server);
    load.join(server);
    return server;
  }

  private static ProgramResult contract(ClusterScene scene, List<String> options) {
    return ClusterScene.cli(options)
        .run("store", "migrate", "--config", scene.settings().write("a").toString(), "--contract");
  }

  @Test
  void serversAreReplacedOneAfterTheOtherAndBackAndNoRequestFails() throws Exception {
    List<String> next = nextRelease();
    try (ClusterScene scene = new ClusterScene(registry)) {
      GateProcess a = scene.start("a", List.of());
      GateProcess b = scene.start("b", List.of());
      assertThat(a.http().index("steps").status()).isEqualTo(200);
      try (ClusterLoad load = new ClusterLoad(alpha(), a, b)) {
        deny(b);
        // The migration waits for this reading, and no other work waits for the migration.
        Thread reading =
            Thread.ofVirtual()
                .start(() -> scene.execute("SELECT count(*), pg_sleep(8) FROM lazaret.node"));
        a = replaced(scene, load, a, "a", next);
        assertThat(reading.join(Duration.ofMinutes(1))).isTrue();
        assertThat(scene.number("SELECT version FROM lazaret.schema_state")).isEqualTo(2);
        b = replaced(scene, load, b, "b", next);

        a = replaced(scene, load, a, "a", List.of());
        b = replaced(scene, load, b, "b", List.of());

        a = replaced(scene, load, a, "a", next);
        assertThat(contract(scene, next).exits(3).err())
            .contains(
                "expected no node of a program older than generation 2, found b (generation 1)");
        b = replaced(scene, load, b, "b", next);
        assertThat(contract(scene, next).ok().out())
            .contains("the schema has version 3; programs of generation 2 and later");

        deny(b);
        requireDenied(a);
        requireDenied(b);
        assertThat(load.served()).isGreaterThan(100);
        assertThat(load.failures()).isEmpty();
      }
      assertThatThrownBy(() -> scene.start("c", List.of()))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(
              "its schema needs a program of generation 2 or later, this is 1; install a newer"
                  + " one");
      assertThat(a.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
    }
  }
}
