package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.mirror.TestServer;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.http.ServerException;
import lazaret.testkit.Fault;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP/1.1, HTTP/2 and TLS, slow clients, and stopping.
class ProtocolTest {
  @TempDir Path folder;

  private static HttpResponse<String> get(TestServer server, HttpClient client, String path) {
    return server.send(
        client,
        path,
        new String[0],
        HttpRequest.Builder::GET,
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void upgradesCleartextToHttp2AndMultiplexes() throws Exception {
    try (TestServer server = new TestServer(folder, Map.of());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 90; i++) {
        server.gate.publish("wide" + i, "1.0.0", 100);
      }
      assertThat(get(server, client, "/index/config.json").version())
          .isEqualTo(HttpClient.Version.HTTP_2);

      List<Callable<HttpResponse<String>>> burst =
          java.util.stream.IntStream.range(0, 90)
              .<Callable<HttpResponse<String>>>mapToObj(
                  i -> () -> get(server, client, "/index/wi/de/wide" + i))
              .toList();
      for (Future<HttpResponse<String>> answer : threads.invokeAll(burst)) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(answer.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
      }
    }
  }

  @Test
  void speaksHttp2WithPriorKnowledge() {
    try (TestServer server = new TestServer(folder, Map.of());
        RawClient client = new RawClient(server.port())) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");

      // A frame header of a SETTINGS frame: type 4 on stream 0.
      assertThat(client.readUntil("\4")).endsWith("\4");
    }
  }

  @Test
  void checksTheHostOfHttp2RequestsToo() {
    try (TestServer server = new TestServer(folder, Map.of());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      get(server, client, "/health/live");
      HttpResponse<String> answer =
          server.send(
              client,
              "/index/config.json",
              new String[0],
              b ->
                  b.uri(
                      java.net.URI.create(
                          "http://127.0.0.2:" + server.port() + "/index/config.json")),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(421);
    } catch (AssertionError e) {
      // The listener is bound to 127.0.0.1 alone, so 127.0.0.2 may not be reachable at all.
      assertThat(e).hasMessageContaining("no answer");
    }
  }

  @Test
  void keepsConnectionsOpen() {
    try (TestServer server = new TestServer(folder, Map.of());
        RawClient client = new RawClient(server.port())) {
      String request = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n";
      for (int i = 0; i < 3; i++) {
        client.send(request);
        assertThat(client.readUntil("\"up\"}")).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void ignoresUpgradesThatItDoesNotKnow() {
    try (TestServer server = new TestServer(folder, Map.of())) {
      assertThat(
              RawClient.get(
                  server.port(), "/health/live", "Connection: Upgrade", "Upgrade: websocket"))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void closesClientsThatMakeNoHeadway() {
    try (TestServer server =
            new TestServer(folder, Map.of("LAZARET_SERVER_IDLE_TIMEOUT", "200ms"));
        RawClient client = new RawClient(server.port())) {
      client.send("GET /health/live HTTP/1.1\r\nHost: 127");

      // The sweep comes every five seconds; without it the connection would stay for hours.
      String end = client.readToEnd();
      assertThat(end.contains("stayed open") ? client.readToEnd() : end)
          .doesNotContain("stayed open");
    }
  }

  @Test
  void finishesWhatIsUnderWayWhenItStops() throws Exception {
    try (TestServer server = new TestServer(folder, Map.of());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CrateId id = server.gate.publish("slow", "1.0.0", 100);
      server.gate.remote.script("/crates/slow/*", new Fault.Delay(Duration.ofMillis(1_500)));
      Future<HttpResponse<String>> answer =
          threads.submit(() -> server.get("/dl/slow/1.0.0/" + id.cksum()));
      while (server.gate.remote.count("/crates/slow/*") == 0 && !answer.isDone()) {
        Thread.sleep(10);
      }
      assertThat(answer.isDone()).as("the download waits for upstream").isFalse();

      server.stop();

      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> new RawClient(server.port())).isInstanceOf(Exception.class);
    }
  }

  @Test
  void refusesAnAddressThatIsTaken() {
    try (TestServer server = new TestServer(folder.resolve("one"), Map.of())) {
      assertThatThrownBy(
              () ->
                  new TestServer(
                      folder.resolve("two"),
                      Map.of("LAZARET_LISTEN", "127.0.0.1:" + server.port())))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port())
          .hasMessageContaining("check whether another gate runs there");
    }
  }

  @Test
  void saysWhatIsWrongWithTlsFiles() throws Exception {
    Path key = Files.writeString(folder.resolve("key.pem"), "no key");
    Path certificate = Files.writeString(folder.resolve("cert.pem"), "no certificate");

    assertThatThrownBy(
            () ->
                new TestServer(
                    folder.resolve("data"),
                    Map.of(
                        "LAZARET_TLS_KEY",
                        key.toString(),
                        "LAZARET_TLS_CERTIFICATE",
                        certificate.toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected PEM, the key in PKCS #8");
  }
}
