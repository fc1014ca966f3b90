package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lazaret.bench.Launcher.Mirror;
import lazaret.bench.cluster.DatabaseServer;
import lazaret.bench.scale.FollowScaleRun;
import lazaret.bench.scale.FollowTable;
import lazaret.bench.scale.ScaleRun;
import lazaret.bench.speed.MarkedBlock;
import lazaret.testkit.objects.MemoryBucket;

/// Cases of requests to a store of the size of the public registry. The processor time is compared
/// with limits, because other work on the machine hardly changes it.
final class ScaleCases {
  private static final double MILLIS_SHORT = 20;
  private static final double MILLIS_REFUSAL = 2;
  private static final double SECONDS_LONG = 30;

  /// The heap size of the server, see `bin/lib.sh`.
  private static final String HEAP = "-Xmx512m";

  /// The database of the simulation.
  private static final String DATABASE = "follow";

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

  /// Simulates the following of the registry on each engine. Requests, bytes and hours are those of
  /// the simulation; processor time is that of this machine.
  void follow() {
    int crates = bench.options().quick() ? ScaleRun.QUICK_CRATES : ScaleRun.CRATES;
    String folder = bench.kept("follow-" + crates).toString();
    bench.say("following a simulated registry of %,d crates, on RocksDB".formatted(crates));
    double findings = InspectCases.findingsBytes();
    PrintedFigures rocks =
        PrintedFigures.of(Tool.java(HEAP, FollowScaleRun.class, folder, Integer.toString(crates)))
            .with(FollowTable.FINDINGS_BYTES, findings);
    bench.say("the same on PostgreSQL");
    Optional<PrintedFigures> postgres =
        followOnPostgres(folder, crates)
            .map(figures -> figures.with(FollowTable.FINDINGS_BYTES, findings));
    var first = new FollowTable.Column("RocksDB", rocks::get);
    if (postgres.isEmpty()) {
      bench.table().below(FollowTable.markdown(List.of(first)));
      bench.table().skipped("following on PostgreSQL", "PostgreSQL 15 or later is missing");
    } else {
      var second = new FollowTable.Column("PostgreSQL", postgres.get()::get);
      bench.table().below(MarkedBlock.FOLLOW, FollowTable.markdown(List.of(first, second)));
    }
  }

  /// Simulates it on a new database, with the artifacts in the heap of this process. Returns empty
  /// if PostgreSQL is missing.
  private Optional<PrintedFigures> followOnPostgres(String folder, int crates) {
    try {
      Optional<DatabaseServer> found = DatabaseServer.start();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (DatabaseServer database = found.get();
          MemoryBucket bucket = MemoryBucket.start()) {
        database.create(DATABASE);
        List<String> lines =
            Tool.javaWith(
                bench.plugins(),
                HEAP,
                FollowScaleRun.class,
                folder,
                Integer.toString(crates),
                database.address(),
                DATABASE,
                DatabaseServer.ROLE,
                "http://127.0.0.1:" + bucket.port(),
                MemoryBucket.NAME);
        double megabytes = database.bytes(DATABASE) / 1e6;
        return Optional.of(PrintedFigures.of(lines).with(FollowTable.STORE_MB, megabytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a database", e);
    }
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
