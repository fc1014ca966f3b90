package lazaret.mirror.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileExchangeTest {
  private static final byte[] FILE = new byte[1_000];

  static {
    new Random(22).nextBytes(FILE);
  }

  private final AtomicInteger requests = new AtomicInteger();
  private volatile boolean ranges = true;
  private volatile int failing = -1;
  private volatile int changing = -1;
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
    UpstreamOptions options =
        UpstreamOptions.DEFAULTS.withRetries(
            new UpstreamOptions.Retries(
                1, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(1)));
    client = new FileClient(place, options, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    client.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    int number = requests.incrementAndGet();
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (number == failing) {
      exchange.sendResponseHeaders(500, -1);
      exchange.close();
      return;
    }
    byte[] body = FILE;
    int status = 200;
    boolean changed = changing > 0 && number >= changing;
    exchange.getResponseHeaders().set("ETag", changed ? "\"v2\"" : "\"v1\"");
    if (range != null && ranges) {
      String[] ends = range.substring("bytes=".length()).split("-", 2);
      int from = Integer.parseInt(ends[0]);
      int last = Math.min(FILE.length - 1, Integer.parseInt(ends[1]));
      status = 206;
      body = Arrays.copyOfRange(FILE, from, last + 1);
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, last, FILE.length));
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private FileExchange.Result receive(int part, long most, ByteArrayOutputStream into)
      throws IOException {
    return new FileExchange(client, part).receive(file, most, into::write);
  }

  @Test
  void fileArrivesInParts() throws IOException {
    for (int part : new int[] {1_000, 999, 500, 300, 1_001}) {
      ByteArrayOutputStream into = new ByteArrayOutputStream();

      assertThat(receive(part, 1_000, into)).isEqualTo(new FileExchange.Result.Received(1_000));
      assertThat(into.toByteArray()).isEqualTo(FILE);
    }
  }

  @Test
  void failedPartIsRequestedAgainAlone() throws IOException {
    failing = 2;
    ByteArrayOutputStream into = new ByteArrayOutputStream();

    assertThat(receive(500, 1_000, into)).isEqualTo(new FileExchange.Result.Received(1_000));
    assertThat(into.toByteArray()).isEqualTo(FILE);
    assertThat(requests).hasValue(3);
  }

  @Test
  void longFileIsRefusedAtItsFirstPart() throws IOException {
    ByteArrayOutputStream into = new ByteArrayOutputStream();

    assertThat(receive(100, 999, into))
        .isEqualTo(
            new FileExchange.Result.Failed("it has 1000 bytes, at most 999 are accepted", null));
    assertThat(into.size()).isZero();
    assertThat(requests).hasValue(1);
  }

  @Test
  void fileThatChangesMeanwhileIsRefused() throws IOException {
    changing = 3;

    assertThat(receive(100, 1_000, new ByteArrayOutputStream()))
        .isEqualTo(
            new FileExchange.Result.Failed(
                "its source changed the file during the download", null));
  }

  @Test
  void hostWithoutPartsServesSmallFilesOnly() throws IOException {
    ranges = false;
    ByteArrayOutputStream into = new ByteArrayOutputStream();

    assertThat(receive(1_000, 5_000, into)).isEqualTo(new FileExchange.Result.Received(1_000));
    assertThat(receive(500, 5_000, new ByteArrayOutputStream()))
        .isInstanceOf(FileExchange.Result.Failed.class);
  }

  @Test
  void failureOfTheDiskEndsTheDownload() {
    assertThatThrownBy(
            () ->
                new FileExchange(client, 100)
                    .receive(
                        file,
                        1_000,
                        (_, _, _) -> {
                          throw new IOException("no space");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("no space");
    assertThat(requests).hasValue(1);
  }
}
