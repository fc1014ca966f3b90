package lazaret.bench;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;
import lazaret.testkit.SharedData;

/// Cases of inspection. They measure the artifacts that two threads inspect per second in a heap of
/// 256 MB, the signals found, and the rescan of stored artifacts for new indicators.
final class InspectCases {
  private static final String HEAP = "-Xmx256m";
  private static final String SERVER_HEAP = "-Xmx512m";
  private static final int AGAIN = 10_000;

  private final Bench bench;

  InspectCases(Bench bench) {
    this.bench = bench;
  }

  void speed() {
    if (SharedData.find().isEmpty()) {
      bench.table().skipped("inspect", "no shared data");
      return;
    }
    bench.say("inspecting the slice");
    List<Round> rounds =
        run(bench.options().quick() ? "2" : "5").stream().map(Round::parse).toList();
    Round best = Collections.max(rounds, Comparator.comparingDouble(Round::inspected));
    double first = rounds.getFirst().inspected();
    bench.table().measured(RowResult.figure(SpeedRow.INSPECT_FIRST, first), "");
    bench.table().measured(RowResult.figure(SpeedRow.INSPECT_WARM, best.inspected()), "");
    bench
        .table()
        .figure("inspect, cores of its own", "", BenchTable.number("%.0f/s", best.alone()));
    bench
        .table()
        .figure("gunzip and SHA-256 of the same", "", BenchTable.number("%.0f/s", best.unpacked()));
    String share = BenchTable.number("%.2f", best.inspected() / best.unpacked());
    bench.table().figure("inspect, share of that", "", share);
  }

  /// Measures the rescan of stored versions. Ten thousand must be done within a minute of a feed's
  /// arrival.
  void again() {
    if (SharedData.find().isEmpty()) {
      bench.table().skipped("rescan", "no shared data");
      return;
    }
    int versions = bench.options().quick() ? AGAIN / 5 : AGAIN;
    bench.say("rescanning %,d stored versions".formatted(versions));
    String folder = bench.launcher().dataFolder().toString();
    List<String> lines =
        Tool.java(SERVER_HEAP, RescanRun.class, folder, Integer.toString(versions));
    int held = Integer.parseInt(lines.getFirst());
    List<double[]> rounds =
        lines.stream()
            .skip(1)
            .map(line -> Stream.of(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray())
            .toList();
    double seconds = rounds.stream().mapToDouble(r -> r[0]).sum();
    double cpu = rounds.stream().mapToDouble(r -> r[1]).sum();
    int looked = held * rounds.size();
    bench
        .table()
        .floor(
            "stored versions rescanned, in a minute, over %,d (cpu %.1f ms each)"
                .formatted(looked, 1e3 * cpu / looked),
            "%.0f",
            AGAIN,
            60 * looked / seconds);
    String first = BenchTable.number("%.0f", 60 * held / rounds.getFirst()[0]);
    bench.table().figure("the same, the first %,d, on cold code".formatted(held), "", first);
  }

  /// One round of [InspectRun], in artifacts per second.
  ///
  /// @param inspected rate of inspection by the clock
  /// @param alone rate if no other process used the two cores
  /// @param unpacked rate of decompression and hashing only, by the clock
  private record Round(double inspected, double alone, double unpacked) {
    static Round parse(String line) {
      String[] numbers = line.split(" ", -1);
      return new Round(
          Double.parseDouble(numbers[0]),
          Double.parseDouble(numbers[1]),
          Double.parseDouble(numbers[2]));
    }
  }

  /// Returns the table of signals in Markdown.
  String signals() {
    return SharedData.find().isEmpty() ? "" : String.join("\n", run("signals")) + "\n";
  }

  /// Returns the mean number of bytes that a store has of the findings of an artifact; [Double#NaN]
  /// without shared data.
  static double findingsBytes() {
    return SharedData.find().isEmpty()
        ? Double.NaN
        : Double.parseDouble(run("findings").getFirst());
  }

  private static List<String> run(String argument) {
    return Tool.java(HEAP, InspectRun.class, argument);
  }
}
