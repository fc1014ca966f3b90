package lazaret.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private String required = "";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (!path.endsWith("config.json")) {
      tokens.add(path + " " + token);
    }
    if (path.startsWith("/dl/")) {
      exchange.getResponseHeaders().set("Location", "/files/a.crate");
      exchange.sendResponseHeaders(302, -1);
    } else {
      byte[] body =
          (path.equals("/index/config.json") ? config() : "the bytes")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private String root() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String config() {
    return "{\"dl\":\"%1$s/dl/{crate}/{version}\",\"api\":\"%1$s\"%2$s}"
        .formatted(root(), required);
  }

  /// The place of artifacts is often a storage service of others.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void downloadsFollowRedirectsAndSendTheTokenAsCargoDoes(boolean auth) {
    required = auth ? ",\"auth-required\":true" : "";
    try (HttpClient http = HttpClient.newHttpClient()) {
      RegistryClient client = RegistryClient.open(http, root() + "/index/", "secret");

      assertThat(client.download("a", "1.0.0", "").text()).isEqualTo("the bytes");
      assertThat(tokens)
          .containsExactly("/dl/a/1.0.0 " + (auth ? "secret" : "null"), "/files/a.crate null");
    }
  }
}
