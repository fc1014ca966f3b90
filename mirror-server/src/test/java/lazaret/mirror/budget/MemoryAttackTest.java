package lazaret.mirror.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import lazaret.testkit.attack.MemoryAttacks;
import lazaret.testkit.attack.MemoryAttacks.Sending;
import lazaret.testkit.attack.MemoryAttacks.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attacks on the memory of a server with a third of the packaged heap, and artifacts of a third of
/// the size. The process ends at the first OutOfMemoryError, so that a running server has had none.
/// An honest client sends requests all the time, and at the end all budgets are unused.
class MemoryAttackTest {
  private static final Map<String, String> SMALL =
      Map.of("LAZARET_CACHE_ARTIFACT_MEMORY", "32MiB", "LAZARET_CACHE_INDEX_MEMORY", "20MiB");
  private static final int LARGE = 3_200_000;

  @TempDir Path folder;

  private interface Attack {
    void run() throws IOException, InterruptedException;
  }

  private SmallServer server() {
    return server(Map.of());
  }

  private SmallServer server(Map<String, String> more) {
    Map<String, String> variables = new java.util.HashMap<>(SMALL);
    variables.putAll(more);
    return new SmallServer(folder, "-Xmx176m", variables);
  }

  /// Runs an attack while an honest client requests a small artifact.
  private static void survives(SmallServer server, Attack attack)
      throws IOException, InterruptedException {
    String honest = server.held("honest", 1, 10_000).getFirst();
    Map<Integer, Integer> answers = new TreeMap<>();
    AtomicBoolean over = new AtomicBoolean();
    Thread client = Thread.ofPlatform().start(() -> ask(server, honest, answers, over));
    try {
      attack.run();
    } finally {
      over.set(true);
      client.join();
    }
    assertThat(server.alive()).as(server.said()).isTrue();
    assertThat(answers.keySet()).as("%s", answers).isSubsetOf(200, 503);
    unused(server, Duration.ofSeconds(40));
    assertThat(server.get(honest).statusCode()).isEqualTo(200);
    System.out.println("MEASURED answers to the honest client: " + answers);
  }

  private static void ask(
      SmallServer server, String path, Map<Integer, Integer> answers, AtomicBoolean over) {
    while (!over.get()) {
      try {
        HttpResponse<byte[]> answer = server.get(path);
        boolean retryAfter = answer.headers().firstValue("retry-after").isPresent();
        int status = answer.statusCode() == 503 && !retryAfter ? -503 : answer.statusCode();
        answers.merge(status, 1, Integer::sum);
        Thread.sleep(100);
      } catch (IOException e) {
        answers.merge(-1, 1, Integer::sum);
        if (!server.alive()) {
          return;
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private static void unused(SmallServer server, Duration within)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    for (String budget : List.of("sending", "bodies", "queries")) {
      while (server.used(budget) != 0 && System.nanoTime() < end) {
        Thread.sleep(200);
      }
      assertThat(server.used(budget)).as(budget).isZero();
    }
  }

  @Test
  void oneConnectionWithManyStreamsOfOneArtifactAndWindow0() throws Exception {
    try (SmallServer server = server()) {
      List<String> paths = server.held("many-streams", 1, LARGE);
      survives(
          server,
          () ->
              MemoryAttacks.closedWindows(
                  server.target("/"), paths, new Shape(1, 1_000, Duration.ofSeconds(8)), 0));
    }
  }

  @Test
  @Tag("ci")
  void manyConnectionsWithManyStreamsAndWindow0() throws Exception {
    try (SmallServer server = server()) {
      List<String> paths = server.held("many-connections", 30, LARGE);
      survives(
          server,
          () ->
              MemoryAttacks.closedWindows(
                  server.target("/"), paths, new Shape(100, 100, Duration.ofSeconds(8)), 0));
    }
  }

  @Test
  @Tag("ci")
  void manyConnectionsWithOneStreamAndWindow0() throws Exception {
    try (SmallServer server = server()) {
      List<String> paths = server.held("single-streams", 30, LARGE);
      survives(
          server,
          () ->
              MemoryAttacks.closedWindows(
                  server.target("/"), paths, new Shape(200, 1, Duration.ofSeconds(8)), 0));
    }
  }

  @Test
  @Tag("ci")
  void windowsOpenedByteByByte() throws Exception {
    try (SmallServer server = server()) {
      List<String> paths = server.held("dripping", 30, LARGE);
      survives(
          server,
          () ->
              MemoryAttacks.closedWindows(
                  server.target("/"), paths, new Shape(20, 50, Duration.ofSeconds(20)), 1));
    }
  }

  @Test
  @Tag("ci")
  void slowReadersOfDistinctArtifacts() throws Exception {
    try (SmallServer server = server()) {
      List<String> paths = server.held("distinct", 50, LARGE);
      survives(
          server,
          () ->
              MemoryAttacks.slowReaders(server.target("/"), paths, 70, Duration.ofSeconds(8), ""));
    }
  }

  @Test
  @Tag("ci")
  void slowReadersOfOneArtifactThatIsNeverCached() throws Exception {
    try (SmallServer server = server()) {
      List<String> paths = server.held("uncached", 1, 3 * LARGE / 2);
      survives(
          server,
          () ->
              MemoryAttacks.slowReaders(server.target("/"), paths, 100, Duration.ofSeconds(8), ""));
    }
  }

  @Test
  @Tag("ci")
  void artifactsThatAreNotHeldAskedForAtOnce() throws Exception {
    try (SmallServer server = server()) {
      List<String> paths =
          IntStream.range(0, 40).mapToObj(i -> server.publish("cold" + i, LARGE)).toList();
      survives(server, () -> MemoryAttacks.atOnce(server.target("/"), paths, 120));
    }
  }

  @Test
  @Tag("ci")
  void clientsThatResetInTheMiddleLeaveNothingReserved() throws Exception {
    try (SmallServer server = server()) {
      List<String> paths = server.held("resetting", 10, LARGE);
      survives(
          server,
          () -> {
            for (int i = 0; i < 5; i++) {
              MemoryAttacks.resets(server.target("/"), paths, 60);
            }
          });
    }
  }

  @Tag("ci")
  @Test
  void largeBodiesOfReadTokens() throws Exception {
    try (SmallServer server = server()) {
      String token = server.readToken("reader");
      byte[] body = lockfile(14_000_000, "name = \\\"a\\\"\\n");
      survives(
          server,
          () -> {
            for (String path : List.of("/desk/v1/verify", "/desk/v1/closure")) {
              for (boolean chunked : new boolean[] {false, true}) {
                MemoryAttacks.bodies(
                    server.target(path), token, 16, body, new Sending(chunked, Duration.ZERO));
              }
            }
          });
    }
  }

  @Test
  @Tag("ci")
  void bodiesThatUseManyTimesTheirLength() throws Exception {
    try (SmallServer server = server()) {
      List<String> tokens = List.of(server.readToken("one"), server.readToken("two"));
      List<String> bodies =
          List.of(
              "[" + "{},".repeat(400_000) + "{}]",
              "[".repeat(1_000_000),
              "{\"lockfile\":\"version = 4\\n[[package]]\\nname = \\\"a\\\"\\nversion = \\\"1.0.0\\\"\\ndependencies = [\\n"
                  + " \\\"a\\\",\\n".repeat(100_000)
                  + "]\\n\"}",
              "{\"lockfile\":\"version = 4\\n"
                  + "[[package]]\\nname = \\\"a\\\"\\nversion = \\\"1.0.0\\\"\\n".repeat(20_000)
                  + "\"}",
              "{\"lockfile\":\"" + "\\u00e9".repeat(200_000) + "\"}");
      survives(
          server,
          () -> {
            for (String body : bodies) {
              for (String token : tokens) {
                MemoryAttacks.bodies(
                    server.target("/desk/v1/verify"),
                    token,
                    16,
                    body.getBytes(StandardCharsets.UTF_8),
                    new Sending(false, Duration.ZERO));
              }
            }
          });
    }
  }

  private static byte[] lockfile(int bytes, String line) {
    return ("{\"lockfile\":\"" + line.repeat(bytes / line.length()) + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  @Tag("ci")
  void manySearchesAtOnce() throws Exception {
    try (SmallServer server = server()) {
      server.held("searched", 60, 1_000);
      survives(
          server,
          () ->
              MemoryAttacks.atOnce(
                  server.target("/"), List.of("/api/v1/crates?q=&per_page=100"), 300));
    }
  }

  @Test
  @Tag("ci")
  void slowReadersOfLargeIndexFiles() throws Exception {
    try (SmallServer server = server()) {
      List<String> paths =
          IntStream.range(0, 12).mapToObj(i -> index(server, "wide" + i, 4_000)).toList();
      for (String path : paths) {
        assertThat(server.get(path).statusCode()).isEqualTo(200);
      }
      survives(
          server,
          () -> {
            MemoryAttacks.slowReaders(server.target("/"), paths, 100, Duration.ofSeconds(8), "");
            MemoryAttacks.slowReaders(
                server.target("/"), paths, 100, Duration.ofSeconds(8), "Accept-Encoding: gzip\r\n");
          });
    }
  }

  /// Publishes an index file of many lines upstream, about 400 bytes each.
  private static String index(SmallServer server, String name, int lines) {
    for (int i = 0; i < lines; i++) {
      String version = "1.0." + i;
      String line =
          lazaret.testkit.IndexLineBuilder.line(name, version)
              .cksum("%064x".formatted(new java.math.BigInteger(250, new java.util.Random(i))))
              .pubtime("2024-01-01T00:00:00Z")
              .build();
      server.registry().line(name, version, line);
    }
    return "/index/wi/de/" + name;
  }

  /// 150 clients of one address fit at 512 MB, where the share of a client is three times as large.
  @Test
  @Tag("ci")
  void manySlowClientsOfOneArtifactAllGetIt() throws Exception {
    try (SmallServer server = server()) {
      String path = server.held("popular", 1, 1_000_000).getFirst();

      List<Long> lengths = MemoryAttacks.slowDownloads(server.target(path), 50, 100_000);

      long whole = server.get(path).body().length;
      assertThat(lengths).hasSize(50).allMatch(length -> length == whole);
      assertThat(server.alive()).isTrue();
    }
  }

  @Test
  @Tag("ci")
  void bodiesThatNeverEndOverHttp2() throws Exception {
    try (SmallServer server = server()) {
      String token = server.readToken("reader");
      String path = server.held("ending", 1, 1_000).getFirst();
      survives(
          server,
          () -> {
            for (int i = 0; i < 5; i++) {
              Shape shape = new Shape(20, 90, Duration.ofSeconds(1));
              MemoryAttacks.unfinishedBodies(server.target(path), shape, "GET", "");
              MemoryAttacks.unfinishedBodies(
                  server.target("/desk/v1/verify"), shape, "POST", token);
            }
          });
    }
  }

  @Test
  @Tag("ci")
  void bodiesSentByteByByteAreEnded() throws Exception {
    try (SmallServer server = server()) {
      String token = server.readToken("reader");
      survives(
          server,
          () ->
              MemoryAttacks.bodies(
                  server.target("/desk/v1/verify"),
                  token,
                  16,
                  lockfile(600_000, "name = \\\"a\\\"\\n"),
                  new Sending(false, Duration.ofSeconds(60))));
      assertThat(server.metric("lazaret_http_slow_closed_total")).isPositive();
    }
  }
}
