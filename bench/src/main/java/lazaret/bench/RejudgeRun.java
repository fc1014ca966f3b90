package lazaret.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import lazaret.mirror.upstream.OfflineUpstream;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.testkit.SharedData;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence;
import lazaret.vetting.policy.rules.PolicyEvaluator;
import lazaret.vetting.policy.rules.RuleInput;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.policy.rules.YankWave;

/// A re-evaluation of a store with millions of versions. It measures the work of a gate for new
/// data about crates and, as an upper bound, a verdict on every stored version. It is a separate
/// program, so that its heap can be bounded.
final class RejudgeRun {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final int WINDOW = 64;

  private RejudgeRun() {}

  /// Prints figures, one a line, each after its name.
  ///
  /// @param arguments an empty folder, and the number of versions
  /// @throws IOException if the shared data or the folder cannot be read
  public static void main(String[] arguments) throws IOException {
    SharedData shared = SharedData.find().orElseThrow();
    Path data = shared.folder().resolve("data");
    Bytes rustsec = read(data.resolve("advisories/rustsec-advisory-db.tar.gz"));
    Bytes osv = read(data.resolve("osv/crates.io-all.zip"));
    Path folder = Path.of(arguments[0]);
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    try (Store store = RocksStore.open(folder, RocksOptions.DEFAULT, clock)) {
      new RejudgeStore(NOW, rustsec).fill(store, Integer.parseInt(arguments[1]));
      CurrentRulebook rules = CurrentRulebook.of(Policy.DEFAULT);
      GateContext parts =
          new GateContext(store, new OfflineUpstream(clock), rules, clock, GateOptions.DEFAULT);
      try (Gate gate = new Gate(parts)) {
        FeedService feeds = new Desk(parts, gate).feeds();
        FeedUpdateReport.Reevaluation first = take(feeds, "rustsec", rustsec);
        FeedUpdateReport.Reevaluation second = take(feeds, "osv", osv);
        print(
            "advisories",
            feeds.advisories().feeds().stream().mapToInt(f -> f.advisories().size()).sum());
        print("concerned", first.affected().size() + second.affected().size());
        // The second round is that of a server that has run for a while.
        for (int round = 0; round < 2; round++) {
          timed("scan", () -> scan(folder));
          timed("parse", () -> walk(store, crate -> crate.lines().size()));
          timed("judge", () -> walk(store, crate -> judge(crate, rules.current())));
        }
      }
    }
  }

  /// A measured operation.
  private interface Work {
    void run() throws IOException;
  }

  /// Prints the time of an operation, and its processor time over all threads.
  private static void timed(String name, Work work) throws IOException {
    long cpu = processorNanos();
    long start = System.nanoTime();
    work.run();
    print(name + "-seconds", seconds(start));
    print(name + "-cpu", (processorNanos() - cpu) / 1e9);
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static FeedUpdateReport.Reevaluation take(FeedService feeds, String name, Bytes file) {
    long cpu = processorNanos();
    long start = System.nanoTime();
    FeedSource source = new FeedSource(name, null, "shared data", NOW);
    FeedUpdateReport report =
        feeds.accept(new FeedService.FeedDelivery(source, Validators.NONE, false, "bench"), file);
    if (!(report instanceof FeedUpdateReport.Accepted taken)) {
      throw new IllegalStateException("the feed is not imported: " + report);
    }
    print(name + "-seconds", seconds(start));
    print(name + "-cpu", (processorNanos() - cpu) / 1e9);
    print(name + "-judged", taken.reevaluated().versions());
    return taken.reevaluated();
  }

  /// Reads every file of the store from start to end, which is a lower bound for a walk.
  private static void scan(Path folder) throws IOException {
    byte[] buffer = new byte[1 << 20];
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          while (in.read(buffer) >= 0) {
            // The content is not used.
          }
        }
      }
    }
  }

  /// Reads and parses on one thread and visits on others, a bounded number of crates ahead. A
  /// parallel stream would read the whole store faster than the visitors.
  private static void walk(Store store, ToIntFunction<StoredCrate> visit) {
    try (Stream<StoredCrate> crates = store.crates()) {
      print(
          "versions",
          crates
              .gather(Gatherers.windowFixed(WINDOW))
              .gather(Gatherers.mapConcurrent(2, w -> w.stream().mapToInt(visit).sum()))
              .mapToInt(Integer::intValue)
              .sum());
    }
  }

  /// Returns the number of served versions of a crate without decisions, with a full verdict on
  /// each.
  private static int judge(StoredCrate crate, Rulebook rulebook) {
    int served = 0;
    PolicyEvaluator judge = new PolicyEvaluator(rulebook.policy());
    FeedAge age = rulebook.age(NOW);
    YankWave wave = YankWave.of(crate);
    for (StoredLine line : crate.lines()) {
      var entry = line.entry();
      ExternalEvidence evidence =
          new ExternalEvidence(
              rulebook.advisories().hits(entry.name(), entry.version(), entry.cksum()),
              age,
              null,
              List.of(),
              List.of(),
              null);
      Verdict verdict =
          judge.evaluate(
              new RuleInput(line, null, VersionDecisions.NONE, wave.part(line), evidence), NOW);
      served += rulebook.policy().serves(verdict) ? 1 : 0;
    }
    return served;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(String name, double value) {
    System.out.printf(Locale.ROOT, "%s %.3f%n", name, value);
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
