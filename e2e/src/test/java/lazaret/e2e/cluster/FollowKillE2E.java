package lazaret.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lazaret.e2e.cluster.harness.ClusterScene;
import lazaret.e2e.cluster.harness.FaultTable;
import lazaret.e2e.cluster.harness.SceneNode;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.WorkFolder;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A leader of two servers that is killed while it follows the registry. The other one continues:
/// it requests what is missing, and repeats at most the requests that were in progress.
@Tag("all")
class FollowKillE2E {
  /// The number of crates with a release, and of artifacts that are fetched ahead.
  private static final int COUNT = 40;

  /// The number of requests after which the leader is killed.
  private static final int KILLED_AFTER = 10;

  /// The number of requests at once.
  private static final int PARALLEL = 2;

  /// The delay of each response. A watched lockfile is recorded within two seconds, while its
  /// crates are requested.
  private static final Duration SLOW = Duration.ofMillis(250);

  /// The time for a round of each server, which begins once a minute, and for a change of the
  /// leader.
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final String RELEASE = "1.1.0";
  private static final String LINE = "\"vers\":\"" + RELEASE + '"';
  private static final String INDEX = "/index/ke/pt/";
  private static final String ARTIFACTS = "/crates/alpha/*";

  /// Objects that count as stored, and that no artifact names.
  private static final String DOUBLED =
      """
      SELECT count(*) FROM lazaret.object o LEFT JOIN lazaret.artifact a USING (sha256, generation)
      WHERE o.state = 1 AND a.record IS NULL
      """;

  private final Instant begun = Instant.now();
  private final FixtureRegistry registry = new FixtureRegistry();
  private final List<String> names =
      IntStream.range(0, COUNT).mapToObj(n -> "kept%02d".formatted(n)).toList();
  private final List<CrateBuilder> versions =
      IntStream.range(0, COUNT)
          .mapToObj(n -> CrateBuilder.crate("alpha", "1." + n + ".0"))
          .toList();
  private ClusterScene scene;
  private SceneNode a;
  private SceneNode b;

  @BeforeEach
  void start() throws IOException {
    List<CrateBuilder> locked = new ArrayList<>(versions);
    names.forEach(name -> locked.add(CrateBuilder.crate(name, "1.0.0")));
    Crates.addAged(registry, locked.toArray(CrateBuilder[]::new));
    // An entry that the first and the second feed have: nothing was missed between them.
    announce(List.of(item(names.getFirst(), "1.0.0", begun)));
    Path watched = WorkFolder.folder("watched");
    Files.writeString(watched.resolve("Cargo.lock"), Crates.lockfile(locked));
    scene = new ClusterScene(registry, ClusterScene.Places.of(PostgresServer.shared()));
    scene.upstream().latency(SLOW);
    a = scene.add("a", gate -> following(gate, watched)).start();
    b = scene.add("b", gate -> following(gate, watched)).start();
  }

  @AfterEach
  void stop() {
    if (scene != null) {
      scene.close();
    }
  }

  private GateSettings following(GateSettings gate, Path watched) {
    return gate.set("fetch.contact", "ops@example.org")
        .set("follow.mode", "lockfiles")
        .set("follow.source", scene.upstream().filesUrl())
        .set("follow.dump", "false")
        .set("follow.interval", "1m")
        .set("follow.requests-per-second", "100")
        .set("follow.parallel", Integer.toString(PARALLEL))
        .set("follow.lockfiles", watched.toString())
        // The requests of this test must not cause some of those that are counted.
        .set("cache.index-ttl", "1h");
  }

  /// Replaces the feed of releases.
  private void announce(List<String> items) {
    String head =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:crates="https://crates.io/"><channel><title>updates</title>
        """;
    registry.file(
        "/rss/updates.xml", Bytes.utf8(head + String.join("", items) + "</channel></rss>\n"));
  }

  private static String item(String name, String version, Instant published) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(published.atOffset(ZoneOffset.UTC));
    return """
        <item><title>New crate version published: %1$s</title>
        <pubDate>%3$s</pubDate>
        <crates:name>%1$s</crates:name>
        <crates:version>%2$s</crates:version></item>
        """
        .formatted(name, version, date);
  }

  private SceneNode leader() {
    GateScene.await("a leader", () -> a.leads() != b.leads());
    return a.leads() ? a : b;
  }

  /// Returns whether a server knows that all releases are stored, up to a moment after the given
  /// one.
  private static boolean isCurrent(SceneNode node, Instant since) {
    HttpProbeClient.Answer answer = node.http().desk("/follow");
    if (answer.status() != 200) {
      return false;
    }
    JsonObject state = JsonObject.parse(answer.body());
    return !state.flag("gap")
        && state
            .text("current_until")
            .filter(until -> Instant.parse(until).isAfter(since))
            .isPresent();
  }

  private int count(String pattern) {
    return scene.upstream().count(pattern);
  }

  /// Kills the leader after some requests, and lets upstream respond at once from then on.
  private void killAfter(SceneNode leader, String requests) {
    GateScene.await("requests of the leader", PATIENCE, () -> count(requests) >= KILLED_AFTER);
    leader.kill();
    // Else it was killed after its work.
    assertThat(count(requests)).isLessThan(COUNT);
    scene.upstream().latency(Duration.ZERO);
  }

  @Test
  void noReleaseOfTheFeedIsMissedOrRequestedTwice() {
    SceneNode leader = leader();
    SceneNode other = leader == a ? b : a;
    GateScene.await("the first round", PATIENCE, () -> isCurrent(leader, begun));
    scene.upstream().forgetRequests();
    List<String> items = new ArrayList<>(List.of(item(names.getFirst(), "1.0.0", begun)));
    for (String name : names) {
      Crates.addAged(registry, CrateBuilder.crate(name, RELEASE));
      items.add(item(name, RELEASE, Instant.now()));
    }
    announce(items);

    killAfter(leader, INDEX + "*");
    Instant killed = Instant.now();

    GateScene.await("the other server", PATIENCE, () -> isCurrent(other, killed));
    int requests = count(INDEX + "*");
    assertThat(requests).isBetween(COUNT, COUNT + PARALLEL);
    for (String name : names) {
      assertThat(count(INDEX + name)).as(name).isBetween(1, 2);
      HttpProbeClient.Answer index = other.http().index(name);
      assertThat(index.text().lines().filter(line -> line.contains(LINE)).count())
          .as(index.toString())
          .isEqualTo(1);
    }
    assertThat(count(INDEX + "*")).as("requests for this test").isEqualTo(requests);
    assertThat(other.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
    FaultTable.add("kill -9", "following: feed", 1);
  }

  @Test
  void noArtifactIsMissedOrFetchedTwice() {
    SceneNode leader = leader();
    SceneNode other = leader == a ? b : a;

    killAfter(leader, ARTIFACTS);

    assertThat(scene.stored(versions)).isLessThan(COUNT);
    GateScene.await("the other server", PATIENCE, () -> count(ARTIFACTS) >= COUNT);
    GateScene.await("all artifacts", PATIENCE, () -> scene.stored(versions) == COUNT);
    int requests = count(ARTIFACTS);
    assertThat(requests).isBetween(COUNT, COUNT + PARALLEL);
    for (CrateBuilder version : versions) {
      HttpProbeClient.Answer artifact = other.http().artifact(version.id());
      assertThat(artifact.status()).as(artifact.toString()).isEqualTo(200);
      assertThat(artifact.body()).isEqualTo(version.build());
    }
    assertThat(count(ARTIFACTS)).as("requests for this test").isEqualTo(requests);
    assertThat(scene.number(DOUBLED)).isZero();
    assertThat(other.http().order("/fsck", "{}").text()).contains("\"faults\":[]");
    FaultTable.add("kill -9", "following: artifacts", 1);
  }
}
