package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Fault;
import lazaret.testkit.FixtureRegistry;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Faults of upstream: stalls, truncated and wrong replies, and failures. Correct data must remain,
/// and wrong data must not be served.
@Tag("ci")
@Tag("store")
class FaultsE2E {
  /// Returns the ways in which an index file can arrive wrong.
  private static Stream<Fault> indexFaults() {
    return Stream.of(
        Fault.html(),
        sent(
            "{\"name\":\"other\",\"vers\":\"1.0.0\",\"deps\":[],\"cksum\":\""
                + "ab".repeat(32)
                + "\"}\n"),
        sent("\u0001\u0002\u0003\n\u0004\u0005\n"),
        sent("{\"errors\":[]}\n"),
        sent(""),
        Fault.status(410),
        Fault.status(451),
        new Fault.HalfBody(),
        new Fault.Truncate(40),
        new Fault.CutChunks(40),
        Fault.status(500),
        Fault.status(503),
        Fault.status(429, Map.of("Retry-After", "1")),
        new Fault.StallBeforeHeaders(),
        new Fault.StallAfter(40),
        new Fault.Drop());
  }

  private static Fault sent(String body) {
    return new Fault.Respond(200, Map.of(), Bytes.utf8(body));
  }

  private static Map<String, Fault> artifactFaults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("html", Fault.html());
    faults.put("half", new Fault.HalfBody());
    faults.put("cut", new Fault.Truncate(40));
    faults.put("flip", new Fault.FlipByte());
    faults.put("chunks", new Fault.CutChunks(40));
    faults.put("missing", Fault.status(403));
    faults.put("broken", Fault.status(500));
    faults.put("busy", Fault.status(429, Map.of("Retry-After", "1")));
    faults.put("stall", new Fault.StallAfter(40));
    faults.put("drop", new Fault.Drop());
    return faults;
  }

  /// Returns a test of each fault of an index file. Two run at a time, each with a gate and an
  /// upstream of its own, because most of their time is the wait between attempts.
  private static Stream<DynamicTest> twoAtATime(Consumer<Fault> test) {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      return indexFaults()
          .map(
              fault -> {
                Future<?> run = threads.submit(() -> test.accept(fault));
                return DynamicTest.dynamicTest(fault.toString(), () -> result(run));
              })
          .toList()
          .stream();
    }
  }

  private static void result(Future<?> run) throws Throwable {
    try {
      run.get();
    } catch (ExecutionException e) {
      throw Objects.requireNonNullElse(e.getCause(), e);
    }
  }

  private static GateScene scene(FixtureRegistry registry) {
    return GateScene.of(registry, s -> s.impatient().set("fetch.timeout", "2s"));
  }

  @TestFactory
  Stream<DynamicTest> heldIndexFileSurvivesAndIsRefreshedLater() {
    return twoAtATime(FaultsE2E::heldIndexFileSurvives);
  }

  private static void heldIndexFileSurvives(Fault fault) {
    FixtureRegistry registry = Crates.alphaAndBeta();
    try (GateScene scene = scene(registry)) {
      HttpProbeClient http = scene.http();
      HttpProbeClient.Answer before = http.index("alpha");
      scene.upstream().script("/index/al/ph/alpha", fault);
      // The length of the version puts the middle of the file into the middle of a line.
      Crates.addAged(registry, CrateBuilder.crate("alpha", "1.3000000.0"));

      HttpProbeClient.Answer during = http.index("alpha");

      assertThat(during.status()).isEqualTo(200);
      assertThat(during.text()).isEqualTo(before.text());
      assertThat(during.header("etag")).isEqualTo(before.header("etag"));
      scene.upstream().heal();
      GateScene.await("the new version", () -> http.index("alpha").text().contains("1.3000000.0"));
    }
  }

  @TestFactory
  Stream<DynamicTest> unknownIndexFileIsNeitherDeniedNorMadeUp() {
    return twoAtATime(FaultsE2E::unknownIndexFileIsUnavailable);
  }

  private static void unknownIndexFileIsUnavailable(Fault fault) {
    try (GateScene scene = scene(Crates.alphaAndBeta())) {
      HttpProbeClient http = scene.http();
      scene.upstream().script("/index/al/ph/alpha", fault);

      HttpProbeClient.Answer during = http.index("alpha");

      assertThat(during.status()).as(during.toString()).isEqualTo(503);
      assertThat(during.header("retry-after")).isNotEmpty();
      scene.upstream().heal();
      GateScene.await("the file", () -> http.index("alpha").status() == 200);
      assertThat(http.index("alpha").text()).contains("1.2.0").contains("1.1.0").contains("1.0.0");
    }
  }

  @Test
  void wrongArtifactsAreNeverServedNorKeptAndAreGoodOnceUpstreamIs() {
    FixtureRegistry registry = new FixtureRegistry();
    Map<String, Fault> faults = artifactFaults();
    faults.keySet().forEach(n -> Crates.addAged(registry, crate(n)));
    try (GateScene scene = scene(registry)) {
      faults.forEach((name, fault) -> scene.upstream().script("/crates/" + name + "/*", fault));
      for (String name : faults.keySet()) {
        HttpProbeClient.Answer answer = scene.http().artifact(crate(name).id());
        assertThat(answer.status()).as(name + ": " + answer).isGreaterThanOrEqualTo(400);
      }
      scene.upstream().heal();
      try (GateScene later = scene.restarted()) {
        for (String name : faults.keySet()) {
          HttpProbeClient.Answer answer = later.http().artifact(crate(name).id());
          assertThat(answer.status()).as(name + ": " + answer).isEqualTo(200);
          assertThat(answer.body()).isEqualTo(crate(name).build());
        }
        String events = later.http().desk("/events").text();
        assertThat(events).contains("wrong-bytes").contains("flip");
      }
    }
  }

  private static CrateBuilder crate(String name) {
    return CrateBuilder.crate(name, "1.0.0").file("src/data", "0123456789".repeat(50));
  }

  /// The limit after wrong bytes of one transfer: 20 s later the correct ones are served.
  @Test
  void f9wrongBytesOfOneTransferAreForgottenWithinTwentySeconds() {
    FixtureRegistry registry = Crates.aged(crate("corrupt"));
    try (GateScene scene = scene(registry)) {
      scene.upstream().script("/crates/corrupt/*", new Fault.FlipByte());
      assertThat(scene.http().artifact(crate("corrupt").id()).status()).isEqualTo(403);
      scene.upstream().heal();
      long healed = System.nanoTime();

      GateScene.await(
          "the right bytes", () -> scene.http().artifact(crate("corrupt").id()).status() == 200);

      assertThat(Duration.ofNanos(System.nanoTime() - healed)).isLessThan(Duration.ofSeconds(20));
    }
  }

  /// The pause in a 429 of another registry is passed on.
  @Test
  void f12theIndexSideNamesThePauseThatUpstreamAskedFor() {
    try (GateScene scene = scene(Crates.alphaAndBeta())) {
      scene
          .upstream()
          .script("/index/al/ph/alpha", Fault.status(429, Map.of("Retry-After", "120")));

      HttpProbeClient.Answer refused = scene.http().index("alpha");
      HttpProbeClient.Answer again = scene.http().index("alpha");

      assertThat(refused.status()).isEqualTo(503);
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(100, 120);
      assertThat(Integer.parseInt(again.header("retry-after"))).isBetween(100, 120);
    }
  }

  @Test
  void heldIsServedAndUnknownIsUnavailableWhileUpstreamIsDead() {
    try (GateScene scene = scene(Crates.alphaAndBeta())) {
      HttpProbeClient http = scene.http();
      CrateBuilder alpha = CrateBuilder.crate("alpha", "1.2.0");
      assertThat(http.artifact(alpha.id()).status()).isEqualTo(200);
      scene.upstream().switchOff();

      HttpProbeClient.Answer index = http.index("alpha");
      HttpProbeClient.Answer held = http.artifact(alpha.id());
      HttpProbeClient.Answer notHeld = http.artifact(CrateBuilder.crate("alpha", "1.1.0").id());
      HttpProbeClient.Answer unknown = http.index("nowhere");

      assertThat(index.status()).isEqualTo(200);
      assertThat(held.body()).isEqualTo(alpha.build());
      assertThat(notHeld.status()).isEqualTo(503);
      assertThat(unknown.status()).isEqualTo(503);
      scene.upstream().switchOn();
      GateScene.await(
          "the artefact",
          () -> http.artifact(CrateBuilder.crate("alpha", "1.1.0").id()).status() == 200);
      GateScene.await("the absence", () -> http.index("nowhere").status() == 404);
    }
  }

  @Test
  void approvedVersionStaysWhenUpstreamDeletesItAndTheDeskHearsOfIt() {
    FixtureRegistry registry = Crates.alphaAndBeta();
    try (GateScene scene =
        GateScene.of(
            registry,
            s -> s.impatient().set("fetch.timeout", "2s").set("gate.removal-delay", "15s"))) {
      HttpProbeClient http = scene.http();
      CrateBuilder approved = CrateBuilder.crate("alpha", "1.2.0");
      CrateBuilder automatic = CrateBuilder.crate("alpha", "1.1.0");
      http.decide("approve", "read it", "alpha@1.2.0");
      assertThat(http.artifact(approved.id()).status()).isEqualTo(200);
      assertThat(http.artifact(automatic.id()).status()).isEqualTo(200);
      for (String version : new String[] {"1.0.0", "1.1.0", "1.2.0"}) {
        registry.removeLine("alpha", version).removeArtifact("alpha", version);
      }

      HttpProbeClient.Answer first = http.index("alpha");
      assertThat(first.status()).isEqualTo(200);
      assertThat(line(first, "1.2.0")).contains("\"yanked\":false");
      assertThat(line(first, "1.1.0")).contains("\"yanked\":false");
      assertThat(http.artifact(automatic.id()).status()).isEqualTo(200);
      assertThat(http.desk("/events").text()).contains("removal-unconfirmed");
      assertThat(http.desk("/crates/alpha/1.1.0").text()).contains("removal-unconfirmed");
      // The server confirms the removal without requests of clients.
      GateScene.await(
          "the confirmation", () -> http.desk("/events").text().contains("gone-upstream"));
      HttpProbeClient.Answer index = http.index("alpha");

      assertThat(index.status()).isEqualTo(200);
      assertThat(line(index, "1.2.0")).contains("\"yanked\":false");
      assertThat(line(index, "1.1.0")).contains("\"yanked\":true");
      assertThat(http.artifact(approved.id()).body()).isEqualTo(approved.build());
      assertThat(http.artifact(automatic.id()).status()).isEqualTo(403);
      assertThat(http.desk("/events").text()).contains("gone-upstream");
    }
  }

  private static String line(HttpProbeClient.Answer index, String version) {
    return index
        .text()
        .lines()
        .filter(l -> l.contains("\"vers\":\"" + version + "\""))
        .findFirst()
        .orElse("no line");
  }
}
