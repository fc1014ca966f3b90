package lazaret.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lazaret.mirror.http.RouteKind;

/// A count of many responses and many scrapes, by one kind of counters. It is a separate program,
/// so that the compiler sees one kind only.
final class MetricsRun {
  /// The upper bounds of the buckets of durations, in seconds.
  static final double[] BOUNDS = {0.0001, 0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 30};

  private static final int RESPONSES = 20_000_000;
  private static final int SCRAPES = 2_000;
  private static final int ROUNDS = 5;
  private static final RouteKind[] ROUTES = {
    RouteKind.INDEX, RouteKind.DOWNLOAD, RouteKind.INDEX, RouteKind.DESK
  };
  private static final int[] STATUSES = {200, 304, 200, 403};

  private MetricsRun() {}

  /// The counters of a server.
  interface Metrics {
    /// Counts a response.
    void ended(RouteKind kind, int status, long nanos);

    /// Writes all metrics.
    ///
    /// @return the length of the text
    int scrape();
  }

  /// Prints the medians of the rounds: nanoseconds of processor time for a response, and
  /// microseconds for a scrape.
  ///
  /// @param arguments `former`, or the number of histograms of the library; the number of threads
  /// @throws InterruptedException if the thread is interrupted
  public static void main(String[] arguments) throws InterruptedException {
    Metrics metrics =
        arguments[0].equals("former")
            ? new FormerMetrics()
            : new LibraryMetrics(Integer.parseInt(arguments[0]));
    int threads = Integer.parseInt(arguments[1]);
    double[] responses = new double[ROUNDS];
    double[] scrapes = new double[ROUNDS];
    // The first round warms the code up.
    for (int round = -1; round < ROUNDS; round++) {
      long begun = processorNanos();
      count(metrics, threads);
      long counted = processorNanos();
      long length = 0;
      for (int i = 0; i < SCRAPES; i++) {
        length += metrics.scrape();
      }
      long scraped = processorNanos();
      if (length == 0) {
        throw new IllegalStateException("the scrapes are empty");
      }
      if (round >= 0) {
        responses[round] = (double) (counted - begun) / RESPONSES;
        scrapes[round] = (scraped - counted) / 1e3 / SCRAPES;
      }
    }
    System.out.printf(Locale.ROOT, "%.1f %.1f%n", Sample.median(responses), Sample.median(scrapes));
  }

  private static void count(Metrics metrics, int threads) throws InterruptedException {
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      long seed = t + 1L;
      running.add(Thread.ofPlatform().start(() -> responses(metrics, RESPONSES / threads, seed)));
    }
    for (Thread each : running) {
      each.join();
    }
  }

  /// Counts responses of 50 us to 130 ms, most of them short.
  private static void responses(Metrics metrics, int number, long seed) {
    long random = seed * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < number; i++) {
      random ^= random << 13;
      random ^= random >>> 7;
      random ^= random << 17;
      long nanos = 50_000 + (random & 0x3FFFF) * ((random >>> 60) == 0 ? 500 : 1);
      metrics.ended(ROUTES[i & 3], STATUSES[i & 3], nanos);
    }
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
