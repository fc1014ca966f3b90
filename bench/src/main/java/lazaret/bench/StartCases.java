package lazaret.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import lazaret.bench.Launcher.Mirror;
import lazaret.testkit.SharedData;

/// The time from the start of `bin/mirror-server` on a filled store to the first index file.
final class StartCases {
  private static final int RUNS = 5;
  private static final double TARGET_MILLIS = 450;

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
    measure("start to first 200");
    Optional<SharedData> shared = SharedData.find();
    if (shared.isEmpty()) {
      bench.table().skipped("start to first 200, two feeds", "no shared data");
      return;
    }
    try (Server server = bench.launcher().mirror(mirror)) {
      SharedFeeds.of(shared.get()).importBoth(server, mirror);
    }
    measure("start to first 200, two feeds");
  }

  private void measure(String name) {
    var with = new double[RUNS];
    var without = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      with[i] = millis(mirror);
      without[i] = millis(mirror.withAot(false));
    }
    BenchTable table = bench.table();
    table.ceiling(name, "%.0f ms", TARGET_MILLIS, Sample.median(with));
    table.figure(name + ", no AOT cache", "", BenchTable.number("%.0f ms", Sample.median(without)));
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
