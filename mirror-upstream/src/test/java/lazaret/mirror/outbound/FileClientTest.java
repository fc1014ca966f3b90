package lazaret.mirror.outbound;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileClientTest {
  private static final byte[] FILE = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final Validators TAG = new Validators("\"v1\"", null);

  private final List<String> headers = new CopyOnWriteArrayList<>();

  /// Header fields that replace those of an honest response.
  private volatile Map<String, String> instead = Map.of();

  private volatile boolean ranges = true;
  private HttpServer server;
  private FileClient client;
  private URI file;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI place = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    file = place.resolve("file");
    UpstreamOptions once =
        UpstreamOptions.DEFAULTS
            .withContact("ops@example.org")
            .withRetries(
                new UpstreamOptions.Retries(0, Duration.ZERO, Duration.ZERO, Duration.ZERO))
            .withNetwork(UpstreamOptions.Network.DIRECT.withAuthorization("secret"));
    client = new FileClient(place, once, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    client.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.add(name + ": " + values.getFirst()));
    String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
    String range = exchange.getRequestHeaders().getFirst("Range");
    byte[] body = FILE;
    int status = 200;
    exchange.getResponseHeaders().set("ETag", "\"v1\"");
    if ("\"v1\"".equals(tag)) {
      status = 304;
      body = new byte[0];
    } else if (range != null && ranges) {
      int dash = range.indexOf('-');
      int from = Integer.parseInt(range.substring("bytes=".length(), dash));
      int last = Math.min(FILE.length - 1, Integer.parseInt(range.substring(dash + 1)));
      status = from < FILE.length ? 206 : 416;
      body = from < FILE.length ? Arrays.copyOfRange(FILE, from, last + 1) : new byte[0];
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, last, FILE.length));
    }
    instead.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static String text(Fetched fetched) {
    return switch (fetched) {
      case Fetched.Received received -> received.body().text();
      case Fetched.NotModified _ -> "not modified";
      case Fetched.Failed failed -> "failed: " + failed.why();
    };
  }

  @Test
  void fetchesAWholeFileOnceAndKeepsCredentialsToItself() {
    Fetched first = client.fetch(file, Validators.NONE, 100);

    assertThat(first).isEqualTo(new Fetched.Received(Bytes.of(FILE), TAG, FILE.length));
    assertThat(client.fetch(file, TAG, 100)).isEqualTo(new Fetched.NotModified());
    assertThat(headers)
        .anyMatch(header -> header.contains("ops@example.org"))
        .noneMatch(header -> header.contains("secret"));
  }

  @Test
  void sendsACredentialOfItsOwn() {
    try (FileClient own =
        new FileClient(
            file, UpstreamOptions.DEFAULTS, Clock.systemUTC(), new Secret("Bearer abc"))) {
      assertThat(own.fetch(file, Validators.NONE, 100)).isInstanceOf(Fetched.Received.class);
    }

    assertThat(headers).anyMatch(header -> header.equalsIgnoreCase("authorization: Bearer abc"));
  }

  @Test
  void refusesAFileOverTheLimit() {
    assertThat(text(client.fetch(file, Validators.NONE, 15)))
        .startsWith("failed: ")
        .contains("at most 15 bytes are accepted");
  }

  @Test
  void fetchesPartsUntilTheEnd() {
    assertThat(client.part(file, 0, 10, Validators.NONE))
        .isEqualTo(new Fetched.Received(Bytes.utf8("0123456789"), TAG, FILE.length));
    assertThat(text(client.part(file, 10, 10, Validators.NONE))).isEqualTo("abcdef");
    assertThat(text(client.part(file, 16, 10, Validators.NONE)))
        .isEqualTo("failed: its source returned 416");
    assertThat(client.part(file, 0, 10, TAG)).isEqualTo(new Fetched.NotModified());
  }

  @Test
  void acceptsAWholeFileInPlaceOfItsFirstPart() {
    ranges = false;

    assertThat(text(client.part(file, 0, 16, Validators.NONE))).isEqualTo("0123456789abcdef");
    assertThat(text(client.part(file, 0, 10, Validators.NONE))).contains("sent too much");
    assertThat(text(client.part(file, 8, 16, Validators.NONE)))
        .isEqualTo("failed: its source returned 200");
  }

  @Test
  void refusesAnotherPartThanTheRequestedOne() {
    instead = Map.of("Content-Range", "bytes 1-10/16");
    assertThat(text(client.part(file, 0, 10, Validators.NONE)))
        .isEqualTo("failed: its source sent another part than the requested one");

    instead = Map.of("Content-Range", "bytes 0-9/5");
    assertThat(text(client.part(file, 0, 10, Validators.NONE)))
        .isEqualTo("failed: its source sent another part than the requested one");

    instead = Map.of("Content-Range", "bytes 0-9/*");
    assertThat(text(client.part(file, 0, 10, Validators.NONE)))
        .isEqualTo("failed: its source sent a part without its position, or with a coding");

    instead = Map.of("Content-Encoding", "gzip");
    assertThat(text(client.part(file, 0, 10, Validators.NONE)))
        .isEqualTo("failed: its source sent a part without its position, or with a coding");
    assertThat(text(client.fetch(file, Validators.NONE, 100)))
        .isEqualTo("failed: its source sent it with a coding that was not requested");
  }

  @Test
  void leadsToNoInternalHost() {
    assertThat(text(client.fetch(URI.create("http://10.1.2.3/file"), Validators.NONE, 10)))
        .contains("private address");
    assertThat(FileClient.isAddress(URI.create("https://user@example.org/"))).isFalse();
    assertThat(FileClient.isAddress(URI.create("ftp://example.org/"))).isFalse();
  }
}
