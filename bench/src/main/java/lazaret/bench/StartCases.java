package lazaret.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import lazaret.bench.Launcher.Mirror;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;
import lazaret.testkit.SharedData;

/// The time from the start of `bin/mirror-server` on a filled store to the first index file.
final class StartCases {
  private static final int RUNS = 9;
  private static final int QUICK_RUNS = 3;

  private final Bench bench;
  private final Mirror mirror;
  private final String path;

  /// @param path path of an index file in the store
  StartCases(Bench bench, Mirror mirror, String path) {
    this.bench = bench;
    this.mirror = mirror;
    this.path = path;
  }

  void run() {
    bench.say("start to the first 200");
    measure(SpeedRow.START);
    Optional<SharedData> shared = SharedData.find();
    if (shared.isEmpty()) {
      bench.table().skipped(SpeedRow.START_FEEDS.title(), "no shared data");
      return;
    }
    try (Server server = bench.launcher().mirror(mirror)) {
      SharedFeeds.of(shared.get()).importBoth(server, mirror);
    }
    measure(SpeedRow.START_FEEDS);
  }

  private void measure(SpeedRow row) {
    bench.table().measured(RowResult.figure(row, median(mirror)), "");
    if (!bench.options().quick() && !bench.options().recording()) {
      String without = BenchTable.number("%.0f ms", median(mirror.withAot(false)));
      bench.table().figure(row.title() + ", no AOT cache", "", without);
    }
  }

  private double median(Mirror asked) {
    var millis = new double[bench.options().quick() ? QUICK_RUNS : RUNS];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = millis(asked);
    }
    return Sample.median(millis);
  }

  private double millis(Mirror asked) {
    int port = Server.freePort();
    String url = "http://127.0.0.1:" + port + "/";
    URI index = URI.create(url + path.substring(1));
    long start = System.nanoTime();
    try (var _ = new Server(bench.launcher().launch(asked.onPort(port)), url)) {
      while (!responds(index)) {
        if (System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
          throw new IllegalStateException("the mirror does not start");
        }
        Launcher.pause(2);
      }
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static boolean responds(URI index) {
    try {
      var connection = (HttpURLConnection) index.toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(10_000);
      try (var body = connection.getInputStream()) {
        return body.readAllBytes().length > 0;
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return false;
    }
  }
}
