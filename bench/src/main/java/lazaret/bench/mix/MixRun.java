package lazaret.bench.mix;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Many clients with connections that stay open, each of which sends its share of a constant rate.
/// It is a separate program, so that its memory and its compiler are not those of other cases.
///
/// Latencies count from the time at which a request was due, also if the response before it was
/// late: a server that stops for a while delays all requests of that time.
public final class MixRun {
  /// Time until all connections are open.
  private static final long OPENING_NANOS = 2_000_000_000L;

  private static final double NANOS_PER_SECOND = 1e9;

  private MixRun() {}

  /// Prints figures, one a line, each after its name.
  ///
  /// @param arguments port, file of the requests (see [MixRequest]), number of clients, seconds
  ///   that do not count, seconds that count, and requests per second of all clients; 0 means that
  ///   each request follows the response before it
  /// @throws IOException if the file cannot be read, or the server does not respond
  /// @throws InterruptedException if the thread is interrupted
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    List<MixRequest> requests = MixRequest.read(Path.of(arguments[1]), port);
    int clients = Integer.parseInt(arguments[2]);
    long uncounted = nanos(arguments[3]);
    long counted = nanos(arguments[4]);
    double rate = Double.parseDouble(arguments[5]);
    long interval = rate == 0 ? 0 : Math.round(clients * NANOS_PER_SECOND / rate);
    LatencyCounters latencies = new LatencyCounters();
    long start = System.nanoTime() + OPENING_NANOS;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      // Clients are due one after the other, and begin at different requests.
      Pace pace = new Pace(start + interval * i / clients, interval, uncounted, counted);
      List<MixRequest> own = rotated(requests, i * requests.size() / clients);
      MixClient client = new MixClient(address(i), port, own, pace, latencies);
      threads.add(Thread.ofVirtual().start(client));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    print("rate", latencies.count() * NANOS_PER_SECOND / counted);
    print("failures", (double) latencies.failures());
    print("p99-ms", latencies.percentile(0.99) / 1e6);
    print("p999-ms", latencies.percentile(0.999) / 1e6);
  }

  /// Returns the address of a client on this machine. Each has its own, because servers limit what
  /// one address uses.
  ///
  /// @param client number of the client, from 0 to 65,535
  public static InetAddress address(int client) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 1, (byte) (client >> 8), (byte) client});
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("four bytes are an address", e);
    }
  }

  private static long nanos(String seconds) {
    return Math.round(Double.parseDouble(seconds) * NANOS_PER_SECOND);
  }

  private static List<MixRequest> rotated(List<MixRequest> requests, int by) {
    List<MixRequest> all = new ArrayList<>(requests.subList(by, requests.size()));
    all.addAll(requests.subList(0, by));
    return List.copyOf(all);
  }

  private static void print(String name, double value) {
    System.out.printf(Locale.ROOT, "%s %.3f%n", name, value);
  }
}
