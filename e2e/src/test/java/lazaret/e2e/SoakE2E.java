package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.attack.ConnectionAttack;
import lazaret.testkit.attack.Http2Attack;
import lazaret.testkit.attack.MemoryAttacks;
import lazaret.testkit.http2.Http2Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// All attacks of clients in turn against a server, while cargo builds through it. They come from
/// the address of the builds with a stolen token, at a server that requires tokens. In the long run
/// they come before that from another address.
class SoakE2E {
  private static final String HONEST = "127.0.0.1";
  private static final String HOSTILE = "127.0.0.66";
  private static final String NO_CARGO = "cargo is not installed";
  private static final String BUILDS = "builds during the attacks";
  private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");
  private static final Pattern HEAP = Pattern.compile("used (\\d+)K");
  private static final Pattern BUDGET =
      Pattern.compile(
          "(?m)^lazaret_http_budget_used\\{budget=\"(sending|bodies|queries)\"} (\\S+)$");

  /// The growth of the used heap, in KiB, that caches may account for.
  private static final long GROWTH = 64 << 10;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger builds = new AtomicInteger();
  private final List<String> failures = new ArrayList<>();

  @Test
  @Tag("all")
  void tenMinutesOfAllAttacksFailNoBuild() throws Exception {
    assumeTrue(Machine.rust().isPresent(), NO_CARGO);
    apart(Duration.ofMinutes(5));
    together(Duration.ofMinutes(5));
    assertThat(builds.get()).as(BUILDS).isGreaterThanOrEqualTo(4);
  }

  @Test
  @Tag("ci")
  void eachAttackOnceFailsNoBuild() throws Exception {
    assumeTrue(Machine.rust().isPresent(), NO_CARGO);
    together(Duration.ofSeconds(45));
    assertThat(builds.get()).as(BUILDS).isGreaterThanOrEqualTo(2);
  }

  private void apart(Duration time) throws Exception {
    try (GateScene scene = scene("false")) {
      String stolen = token(scene, "stolen");
      soak(scene, target(scene, HOSTILE), "", stolen, time);
    }
  }

  /// Runs the attacks from the address of the builds. cargo sends its token only if the registry
  /// requires one.
  private void together(Duration time) throws Exception {
    try (GateScene scene = scene("true")) {
      String stolen = token(scene, "stolen");
      soak(scene, target(scene, HONEST).withToken(stolen), token(scene, "ci"), stolen, time);
    }
  }

  private static GateScene scene(String tokens) {
    return GateScene.of(
        registry(), s -> s.set("fetch.requests-per-second", "100").set("auth-required", tokens));
  }

  private void soak(GateScene scene, Http2Target target, String token, String stolen, Duration time)
      throws Exception {
    List<String> large = large(scene, stolen);
    assertThat(build(scene, token).exit()).isZero();
    long heap = heap(scene);
    over.set(false);
    Thread honest = Thread.ofPlatform().start(() -> builds(scene, token));
    attack(target, large, stolen, time);
    over.set(true);
    honest.join();

    assertThat(failures).isEmpty();
    assertThat(scene.gate().alive()).isTrue();
    GateScene.await("all budgets returned", () -> returned(scene, stolen));
    assertThat(heap(scene)).as("KiB of heap after a collection").isLessThan(heap + GROWTH);
    assertThat(scene.gate().log()).doesNotContain("OutOfMemoryError");
  }

  private static FixtureRegistry registry() {
    FixtureRegistry registry = Crates.alphaAndBeta();
    byte[] noise = new byte[3 << 20];
    new Random(1).nextBytes(noise);
    for (int i = 0; i < 8; i++) {
      noise[0] = (byte) i;
      Crates.addAged(
          registry, CrateBuilder.crate("large" + i, "1.0.0").file("data.bin", noise.clone()));
    }
    return registry;
  }

  /// Returns the paths of the large artifacts, which the server has stored afterwards.
  private static List<String> large(GateScene scene, String token) {
    String[] authorized = {"Authorization", "Bearer " + token};
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String index = scene.http().get("/index/la/rg/large" + i, authorized).text();
      Matcher cksum = Pattern.compile("\"cksum\":\"([0-9a-f]{64})\"").matcher(index);
      assertThat(cksum.find()).isTrue();
      String path = "/dl/large%d/1.0.0/%s".formatted(i, cksum.group(1));
      assertThat(scene.http().get(path, authorized).status()).isEqualTo(200);
      paths.add(path);
    }
    return paths;
  }

  private static String token(GateScene scene, String name) {
    HttpProbeClient.Answer made =
        scene.http().order("/tokens", "{\"name\":\"%s\",\"scopes\":[\"read\"]}".formatted(name));
    Matcher secret = SECRET.matcher(made.text());
    assertThat(secret.find()).as(made.text()).isTrue();
    return secret.group(1);
  }

  private static Http2Target target(GateScene scene, String from) {
    URI url = URI.create(scene.gate().url());
    return new Http2Target(url.getHost(), url.getPort(), null, "/index/config.json").from(from);
  }

  private void builds(GateScene scene, String token) {
    while (!over.get()) {
      ProgramResult ran = build(scene, token);
      builds.incrementAndGet();
      if (ran.exit() != 0) {
        failures.add(ran.toString());
      }
    }
  }

  private static ProgramResult build(GateScene scene, String token) {
    Cargo cargo =
        token.isEmpty()
            ? Cargo.fresh(scene.gate())
            : Cargo.fresh(
                    Cargo.config(scene.gate().url()) + "credential-provider = \"cargo:token\"\n")
                .env("CARGO_REGISTRIES_LAZARET_TOKEN", token);
    return cargo.run(CargoProjectFolder.with("beta = \"1\"").folder(), "build");
  }

  private static void attack(Http2Target target, List<String> large, String token, Duration time) {
    Map<String, Runnable> attacks = new LinkedHashMap<>();
    Duration each = Duration.ofSeconds(Math.max(1, time.toSeconds() / 60));
    InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
    String from = String.valueOf(target.from());
    for (Http2Attack attack : Http2Attack.all()) {
      attacks.put(attack.name(), () -> Http2Attack.run(attack.name(), target, each.dividedBy(4)));
    }
    for (ConnectionAttack attack : ConnectionAttack.values()) {
      attacks.put(
          attack.toString(), () -> attack.run(address, from, 5_000, (int) each.toSeconds() * 2));
    }
    var shape = new MemoryAttacks.Shape(20, 100, each.multipliedBy(2));
    attacks.put("closed windows", () -> MemoryAttacks.closedWindows(target, large, shape, 0));
    attacks.put("windows byte by byte", () -> MemoryAttacks.closedWindows(target, large, shape, 1));
    attacks.put(
        "slow readers",
        () -> MemoryAttacks.slowReaders(target, large, 100, each.multipliedBy(2), ""));
    attacks.put("resets", () -> MemoryAttacks.resets(target, large, 100));
    attacks.put(
        "unfinished bodies", () -> MemoryAttacks.unfinishedBodies(target, shape, "POST", token));
    Http2Target verify = target.at("/desk/v1/verify");
    var sending = new MemoryAttacks.Sending(true, Duration.ZERO);
    byte[] body = ("{\"lockfile\":\"" + "a".repeat(8 << 20)).getBytes(StandardCharsets.US_ASCII);
    attacks.put("bodies", () -> MemoryAttacks.bodies(verify, token, 16, body, sending));
    attacks.put("searches", () -> MemoryAttacks.atOnce(target, List.of("/api/v1/crates?q="), 300));
    attacks.put(
        "invented names",
        () ->
            MemoryAttacks.atOnce(
                target,
                IntStream.range(0, 500).mapToObj(i -> "/index/in/ve/invented" + i).toList(),
                500));
    attacks.values().forEach(Runnable::run);
  }

  private static boolean returned(GateScene scene, String token) {
    String metrics = scene.http().get("/metrics", "Authorization", "Bearer " + token).text();
    Matcher budgets = BUDGET.matcher(metrics);
    int found = 0;
    boolean zero = true;
    while (budgets.find()) {
      found++;
      // The artifact cache is part of this budget.
      zero &= budgets.group(1).equals("sending") || Double.parseDouble(budgets.group(2)) == 0;
    }
    return found == 3 && zero;
  }

  /// Returns the used heap after a collection, in KiB.
  private static long heap(GateScene scene) throws IOException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = Long.toString(scene.gate().pid());
    Programs.run(Duration.ofMinutes(1), tool, pid, "GC.run").ok();
    Matcher used =
        HEAP.matcher(Programs.run(Duration.ofMinutes(1), tool, pid, "GC.heap_info").ok().out());
    long sum = 0;
    while (used.find()) {
      sum += Long.parseLong(used.group(1));
    }
    return sum;
  }
}
