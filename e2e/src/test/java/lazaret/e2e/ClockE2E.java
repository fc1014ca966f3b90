package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.SystemClock;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Fault;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Steps of the system clock of a real server, while it runs and while it does not.
@Tag("ci")
class ClockE2E {
  private static final String INDEX = "/index/al/ph/alpha";

  private SystemClock clock;

  @BeforeEach
  void install() {
    Optional<SystemClock> found = SystemClock.install();
    assumeTrue(found.isPresent(), "libfaketime is not installed");
    clock = found.get();
  }

  private GateScene scene(FixtureRegistry registry) {
    return GateScene.of(
        registry,
        s ->
            clock.in(
                s.set("cache.index-ttl", "1s")
                    .set("cache.absent-ttl", "1s")
                    .set("gate.retry-pause", "1s")
                    .set("gate.stale-wait", "2s")
                    .set("gate.removal-delay", "2s")
                    .set("fetch.timeout", "4s")));
  }

  @ParameterizedTest
  @ValueSource(longs = {3_652, -2_700})
  void f7steppedWhileTheServerRuns(long days) {
    FixtureRegistry registry = Crates.alphaAndBeta();
    CrateBuilder young = CrateBuilder.crate("alpha", "1.9.0");
    registry.publish(young, l -> l.pubtime(Instant.now().minus(Duration.ofHours(3))));
    try (GateScene scene = scene(registry)) {
      HttpProbeClient http = scene.http();
      GateScene.await("the index", () -> http.index("alpha").status() == 200);
      String right = http.index("alpha").text();
      CrateBuilder held = CrateBuilder.crate("alpha", "1.2.0");
      assertThat(http.artifact(held.id()).status()).isEqualTo(200);

      clock.step(Duration.ofDays(days));
      await(() -> asksUpstream(scene));
      http.index("nowhere");
      http.decide("approve", "under a wrong clock", "alpha@1.1.0");
      clock.step(Duration.ZERO);
      http.decide("deny", "under the right one", "alpha@1.1.0");

      for (int i = 0; i < 3; i++) {
        await(() -> asksUpstream(scene));
      }
      assertThat(line(http.index("alpha"), "1.9.0")).isEqualTo(line(right, "1.9.0"));
      assertThat(line(http.index("alpha"), "1.2.0")).isEqualTo(line(right, "1.2.0"));
      assertThat(http.artifact(young.id()).status()).isEqualTo(403);
      assertThat(http.artifact(held.id()).status()).isEqualTo(200);
      assertThat(http.artifact(CrateBuilder.crate("alpha", "1.1.0").id()).status()).isEqualTo(403);
      Crates.addAged(registry, CrateBuilder.crate("nowhere", "1.0.0"));
      Crates.addAged(registry, CrateBuilder.crate("alpha", "1.3.0"));
      GateScene.await("the new crate", () -> http.index("nowhere").status() == 200);
      GateScene.await("the new version", () -> http.index("alpha").text().contains("1.3.0"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3_652, -2_700})
  void f7steppedAcrossARestart(long days) {
    FixtureRegistry registry = Crates.alphaAndBeta();
    clock.step(Duration.ofDays(days));
    GateScene scene = scene(registry);
    try (scene) {
      scene.http().index("alpha");
      scene.http().decide("deny", "under a wrong clock", "alpha@1.1.0");
      clock.step(Duration.ZERO);
      Crates.addAged(registry, CrateBuilder.crate("alpha", "1.3.0"));
      try (GateScene later = scene.restarted()) {
        HttpProbeClient http = later.http();
        GateScene.await("the new version", () -> http.index("alpha").text().contains("1.3.0"));
        assertThat(line(http.index("alpha"), "1.2.0")).contains("\"yanked\":false");
        for (int i = 0; i < 3; i++) {
          await(() -> asksUpstream(later));
        }
        assertThat(http.artifact(CrateBuilder.crate("alpha", "1.1.0").id()).status())
            .isEqualTo(403);
        assertThat(http.get("/health/ready").status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3_652, -2_700})
  void timersOfTheServerDoNotFollowTheClock(long days) throws Exception {
    FixtureRegistry registry = Crates.alphaAndBeta();
    try (GateScene scene = scene(registry)) {
      HttpProbeClient http = scene.http();
      GateScene.await("the index", () -> http.index("alpha").status() == 200);
      String before = http.index("alpha").text();
      scene.upstream().script(INDEX, new Fault.StallBeforeHeaders());
      Thread.sleep(1_100);
      CompletableFuture<HttpProbeClient.Answer> waiting =
          CompletableFuture.supplyAsync(() -> http.index("alpha"));
      Thread.sleep(300);
      clock.step(Duration.ofDays(days));

      // The stale wait of 2 s ends on time, and so does the refresh in the background.
      assertThat(waiting.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
      scene.upstream().heal();
      clock.step(Duration.ZERO);
      GateScene.await("a refresh", () -> asksUpstream(scene));
      assertThat(http.index("alpha").text()).isEqualTo(before);
    }
  }

  @Test
  void aRemovalIsConfirmedByTheServerAlthoughTheClockWasStepped() {
    FixtureRegistry registry = Crates.alphaAndBeta();
    try (GateScene scene = scene(registry)) {
      HttpProbeClient http = scene.http();
      http.index("alpha");
      clock.step(Duration.ofDays(3_652));
      registry.removeLine("alpha", "1.1.0");
      await(() -> asksUpstream(scene));
      clock.step(Duration.ZERO);

      GateScene.await(
          "the confirmation", () -> http.desk("/events").text().contains("gone-upstream"));

      assertThat(line(http.index("alpha"), "1.1.0")).contains("\"yanked\":true");
    }
  }

  private static boolean asksUpstream(GateScene scene) {
    int before = scene.upstream().count(INDEX);
    scene.http().index("alpha");
    return scene.upstream().count(INDEX) > before;
  }

  private static void await(BooleanSupplier condition) {
    GateScene.await("a request to upstream", condition);
  }

  private static String line(HttpProbeClient.Answer index, String version) {
    return line(index.text(), version);
  }

  private static String line(String index, String version) {
    return index
        .lines()
        .filter(l -> l.contains("\"vers\":\"" + version + "\""))
        .findFirst()
        .orElse("no line");
  }
}
