package lazaret.mirror.budget;

import static lazaret.mirror.budget.MemoryScene.survives;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import lazaret.testkit.attack.MemoryAttacks;
import lazaret.testkit.attack.MemoryAttacks.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attacks on the memory by artifacts, of a third of the size, and index files. [BodyAttackTest]
/// has the attacks by bodies of requests.
class MemoryAttackTest {
  private static final int LARGE = 3_200_000;

  @TempDir Path folder;

  private SmallServer server() {
    return MemoryScene.server(folder);
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
  @Tag("all")
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
  @Tag("all")
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
  @Tag("all")
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
  @Tag("all")
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
}
