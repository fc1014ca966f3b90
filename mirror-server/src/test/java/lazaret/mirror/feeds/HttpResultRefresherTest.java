package lazaret.mirror.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lazaret.mirror.outbound.FeedClient;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.results.ResultGate;
import lazaret.results.ResultService;
import lazaret.results.ResultSettings;
import lazaret.results.ResultTokenFile;
import lazaret.vetting.gate.fixture.GateFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The feeds of two gates, one of which fails.
class HttpResultRefresherTest {
  @TempDir Path folder;

  private final GateFixture gate = new GateFixture();
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicReference<String> lines = new AtomicReference<>("");
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> authorized = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private ResultService results;
  private HttpResultRefresher refresher;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/failing", exchange -> answer(exchange, status.get(), lines.get()));
    server.createContext("/other", exchange -> answer(exchange, 200, ""));
    server.start();
    ResultSettings settings =
        new ResultSettings(
            Map.of("failing", address("failing"), "other", address("other")),
            new ResultTokenFile(tokens("other lzr_secret\n")),
            null,
            Duration.ofDays(365),
            0,
            Duration.ofMinutes(10),
            null);
    results =
        ResultService.open(
            new ResultGate(gate.parts, gate.gate.admission(), gate.gate.artifactCache()), settings);
    refresher =
        new HttpResultRefresher(
            results, settings, new FeedClient(UpstreamOptions.DEFAULTS, gate.clock));
  }

  @AfterEach
  void close() {
    refresher.close();
    results.close();
    gate.close();
    server.stop(0);
  }

  private URI address(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
  }

  private void answer(HttpExchange exchange, int code, String body) throws IOException {
    try (exchange) {
      asked.add(String.valueOf(exchange.getRequestURI()));
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      if (token != null) {
        authorized.add(exchange.getRequestURI() + " " + token);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static String question(String name) {
    return "/" + name + "?since=0";
  }

  private Path tokens(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("tokens"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  @Test
  void sourceGetsItsOwnTokenAlone() throws IOException {
    assertThat(refresher.round()).isTrue();

    assertThat(authorized).containsExactly("/other?since=0 Bearer lzr_secret");
    // The file is read again, so that a token is replaced without a restart.
    Path _ = tokens("failing lzr_next\n");
    assertThat(refresher.round()).isTrue();
    assertThat(authorized)
        .containsExactly("/other?since=0 Bearer lzr_secret", "/failing?since=0 Bearer lzr_next");
  }

  @Test
  void noTokenOfAFileThatOthersCanReadIsSent() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("tokens"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(refresher.round()).isFalse();

    assertThat(asked).isEmpty();
  }

  @Test
  void sourceThatFailsIsAFailedRoundAndStopsNoOther() {
    status.set(404);

    assertThat(refresher.round()).isFalse();

    assertThat(asked).contains(question("failing"), question("other"));
    status.set(200);
    assertThat(refresher.round()).isTrue();
  }

  @Test
  void sourceWithOtherLinesIsAFailedRoundAndStopsNoOther() {
    lines.set("no line of results\n");

    assertThat(refresher.round()).isFalse();

    assertThat(asked).contains(question("other"));
    assertThat(results.position("failing")).isZero();
  }
}
