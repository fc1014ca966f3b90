package lazaret.bench.mix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class MixClientTest {
  private static final long MILLISECOND = 1_000_000;
  private static final int REQUESTS = 20;

  private final LatencyCounters latencies = new LatencyCounters();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void sendsAllRequestsInTurn() throws IOException, InterruptedException {
    run(System.nanoTime(), 0, 200);

    assertThat(seen).hasSize(REQUESTS).startsWith("GET /a HTTP/1.1", "GET /b HTTP/1.1");
    assertThat(latencies.count()).isEqualTo(REQUESTS);
    assertThat(latencies.failures()).isZero();
  }

  @Test
  void aServerThatStopsDelaysAllRequestsOfThatTime() throws IOException, InterruptedException {
    long start = System.nanoTime();

    run(start, 2 * REQUESTS, 200);

    // The last request is due after 19 ms, and the first response comes after 40 ms.
    assertThat(latencies.count()).isEqualTo(REQUESTS);
    assertThat(latencies.percentile(1.0 / REQUESTS)).isGreaterThanOrEqualTo(20 * MILLISECOND);
    assertThat(latencies.percentile(1)).isGreaterThanOrEqualTo(40 * MILLISECOND);
  }

  @Test
  void anotherStatusIsAFailure() throws IOException, InterruptedException {
    run(System.nanoTime(), 0, 404);

    assertThat(latencies.count()).isZero();
    assertThat(latencies.failures()).isEqualTo(REQUESTS);
  }

  @Test
  void aRefusedConnectionIsAFailure() throws IOException {
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
    }

    client(port, System.nanoTime()).run();

    assertThat(latencies.failures()).isEqualTo(1);
  }

  private void run(long start, long waitMillis, int status)
      throws IOException, InterruptedException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long notBefore = start + waitMillis * MILLISECOND;
      Thread server = Thread.ofVirtual().start(() -> respond(listener, notBefore, status));
      client(listener.getLocalPort(), start).run();
      server.join();
    }
  }

  private MixClient client(int port, long start) {
    List<MixRequest> requests =
        List.of(MixRequest.of(port, "/a", "", 200), MixRequest.of(port, "/b", "", 200));
    Pace pace = new Pace(start, MILLISECOND, 0, REQUESTS * MILLISECOND);
    return new MixClient(MixRun.address(0), port, requests, pace, latencies);
  }

  private void respond(ServerSocket listener, long notBefore, int status) {
    try (Socket socket = listener.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      OutputStream out = socket.getOutputStream();
      byte[] response =
          "HTTP/1.1 %d Any\r\nContent-Length: 2\r\n\r\nok"
              .formatted(status)
              .getBytes(StandardCharsets.ISO_8859_1);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("GET ")) {
          seen.add(line);
        } else if (line.isEmpty()) {
          Pace.await(notBefore);
          out.write(response);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot respond", e);
    }
  }
}
