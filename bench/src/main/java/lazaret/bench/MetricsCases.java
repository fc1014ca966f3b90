package lazaret.bench;

import java.util.List;
import java.util.stream.Stream;

/// Cases of the metrics: the processor time that the server takes to count a response and to write
/// a scrape, by the former code and by the client library.
final class MetricsCases {
  private static final String HEAP = "-Xmx256m";

  private final Bench bench;

  MetricsCases(Bench bench) {
    this.bench = bench;
  }

  /// The processor time for a response in nanoseconds and for a scrape in microseconds.
  private record Cost(double response, double scrape) {}

  void run() {
    for (int threads = 1; threads <= 2; threads++) {
      bench.say("counting responses with %d threads".formatted(threads));
      Cost former = cost("former", threads);
      for (int histograms : List.of(1, 2, 3)) {
        Cost library = cost(Integer.toString(histograms), threads);
        String name = "%d histograms, %d threads".formatted(histograms, threads);
        figure("metrics, a response, " + name, "%.1f ns", former.response(), library.response());
        figure("metrics, a scrape, " + name, "%.0f us", former.scrape(), library.scrape());
      }
    }
  }

  private void figure(String name, String format, double former, double library) {
    bench.table().figure(name, number(format, former) + " (former)", number(format, library));
  }

  private static String number(String format, double value) {
    return BenchTable.number(format, value);
  }

  private static Cost cost(String kind, int threads) {
    double[] figures =
        Stream.of(
                Tool.java(HEAP, MetricsRun.class, kind, Integer.toString(threads))
                    .getFirst()
                    .split(" ", -1))
            .mapToDouble(Double::parseDouble)
            .toArray();
    return new Cost(figures[0], figures[1]);
  }
}
