package lazaret.bench;

import java.util.List;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;
import lazaret.testkit.SharedData;

/// Cases of re-evaluation in a gate with as many versions as the registry. They measure the arrival
/// of a feed and, as an upper bound, a full verdict on every version.
final class RejudgeCases {
  private static final int VERSIONS = 3_000_000;
  private static final int QUICK_VERSIONS = 300_000;
  private static final double TARGET_SECONDS = 10;
  private static final String HEAP = "-Xmx1g";

  private final Bench bench;

  RejudgeCases(Bench bench) {
    this.bench = bench;
  }

  void run() {
    if (SharedData.find().isEmpty()) {
      bench.table().skipped("re-judge", "no shared data");
      return;
    }
    int versions = bench.options().quick() ? QUICK_VERSIONS : VERSIONS;
    bench.say("re-evaluating %,d versions".formatted(versions));
    String folder = bench.launcher().dataFolder().toString();
    PrintedFigures figures =
        PrintedFigures.of(Tool.java(HEAP, RejudgeRun.class, folder, Integer.toString(versions)));
    double target = TARGET_SECONDS * versions / VERSIONS;
    BenchTable table = bench.table();
    String of = " of %,d versions".formatted(versions);
    for (String feed : List.of("rustsec", "osv")) {
      table.ceiling(
          "%s arrives at a gate%s: %,.0f evaluated, views and notices written (cpu %.2f s)"
              .formatted(feed, of, figures.get(feed + "-judged"), figures.get(feed + "-cpu")),
          "%.2f s",
          target,
          figures.get(feed + "-seconds"));
    }
    table.figure("advisories known then", "", BenchTable.number("%.0f", figures.get("advisories")));
    // In processor time, which a busy machine does not distort: the cost of verdicts without that
    // of the walk.
    double verdicts = figures.get("judge-cpu") - figures.get("parse-cpu");
    table.ceiling(
        "every verdict" + of + ", in memory, two threads", "%.2f s", target, verdicts / 2);
    table.figure("one verdict", "", BenchTable.number("%.2f us", verdicts * 1e6 / versions));
    String cpu = " (cpu %.2f s)".formatted(figures.get("judge-cpu"));
    double seconds = figures.get("judge-seconds");
    if (bench.options().quick()) {
      table.figure("verdicts from the store" + of + cpu, "", number(seconds));
    } else {
      table.measured(RowResult.figure(SpeedRow.VERDICTS, seconds), cpu);
    }
    table.figure("parsing the lines alone", "", number(figures.get("parse-seconds")));
    table.figure("reading the files alone", "", number(figures.get("scan-seconds")));
  }

  private static String number(double seconds) {
    return BenchTable.number("%.2f s", seconds);
  }
}
