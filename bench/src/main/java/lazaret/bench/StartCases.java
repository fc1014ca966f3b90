package lazaret.bench;

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
    long start = System.nanoTime();
    try (Server server = bench.launcher().mirror(asked)) {
      var _ = new LoadClient(server).get(path, "").good(path);
      return (System.nanoTime() - start) / 1e6;
    }
  }
}
