package lazaret.bench;

import java.nio.file.Path;
import java.util.List;
import lazaret.bench.scale.DeskRun;
import lazaret.bench.scale.ScaleRun;

/// Cases of the pages of the desk on a store of the size of the public registry: server time by the
/// clock, median of 15. The targets are those of `docs/performance.md`, *Pages of the desk*.
final class DeskCases {
  private static final double MILLIS_PAGE = 50;
  private static final double MILLIS_PREPARED = 100;
  private static final double MILLIS_UNPREPARED = 2_000;
  private static final double MILLIS_PART = 200;

  /// The heap size of the server, see `bin/lib.sh`.
  private static final String HEAP = "-Xmx512m";

  private final Bench bench;

  DeskCases(Bench bench) {
    this.bench = bench;
  }

  void run() {
    int crates = bench.options().quick() ? ScaleRun.QUICK_CRATES : ScaleRun.CRATES;
    Path folder = bench.kept("desk-" + crates);
    bench.say(
        "requesting pages of a store of %,d crates, which is made first if it is missing"
            .formatted(crates));
    PrintedFigures figures =
        PrintedFigures.of(
            Tool.java(HEAP, DeskRun.class, folder.toString(), Integer.toString(crates)));
    for (String page : List.of("queue", "version", "version-many", "search", "search-digits")) {
      ceiling("page " + page, MILLIS_PAGE, page, figures);
    }
    ceiling("review of 5,000 files, prepared", MILLIS_PREPARED, "review-prepared", figures);
    ceiling("review of 5,000 files", MILLIS_UNPREPARED, "review-unprepared", figures);
    ceiling("review of 200,000 lines, prepared", MILLIS_PREPARED, "review-long", figures);
    ceiling("next part of 5,000 files", MILLIS_PART, "part-files", figures);
    ceiling("next part of 200,000 lines", MILLIS_PART, "part-long", figures);
    BenchTable table = bench.table();
    table.figure(
        "the queue prepares 20 versions", "", number("%.1f s", figures.get("prepare-seconds")));
    table.figure("resident, peak of all that", "", number("%.0f MB", figures.get("peak-mb")));
  }

  private static String number(String format, double value) {
    return BenchTable.number(format, value);
  }

  private void ceiling(String name, double target, String figure, PrintedFigures figures) {
    String first = number("%.0f ms", figures.get(figure + "-first-ms"));
    String most = number("%.0f ms", figures.get(figure + "-most-ms"));
    String processor = number("%.1f ms", figures.get(figure + "-cpu-ms"));
    bench
        .table()
        .ceiling(
            "%s (first %s, at most %s, cpu %s)".formatted(name, first, most, processor),
            "%.1f ms",
            target,
            figures.get(figure + "-ms"));
  }
}
