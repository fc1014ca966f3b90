package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRegistryFilesTest {
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private HttpRegistryFiles files;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI source = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/static/");
    UpstreamOptions options =
        UpstreamOptions.DEFAULTS
            .withContact("ops@example.org")
            .withRetries(
                new UpstreamOptions.Retries(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    files = new HttpRegistryFiles(source, options, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    files.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(exchange.getRequestURI() + " " + tag + " " + range);
    exchange.getResponseHeaders().set("ETag", "\"v1\"");
    if ("\"v1\"".equals(tag)) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      byte[] body = "text".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Range", "bytes 0-3/10");
      exchange.sendResponseHeaders(range == null ? 200 : 206, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Test
  void feedsAreRequestedWithTheValidatorsOfTheLastOne() {
    assertThat(files.feed(RegistryFiles.UPDATES)).isInstanceOf(Fetched.Received.class);
    assertThat(files.feed(RegistryFiles.UPDATES)).isEqualTo(new Fetched.NotModified());
    assertThat(files.feed(RegistryFiles.NEW_CRATES)).isInstanceOf(Fetched.Received.class);

    assertThat(requests)
        .containsExactly(
            "/static/rss/updates.xml null null",
            "/static/rss/updates.xml \"v1\" null",
            "/static/rss/crates.xml null null");
  }

  @Test
  void partsOfADumpAreRequestedByTheirPosition() {
    assertThat(files.dump(0, 4, Validators.NONE))
        .isInstanceOfSatisfying(
            Fetched.Received.class,
            part -> {
              assertThat(part.body().text()).isEqualTo("text");
              assertThat(part.total()).isEqualTo(10);
            });
    assertThat(files.dump(0, 4, new Validators("\"v1\"", null)))
        .isEqualTo(new Fetched.NotModified());

    assertThat(requests)
        .containsExactly(
            "/static/db-dump.tar.gz null bytes=0-3", "/static/db-dump.tar.gz \"v1\" bytes=0-3");
  }
}
