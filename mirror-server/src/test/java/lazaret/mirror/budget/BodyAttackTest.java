package lazaret.mirror.budget;

import static lazaret.mirror.budget.MemoryScene.survives;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.testkit.attack.MemoryAttacks;
import lazaret.testkit.attack.MemoryAttacks.Sending;
import lazaret.testkit.attack.MemoryAttacks.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attacks on the memory by bodies of requests. They are a class of their own so that they run
/// beside [MemoryAttackTest].
class BodyAttackTest {
  @TempDir Path folder;

  private SmallServer server() {
    return MemoryScene.server(folder);
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
