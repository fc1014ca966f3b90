package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.Machine;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Power failures at random instants, and many decisions at once.
@Tag("store")
class CrashE2E {
  private static final int CRATES = 12;
  private static final int VERSIONS = 20;
  private static final Pattern REASON = Pattern.compile("\"reason\":\"(round[^\"]*)\"");
  private static final Pattern NEXT = Pattern.compile("\"next\":(\\d+)");

  /// The number of kills. `-Dlazaret.kills=200` sets it for a longer manual run.
  private static final int KILLS = Integer.getInteger("lazaret.kills", Machine.all() ? 200 : 3);

  private static CrateBuilder crate(int number, int version) {
    byte[] noise = new byte[30_000];
    new Random(31L * number + version).nextBytes(noise);
    return CrateBuilder.crate("crate" + number, "1." + version + ".0").file("src/noise", noise);
  }

  private static FixtureRegistry registry() {
    FixtureRegistry registry = new FixtureRegistry();
    for (int c = 0; c < CRATES; c++) {
      for (int v = 0; v < VERSIONS; v++) {
        Crates.addAged(registry, crate(c, v));
      }
    }
    return registry;
  }

  @Test
  void killedGateLosesNoAcknowledgedDecisionAndShowsNoTornView() throws Exception {
    long seed = Long.getLong("lazaret.seed", System.nanoTime());
    Random random = new Random(seed);
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    GateScene scene = GateScene.of(registry(), s -> s.impatient());
    try {
      for (int round = 0; round < KILLS; round++) {
        List<Thread> clients = clients(scene, round, acknowledged);
        Thread.sleep(Duration.ofMillis(50 + random.nextInt(700)));
        scene.gate().kill();
        for (Thread client : clients) {
          client.join();
        }
        scene = scene.restarted();
        whole(scene, acknowledged, "round %d of seed %d".formatted(round, seed));
      }
    } finally {
      scene.close();
    }
    assertThat(acknowledged).hasSizeGreaterThan(KILLS);
  }

  /// Starts two clients that decide and two that download, until the gate ends.
  private static List<Thread> clients(GateScene scene, int round, Queue<String> acknowledged) {
    HttpProbeClient http = scene.http();
    List<Thread> clients = new ArrayList<>();
    for (int who = 0; who < 2; who++) {
      Random random = new Random(1000L * round + who);
      String prefix = "round" + round + "-" + who + "-";
      clients.add(Thread.ofVirtual().start(() -> decide(http, random, prefix, acknowledged)));
      clients.add(Thread.ofVirtual().start(() -> download(http, random)));
    }
    return clients;
  }

  private static void decide(
      HttpProbeClient http, Random random, String prefix, Queue<String> acknowledged) {
    try {
      for (int n = 0; ; n++) {
        String kind = random.nextBoolean() ? "approve" : "deny";
        String spec = "crate" + random.nextInt(CRATES) + "@1." + random.nextInt(VERSIONS) + ".0";
        HttpProbeClient.Answer answer = http.decide(kind, prefix + n, spec);
        if (answer.status() == 200 && answer.text().contains(prefix + n)) {
          acknowledged.add(prefix + n);
        }
      }
    } catch (java.io.UncheckedIOException _) {
      // The gate has ended.
    }
  }

  private static void download(HttpProbeClient http, Random random) {
    try {
      while (true) {
        CrateBuilder crate = crate(random.nextInt(CRATES), random.nextInt(VERSIONS));
        HttpProbeClient.Answer answer = http.artifact(crate.id());
        if (answer.status() == 200 && !answer.body().equals(crate.build())) {
          throw new AssertionError("wrong bytes of " + crate.folder());
        }
      }
    } catch (java.io.UncheckedIOException _) {
      // The gate has ended.
    }
  }

  private static void whole(GateScene scene, Queue<String> acknowledged, String when) {
    HttpProbeClient http = scene.http();
    assertThat(http.get("/health/ready").status()).as(when).isEqualTo(200);
    HttpProbeClient.Answer fsck = http.order("/fsck", "{}");
    assertThat(fsck.status()).as(when + ": " + fsck).isEqualTo(200);
    assertThat(fsck.text()).as(when).contains("\"faults\":[]");
    assertThat(reasons(http)).as(when).containsAll(acknowledged);
    for (int c = 0; c < CRATES; c++) {
      HttpProbeClient.Answer index = http.index("crate" + c);
      assertThat(index.text().lines()).as(when).hasSize(VERSIONS);
      assertThat(index.text().lines())
          .as(when)
          .allMatch(line -> line.startsWith("{\"name\":") && line.endsWith("}"));
      assertThat(index.header("etag"))
          .as(when)
          .isEqualTo('"' + Sha256.of(index.body()).hex().substring(0, 32) + '"');
    }
  }

  private static List<String> reasons(HttpProbeClient http) {
    List<String> reasons = new ArrayList<>();
    String after = "0";
    while (true) {
      String page = http.desk("/events?limit=10000&after=" + after).text();
      REASON.matcher(page).results().forEach(m -> reasons.add(m.group(1)));
      Matcher next = NEXT.matcher(page);
      assertThat(next.find()).as(page).isTrue();
      if (next.group(1).equals(after)) {
        return reasons;
      }
      after = next.group(1);
    }
  }

  @Test
  void sixtyFourDecisionsAtOnceAllShowInTheView() {
    int decisions = 64;
    FixtureRegistry registry = new FixtureRegistry();
    IntStream.range(0, decisions)
        .forEach(v -> Crates.addAged(registry, CrateBuilder.crate("alpha", "1." + v + ".0")));
    try (GateScene scene = GateScene.of(registry)) {
      HttpProbeClient http = scene.http();
      assertThat(http.index("alpha").text()).doesNotContain("\"yanked\":true");
      var next = new java.util.concurrent.atomic.AtomicInteger();

      List<HttpProbeClient.Answer> answers =
          HttpProbeClient.herd(
              decisions,
              () -> http.decide("deny", "all at once", "alpha@1." + next.getAndIncrement() + ".0"));

      assertThat(answers).allMatch(a -> a.status() == 200);
      assertThat(http.index("alpha").text().lines())
          .hasSize(decisions)
          .allMatch(line -> line.contains("\"yanked\":true"));
      assertThat(http.order("/fsck", "{}").text()).contains("\"faults\":[]");
    }
  }
}
