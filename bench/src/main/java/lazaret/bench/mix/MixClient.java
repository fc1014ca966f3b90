package lazaret.bench.mix;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/// One client: a connection over which it sends its requests in turn, each when it is due.
final class MixClient implements Runnable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final InetAddress own;
  private final int port;
  private final List<MixRequest> requests;
  private final Pace pace;
  private final LatencyCounters latencies;

  /// @param own address of the client
  /// @param port port of the server on loopback
  /// @param requests at least one
  /// @param latencies receives the latency of each request that counts
  MixClient(
      InetAddress own, int port, List<MixRequest> requests, Pace pace, LatencyCounters latencies) {
    this.own = own;
    this.port = port;
    this.requests = requests;
    this.pace = pace;
    this.latencies = latencies;
  }

  /// Sends all requests. A connection that breaks is one failure and ends the client.
  @Override
  public void run() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, own, 0)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      send(socket.getOutputStream(), new ResponseReader(socket.getInputStream()));
    } catch (IOException _) {
      latencies.failed();
    }
  }

  private void send(OutputStream out, ResponseReader in) throws IOException {
    long now = System.nanoTime();
    for (int number = 0; ; number++) {
      long due = pace.due(number, now);
      if (pace.isOver(due)) {
        return;
      }
      if (pace.isHopeless(now)) {
        latencies.failed();
        return;
      }
      Pace.await(due);
      MixRequest request = requests.get(number % requests.size());
      request.writeTo(out);
      int status = in.next();
      now = System.nanoTime();
      if (status != request.status()) {
        latencies.failed();
      } else if (pace.counts(due)) {
        latencies.add(now - due);
      }
    }
  }
}
