package lazaret.bench;

import java.nio.file.Path;
import java.util.List;
import lazaret.bench.Launcher.Mirror;
import lazaret.bench.scale.ScaleRun;

/// Cases of requests to a store of the size of the public registry. The processor time is compared
/// with limits, because other work on the machine hardly changes it.
final class ScaleCases {
  private static final double MILLIS_SHORT = 20;
  private static final double MILLIS_REFUSAL = 2;
  private static final double SECONDS_LONG = 30;

  /// The heap size of the server, see `bin/lib.sh`.
  private static final String HEAP = "-Xmx512m";

  private final Bench bench;

  ScaleCases(Bench bench) {
    this.bench = bench;
  }

  void run() {
    int crates = bench.options().quick() ? ScaleRun.QUICK_CRATES : ScaleRun.CRATES;
    Path folder = bench.kept("scale-" + crates);
    bench.say(
        "querying a store of %,d crates, which is made first if it is missing".formatted(crates));
    PrintedFigures figures =
        PrintedFigures.of(
            Tool.java(HEAP, ScaleRun.class, folder.toString(), Integer.toString(crates)));
    BenchTable table = bench.table();
    table.figure(
        "%,d crates, %,.0f versions: on disk".formatted(crates, figures.get("versions")),
        "",
        BenchTable.number("%.0f MB", figures.get("disk-mb")));
    for (String name : List.of("search-none", "search-many", "search-letter", "status")) {
      table.ceiling(name + ", cpu", "%.2f ms", MILLIS_SHORT, figures.get(name + "-ms"));
    }
    for (String name : List.of("refusal-age", "refusal-decision")) {
      table.ceiling(
          name + " in a crate of 2,000, cpu", "%.2f ms", MILLIS_REFUSAL, figures.get(name + "-ms"));
    }
    for (String name : List.of("index-cold", "index-cold-many", "why", "show-many", "closure")) {
      table.figure(name + ", cpu", "", BenchTable.number("%.2f ms", figures.get(name + "-ms")));
    }
    for (String name : List.of("feed", "fsck")) {
      table.ceiling(name + ", cpu", "%.1f s", SECONDS_LONG, figures.get(name + "-cpu"));
    }
    for (String name : List.of("fsck-hashing", "feed-biggest", "closure-everything", "backup")) {
      table.figure(name + ", cpu", "", BenchTable.number("%.1f s", figures.get(name + "-cpu")));
    }
    table.figure("backup, size", "", BenchTable.number("%.0f MB", figures.get("backup-mb")));
    table.figure(
        "resident, peak of all that", "", BenchTable.number("%.0f MB", figures.get("peak-mb")));
    start(folder);
  }

  private void start(Path folder) {
    // The upstream gets no request.
    Mirror mirror = Mirror.of(bench.work().toString(), folder.resolve("data"));
    long start = System.nanoTime();
    try (Server server = bench.launcher().mirror(mirror)) {
      double seconds = (System.nanoTime() - start) / 1e9;
      bench.table().figure("start until it listens", "", BenchTable.number("%.2f s", seconds));
      bench.table().figure("start, cpu", "", BenchTable.number("%.2f s", server.cpuMicros() / 1e6));
      bench
          .table()
          .figure(
              "resident after it", "", BenchTable.number("%.0f MB", server.residentMegabytes()));
    }
  }
}
