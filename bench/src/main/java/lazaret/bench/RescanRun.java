package lazaret.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import lazaret.mirror.upstream.OfflineUpstream;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.testkit.SharedData;
import lazaret.testkit.SharedData.Artifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.admin.MirrorImport;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateCounters.Count;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.index.Validators;
import lazaret.vetting.policy.Policy;

/// A rescan of all artifacts of a gate with the shared slice. Each round has a new indicator from a
/// feed, until a number of versions is reached. It is a separate program, so that its heap can be
/// that of a server.
final class RescanRun {
  private static final int POLL_MILLIS = 5;

  private RescanRun() {}

  /// Prints the number of stored versions, then a line for each rescan. A line has the seconds by
  /// the clock since the arrival of the feed, and the seconds of processor time.
  ///
  /// @param arguments an empty folder, and the minimum number of versions to rescan
  /// @throws IOException if the shared data cannot be read
  public static void main(String[] arguments) throws IOException {
    SharedData shared = SharedData.find().orElseThrow();
    Clock clock = Clock.systemUTC();
    try (Store store = RocksStore.open(Path.of(arguments[0]), RocksOptions.DEFAULT, clock)) {
      GateContext parts =
          new GateContext(
              store,
              new OfflineUpstream(clock),
              CurrentRulebook.of(Policy.DEFAULT),
              clock,
              GateOptions.DEFAULT);
      try (Gate gate = new Gate(parts)) {
        Desk desk = new Desk(parts, gate);
        int held = fill(desk.imports(), shared);
        System.out.println(held);
        gate.start();
        int least = Integer.parseInt(arguments[1]);
        for (int looked = 0; looked < least; looked += held) {
          round(desk.feeds(), gate, held, looked);
        }
      }
    }
  }

  private static int fill(MirrorImport imports, SharedData shared) throws IOException {
    Set<CrateName> names = new HashSet<>();
    int held = 0;
    for (Artifact artifact : shared.artifacts()) {
      CrateName name = artifact.name();
      if (names.add(name)) {
        Path index = shared.upstream().resolve("index").resolve(IndexPath.of(name));
        imports.index(name, Bytes.of(Files.readAllBytes(index)));
      }
      boolean taken = imports.artifact(name, artifact.version(), artifact.read()).isEmpty();
      held += taken ? 1 : 0;
    }
    return held;
  }

  private static void round(FeedService feeds, Gate gate, int held, int number) {
    long before = gate.meters().value(Count.ARTIFACTS_RESCANNED);
    long cpu = processorNanos();
    long start = System.nanoTime();
    arrives(feeds, number);
    while (gate.meters().value(Count.ARTIFACTS_RESCANNED) < before + held) {
      Launcher.pause(POLL_MILLIS);
    }
    System.out.printf(
        Locale.ROOT,
        "%.3f %.3f%n",
        (System.nanoTime() - start) / 1e9,
        (processorNanos() - cpu) / 1e9);
  }

  private static void arrives(FeedService feeds, int number) {
    String list =
        """
        [[advisory]]
        id = "BENCH-1"
        reason = "found in no crate"
        iocs = ["drop-%d.evil.invalid"]
        """
            .formatted(number);
    FeedSource source =
        new FeedSource("bench", FeedFormat.LOCAL, "bench.toml", Clock.systemUTC().instant());
    FeedUpdateReport report =
        feeds.accept(
            new FeedService.FeedDelivery(source, Validators.NONE, true, "bench"), Bytes.utf8(list));
    if (!(report instanceof FeedUpdateReport.Accepted)) {
      throw new IllegalStateException("the feed is not imported: " + report);
    }
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
