package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import lazaret.mirror.server.HttpServer;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies below and above the size from which they are no longer copied.
class LargeBodyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "HTTP_1_1, 1000",
    "HTTP_1_1, 33000",
    "HTTP_1_1, 3000000",
    "HTTP_2, 1000",
    "HTTP_2, 3000000"
  })
  void arrivesWholeAndLeavesTheConnectionUsable(HttpClient.Version version, int size)
      throws IOException, InterruptedException {
    byte[] filling = new byte[size];
    new Random(size).nextBytes(filling);
    try (var gate = new TestGate(folder, Map.of("LAZARET_ACCESS_LOG_FILE", "off"));
        HttpServer listener = HttpServer.start(gate.wiring.serverParts(), Bytes.utf8("{}"));
        HttpClient client = HttpClient.newBuilder().version(version).build()) {
      CrateId id = gate.publish(CrateBuilder.crate("large", "1.0.0").file("data", filling), 100);
      URI uri = URI.create(listener.url() + "/dl/large/1.0.0/" + id.cksum().hex());

      for (int i = 0; i < 2; i++) {
        HttpResponse<byte[]> answer =
            client.send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Sha256.of(Bytes.of(answer.body()))).isEqualTo(id.cksum());
        assertThat(answer.headers().firstValue("content-length"))
            .contains(Integer.toString(answer.body().length));
      }
    }
  }
}
