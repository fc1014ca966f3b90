package lazaret.mirror.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.signin.IssuerAddress;
import lazaret.signin.ProviderRequest;
import lazaret.signin.ProviderResponse;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DirectTransportTest {
  private final List<String> requests = new ArrayList<>();
  private final HttpServer server = listening();
  private final String base = "http://127.0.0.1:" + server.getAddress().getPort();
  private final DirectTransport transport =
      new DirectTransport(
          IssuerAddress.parse(base + "/tenant"),
          UpstreamOptions.DEFAULTS,
          List.of(),
          "sign-in.private-hosts");

  private static HttpServer listening() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    transport.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      requests.add(
          "%s %s %s %s"
              .formatted(
                  exchange.getRequestMethod(),
                  path,
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  body));
      switch (path) {
        case "/redirect" -> {
          exchange.getResponseHeaders().set("Location", base + "/keys");
          exchange.sendResponseHeaders(302, -1);
        }
        case "/error" -> send(exchange, 400, "{\"error\":\"invalid_grant\"}");
        default -> send(exchange, 200, "0123456789");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private ProviderResponse get(String address, int maxBytes) {
    return transport.fetch(new ProviderRequest.Get(URI.create(address), null, maxBytes));
  }

  private static void assertFailed(ProviderResponse response, String why) {
    assertThat(response)
        .isInstanceOfSatisfying(
            ProviderResponse.Failed.class, failed -> assertThat(failed.why()).contains(why));
  }

  @Test
  void getsADocument() {
    assertThat(get(base + "/keys", 10))
        .isEqualTo(new ProviderResponse.Received(200, Bytes.utf8("0123456789")));
    assertThat(requests).containsExactly("GET /keys null ");
  }

  @Test
  void postsAFormAndReturnsTheErrorOfTheProvider() {
    ProviderRequest request =
        new ProviderRequest.Post(
            URI.create(base + "/error"),
            Map.of("code", "a+b &c"),
            new Secret("Basic bGF6YXJldA=="),
            100);

    assertThat(transport.fetch(request))
        .isEqualTo(new ProviderResponse.Received(400, Bytes.utf8("{\"error\":\"invalid_grant\"}")));
    assertThat(requests).containsExactly("POST /error Basic bGF6YXJldA== code=a%2Bb+%26c");
  }

  @Test
  void followsNoRedirect() {
    assertThat(get(base + "/redirect", 10))
        .isEqualTo(new ProviderResponse.Received(302, Bytes.EMPTY));
    assertThat(requests).hasSize(1);
  }

  @Test
  void refusesALongBody() {
    assertFailed(get(base + "/keys", 9), "is not whole or too large");
  }

  @Test
  void refusesPrivateHostsThatAreNotListed() {
    assertFailed(
        get("http://10.1.2.3/keys", 10),
        "leads to the private address 10.1.2.3: if that is wanted, list '10.1.2.3' in"
            + " sign-in.private-hosts");
    assertFailed(get("http://169.254.169.254/keys", 10), "leads to the private address");
    assertThat(requests).isEmpty();
  }

  @Test
  void doesNotLeaveTls() {
    try (DirectTransport secure =
        new DirectTransport(
            IssuerAddress.parse("https://127.0.0.1:1"),
            UpstreamOptions.DEFAULTS,
            List.of(),
            "sign-in.private-hosts")) {
      assertFailed(
          secure.fetch(new ProviderRequest.Get(URI.create(base + "/keys"), null, 10)),
          "leaves TLS, which");
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void reportsAProviderThatIsDown() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    assertFailed(
        get("http://127.0.0.1:" + closed + "/keys", 10),
        "127.0.0.1:" + closed + " cannot be reached");
  }
}
