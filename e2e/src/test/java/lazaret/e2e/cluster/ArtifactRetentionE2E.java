package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The removal of artifacts by rules with two servers on one store, and the comparison of bytes
/// that are fetched again. The downloads were 40 days ago, by the clock of these servers.
@Tag("all")
class ArtifactRetentionE2E {
  /// The time between the downloads and the trial.
  private static final Duration LATER = Duration.ofDays(40);

  /// The time in which each server looks at the rules at least once.
  private static final Duration LOOK = Duration.ofSeconds(70);

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// A run removes two of the three artifacts to which the rule applies.
  private static final String RULES =
      """
      per-run = 2

      [[rule]]
      name = "unused"
      unused-for = "30d"
      older-than = "365d"
      """;

  private static final String RULES_ID = Sha256.of(Bytes.utf8(RULES)).hex();

  private static final String DEAD = "SELECT count(*) FROM lazaret.object WHERE state = 2";

  private final CrateBuilder same = CrateBuilder.crate("alpha", "1.0.0");
  private final CrateBuilder replaced = CrateBuilder.crate("alpha", "1.1.0");
  private final CrateBuilder decided = CrateBuilder.crate("decided", "1.0.0");
  private final CrateBuilder locked = CrateBuilder.crate("locked", "1.0.0");
  private final CrateBuilder next = CrateBuilder.crate("omega", "1.0.0");
  private final List<CrateBuilder> crates = List.of(same, replaced, decided, locked, next);
  private final FixtureRegistry registry = Crates.aged(crates.toArray(CrateBuilder[]::new));
  private final Path rules = WorkFolder.folder("rules").resolve("retention.toml");
  private ClusterScene scene;
  private SceneNode a;
  private SceneNode b;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(rules, RULES);
    scene = new ClusterScene(registry);
    store();
    Instant later = Instant.now().plus(LATER);
    a = add("a", later).start();
    b = add("b", later).start();
    GateScene.await("both serve", () -> a.isReady() && b.isReady());
  }

  @AfterEach
  void stop() {
    if (scene != null) {
      scene.close();
    }
  }

  private SceneNode add(String node, Instant clock) {
    return scene.add(node, gate -> gate.clock(clock).set("retention.artifacts", rules.toString()));
  }

  /// Downloads all artifacts, denies one and submits a lockfile with one, by a server of today.
  private void store() throws IOException {
    SceneNode today = scene.add("today").start();
    for (CrateBuilder crate : crates) {
      GateScene.await(
          "the index of " + crate.name(), () -> today.http().index(crate.name()).status() == 200);
      GateScene.await(
          crate.folder(), () -> today.http().artifact(crate.id()).body().equals(crate.build()));
    }
    Path project = WorkFolder.folder("project");
    Files.writeString(project.resolve("Cargo.lock"), Crates.lockfile(List.of(locked)));
    CliProcess.beside(today.gate()).in(project).run("verify", "Cargo.lock").ok();
    assertThat(today.http().decide("deny", "a stolen account", "decided@1.0.0").status())
        .isEqualTo(200);
    assertThat(today.gate().stop()).as(today.gate().log()).isZero();
    assertThat(scene.stored(crates)).isEqualTo(crates.size());
  }

  private static ProgramResult cli(SceneNode node, String... arguments) {
    return CliProcess.beside(node.gate()).run(arguments);
  }

  private static JsonObject reply(HttpProbeClient.Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return JsonObject.parse(answer.body());
  }

  private static JsonObject state(SceneNode node) {
    return reply(node.http().desk("/retention"));
  }

  private static Stream<String> versions(List<JsonObject> artifacts) {
    return artifacts.stream().map(each -> each.words("name") + " " + each.words("version"));
  }

  /// Returns the stored artifact of a crate in an inventory.
  private static JsonObject artifact(JsonObject inventory, CrateBuilder crate) {
    return inventory.objects("artifacts").stream()
        .filter(each -> each.words("name").equals(crate.name()))
        .filter(each -> each.words("version").equals(crate.version()))
        .findFirst()
        .orElseThrow();
  }

  /// Returns the details of the notices of a kind.
  private static List<String> notices(SceneNode node, String kind) {
    return reply(node.http().desk("/events?limit=10000")).objects("events").stream()
        .map(event -> event.object("notice"))
        .filter(notice -> notice.words("kind").equals(kind))
        .map(notice -> notice.words("detail"))
        .toList();
  }

  @Test
  void rulesRemoveAfterATrialAndFetchedBytesAreCompared() throws Exception {
    requirePausedUntilTried();
    requireResumed();
    requireRemoved();
    requireSameBytesServed();
    requireOtherBytesRefused();

    Files.writeString(rules, RULES.replace("30d", "31d"));

    for (SceneNode node : List.of(a, b)) {
      assertThat(state(node).words("state")).isEqualTo("paused");
      assertThat(node.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
    }
  }

  private void requirePausedUntilTried() throws InterruptedException {
    assertThat(state(b).words("state")).isEqualTo("paused");
    assertThat(cli(a, "retention", "resume", RULES_ID, "--reason", "hurry").exits(6).err())
        .contains("expected a trial of them, found none");

    JsonObject trial = reply(b.http().order("/retention/trial", "{}"));

    assertThat(trial.words("rules")).isEqualTo(RULES_ID);
    assertThat(versions(trial.objects("removals")))
        .containsExactly("alpha 1.0.0", "alpha 1.1.0", "omega 1.0.0");
    assertThat(cli(a, "retention", "status").ok().out())
        .contains("rules     paused: ", "file      " + RULES_ID, ": 3 artifacts, ");
    assertThat(cli(a, "retention", "try").ok().out())
        .contains("unused", "next: vetting-cli retention resume " + RULES_ID);
    // Paused rules are not followed, also after a trial.
    Thread.sleep(LOOK);
    assertThat(scene.stored(crates)).isEqualTo(crates.size());
    assertThat(state(a).has("followed")).isFalse();
  }

  private void requireResumed() {
    assertThat(cli(a, "retention", "resume", RULES_ID, "--reason", "unused since May").ok().out())
        .isEqualTo("the rules are in force\n");
    assertThat(state(b).words("state")).isEqualTo("in-force");
    assertThat(notices(b, "policy-changed")).anyMatch(each -> each.endsWith("unused since May"));
  }

  private void requireRemoved() {
    // A run reports at its end.
    GateScene.await("a run", PATIENCE, () -> !notices(a, "artifacts-removed").isEmpty());

    assertThat(b.http().desk("/retention").text()).contains("\"followed\":\"");
    assertThat(scene.stored(List.of(same, replaced))).isZero();
    assertThat(scene.stored(List.of(decided, locked, next))).isEqualTo(3);
    assertThat(scene.number(DEAD)).as("dead objects").isEqualTo(2);
    JsonObject byApi = reply(b.http().desk("/artifacts"));
    JsonObject byCli = JsonObject.parse(cli(a, "inventory", "--json").ok().out());
    for (JsonObject inventory : List.of(byApi, byCli)) {
      assertThat(versions(inventory.objects("removed")))
          .containsExactly("alpha 1.0.0", "alpha 1.1.0");
      assertThat(artifact(inventory, decided).texts("kept")).contains("decision");
      assertThat(artifact(inventory, locked).texts("kept")).containsExactly("lockfile");
      assertThat(artifact(inventory, next).texts("kept")).isEmpty();
      assertThat(artifact(inventory, next).words("rule")).isEqualTo("unused");
    }
    // One of the two servers follows the rules.
    assertThat(notices(a, "artifacts-removed"))
        .hasSize(1)
        .allMatch(each -> each.startsWith("2 artifacts with "))
        .allMatch(each -> each.endsWith(" by 'unused': alpha 1.0.0, alpha 1.1.0"));
  }

  private void requireSameBytesServed() {
    scene.upstream().forgetRequests();

    HttpProbeClient.Answer again = b.http().artifact(same.id());

    assertThat(again.status()).as(again.toString()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(same.build());
    assertThat(scene.upstream().count("/crates/alpha/1.0.0/*")).isEqualTo(1);
    assertThat(scene.stored(List.of(same))).isEqualTo(1);
    assertThat(notices(a, "refetch-differs")).isEmpty();
  }

  private void requireOtherBytesRefused() {
    CrateBuilder other =
        CrateBuilder.crate("alpha", "1.1.0").file("src/lib.rs", "pub fn other() {}\n");
    registry.artifact("alpha", "1.1.0", other.build());

    HttpProbeClient.Answer refused = b.http().artifact(replaced.id());

    assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
    assertThat(refused.text()).startsWith("BLOCKED alpha 1.1.0");
    assertThat(scene.stored(List.of(replaced))).isZero();
    assertThat(scene.stored(List.of(other))).isZero();
    assertThat(notices(a, "refetch-differs"))
        .hasSize(1)
        .allMatch(each -> each.contains("sha256 " + replaced.id().cksum().hex()))
        .allMatch(each -> each.contains("by the rule 'unused'"))
        .allMatch(each -> each.endsWith("upstream sent sha256 " + other.id().cksum().hex()));

    registry.artifact("alpha", "1.1.0", replaced.build());

    GateScene.await(
        "the right bytes", () -> b.http().artifact(replaced.id()).body().equals(replaced.build()));
    assertThat(scene.stored(List.of(replaced))).isEqualTo(1);
  }
}
