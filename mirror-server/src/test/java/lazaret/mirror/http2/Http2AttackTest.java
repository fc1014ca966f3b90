package lazaret.mirror.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import lazaret.testkit.attack.Http2Attack;
import lazaret.testkit.http2.HeaderBlockBuilder;
import lazaret.testkit.http2.Http2Client;
import lazaret.testkit.http2.Http2Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every attack of the test kit, in clear text and over TLS, with and without `auth-required`.
/// After each, a new honest client gets its answer, and the processors come to rest.
@Timeout(30)
class Http2AttackTest {
  /// Processor time at rest, in nanoseconds of 50 ms: four fifths of one processor.
  private static final long REST = 40_000_000;

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Http2Servers servers;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    servers = new Http2Servers(folder);
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  /// All four servers with the large matrices; else those two that differ in both respects.
  private static List<Http2Servers.Kind> kinds() {
    return Boolean.getBoolean("lazaret.all")
        ? List.of(Http2Servers.Kind.values())
        : List.of(Http2Servers.Kind.CLEAR_TEXT, Http2Servers.Kind.TLS_WITH_TOKENS);
  }

  private static List<Arguments> attacks(Http2Attack.Outcome outcome) {
    return Http2Attack.all().stream()
        .filter(attack -> attack.outcome() == outcome)
        .flatMap(attack -> kinds().stream().map(kind -> Arguments.of(attack, kind)))
        .toList();
  }

  static List<Arguments> illegal() {
    return attacks(Http2Attack.Outcome.ENDED);
  }

  static List<Arguments> legal() {
    return attacks(Http2Attack.Outcome.OPEN);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("illegal")
  void endsTheConnection(Http2Attack attack, Http2Servers.Kind kind) {
    assertThat(attack.ending(servers.target(kind))).isPresent();
    assertHonest(kind);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("legal")
  void goesOn(Http2Attack attack, Http2Servers.Kind kind) {
    assertThat(attack.response(servers.target(kind)).status()).isIn(200, 401);
    assertHonest(kind);
  }

  private static void assertHonest(Http2Servers.Kind kind) {
    Http2Target target = servers.target(kind);
    try (Http2Client client = target.open()) {
      HeaderBlockBuilder block =
          target
              .get()
              .huffman(HeaderBlockBuilder.Indexing.INDEXED, 23, "Bearer " + servers.secret(kind));
      assertThat(client.response(client.request(block)).status()).isEqualTo(200);
    }
  }

  /// Waits for idle processors. A thread that spins prevents this permanently.
  @AfterEach
  void comesToRest() throws InterruptedException {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long used = Long.MAX_VALUE;
    while (used > REST) {
      long before = system.getProcessCpuTime();
      Thread.sleep(50);
      used = system.getProcessCpuTime() - before;
    }
  }
}
