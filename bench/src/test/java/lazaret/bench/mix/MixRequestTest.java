package lazaret.bench.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixRequestTest {
  @TempDir Path dir;

  private HttpServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    port = server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().startsWith("/index/")) {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void requestsAgainWithTheValidatorOfTheServer() throws IOException {
    Path file = Files.writeString(dir.resolve("mix.txt"), "304 /index/a\n200 /dl/b\n");

    List<MixRequest> requests = MixRequest.read(file, port);

    assertThat(requests).extracting(MixRequest::status).containsExactly(304, 200);
    assertThat(text(requests.getFirst()))
        .isEqualTo(
            "GET /index/a HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nIf-None-Match: \"v1\"\r\n\r\n"
                .formatted(port));
    assertThat(text(requests.getLast()))
        .isEqualTo("GET /dl/b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n".formatted(port));
  }

  @Test
  void refusesAServerWithoutValidators() throws IOException {
    Path file = Files.writeString(dir.resolve("mix.txt"), "304 /dl/b\n");

    assertThatThrownBy(() -> MixRequest.read(file, port))
        .hasMessage("cannot request /dl/b again: expected an ETag, found none");
  }

  private static String text(MixRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    request.writeTo(out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
