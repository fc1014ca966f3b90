package lazaret.bench.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.mirror.upstream.OfflineUpstream;
import lazaret.storage.files.FileTrees;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.admin.FsckReport;
import lazaret.vetting.desk.lockfiles.ClosureQuery;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import lazaret.vetting.policy.Policy;

/// Measurements of requests to a store of the size of the public registry. It is a separate
/// program, so that its heap is that of the server.
public final class ScaleRun {
  /// The number of crates of the public registry when this was written, rounded.
  public static final int CRATES = 170_000;

  /// The number of crates in a quick run.
  public static final int QUICK_CRATES = 5_000;

  private static final Requester ASKER = new Requester("bench", "127.0.0.1");
  private static final int ADVISORIES = 5_000;

  private final Store store;
  private final Gate gate;
  private final Desk desk;
  private final int crates;

  private ScaleRun(Store store, Gate gate, Desk desk, int crates) {
    this.store = store;
    this.gate = gate;
    this.desk = desk;
    this.crates = crates;
  }

  /// Prints figures, one a line, each after its name.
  ///
  /// @param arguments data folder, number of crates, and names of the figures to measure; all if
  ///   none is named
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    int crates = Integer.parseInt(arguments[1]);
    Set<String> wanted =
        Set.of(List.of(arguments).subList(2, arguments.length).toArray(String[]::new));
    if (!Files.exists(folder.resolve("made"))) {
      make(folder, crates);
    }
    ProcessorMeter.print("disk-mb", bytes(folder.resolve("data")) / 1e6);
    ProcessorMeter.print("versions", (double) SyntheticStore.versions(crates));
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), made(folder)));
    Store[] opened = new Store[1];
    ProcessorMeter.once("open", () -> opened[0] = open(folder, clock));
    try (Store store = opened[0]) {
      CurrentRulebook rules = CurrentRulebook.of(Policy.DEFAULT);
      FeedService.load(store, rules);
      GateContext parts =
          new GateContext(store, new OfflineUpstream(clock), rules, clock, GateOptions.DEFAULT);
      try (Gate gate = new Gate(parts)) {
        var run = new ScaleRun(store, gate, new Desk(parts, gate), crates);
        run.requests(wanted);
        run.longRuns(wanted, folder);
      }
    }
    ProcessorMeter.peak("peak-mb");
  }

  /// Returns the time at which a store was made. It is the current time of the measurements, so
  /// that ages stay the same and the upstream is not needed.
  private static Instant made(Path folder) {
    try {
      return Instant.parse(Files.readString(folder.resolve("made")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  private static Store open(Path folder, Clock clock) {
    return new SnapshotViewStore(
        RocksStore.open(folder.resolve("data"), RocksOptions.DEFAULT, clock));
  }

  private static void make(Path folder, int crates) {
    delete(folder.resolve("data"));
    try {
      Files.createDirectories(folder);
      Clock clock = Clock.systemUTC();
      ProcessorMeter.once(
          "make",
          () -> {
            try (Store store = open(folder, clock)) {
              SyntheticStore.Made made = new SyntheticStore(store, clock.instant()).fill(crates);
              ProcessorMeter.print("made-crates", (double) made.crates());
              ProcessorMeter.print("made-versions", (double) made.versions());
              ProcessorMeter.print("made-lines-mb", made.bytes() / 1e6);
            }
          });
      Files.writeString(folder.resolve("made"), clock.instant().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a store in " + folder, e);
    }
  }

  private void requests(Set<String> wanted) {
    each(wanted, "search-none", 1_000, i -> desk.search("qqq" + i, 10));
    each(wanted, "search-many", 1_000, i -> desk.search("serde", 10));
    each(wanted, "search-all", 1_000, i -> desk.search("", 10));
    each(wanted, "search-letter", 1_000, i -> desk.search(Character.toString('a' + i % 26), 100));
    each(wanted, "status", 1_000, i -> desk.status());
    refusals(wanted, "refusal-age", SyntheticStore.YOUNG);
    refusals(wanted, "refusal-decision", SyntheticStore.DENIED);
    each(wanted, "index-cold", 20_000, i -> gate.index(name(i)));
    each(wanted, "index-cold-many", 200, i -> gate.index(big(i)));
    each(wanted, "why", 5_000, i -> desk.why(name(i), line(name(i)).entry().version()));
    each(wanted, "show-many", 100, i -> desk.show(SyntheticStore.SERVED));
    each(wanted, "closure", 200, i -> desk.closure(new ClosureQuery.Of(name(i * 7), null)));
  }

  private static void each(Set<String> wanted, String name, int atMost, IntFunction<Object> work) {
    if (wanted.isEmpty() || wanted.contains(name)) {
      ProcessorMeter.each(
          name,
          atMost,
          i -> {
            if (work.apply(i) == null) {
              throw new IllegalStateException(name + " has no answer");
            }
          });
    }
  }

  private void refusals(Set<String> wanted, String what, CrateName name) {
    List<StoredLine> lines = store.crate(name).orElseThrow().lines();
    each(
        wanted,
        what,
        4_000,
        i -> {
          var id = lines.get(i % lines.size()).entry().id();
          DownloadOutcome outcome = gate.download(name, id.version(), id.cksum(), ASKER);
          if (!(outcome instanceof DownloadOutcome.Withheld)) {
            throw new IllegalStateException("not withheld but " + outcome);
          }
          return outcome;
        });
  }

  private CrateName name(int number) {
    return SyntheticCrate.name(number * 7919 % crates);
  }

  private StoredLine line(CrateName name) {
    return store.crate(name).orElseThrow().lines().getFirst();
  }

  private CrateName big(int number) {
    return SyntheticCrate.name(biggest().get(number));
  }

  private List<Integer> biggest() {
    return IntStream.range(0, crates)
        .boxed()
        .sorted(Comparator.comparingInt(i -> -SyntheticStore.size(i)))
        .limit(Math.min(crates, ADVISORIES))
        .toList();
  }

  private void longRuns(Set<String> wanted, Path folder) {
    once(wanted, "closure-everything", () -> desk.closure(new ClosureQuery.Everything()));
    once(wanted, "fsck", () -> fsck(false));
    once(wanted, "fsck-hashing", () -> fsck(true));
    int step = Math.max(1, crates / ADVISORIES);
    List<Integer> spread =
        IntStream.range(0, Math.min(crates, ADVISORIES)).map(i -> i * step).boxed().toList();
    feed(wanted, "feed", spread);
    feed(wanted, "feed-biggest", biggest());
    once(
        wanted,
        "backup",
        () -> {
          Path copy = folder.resolve("copy");
          delete(copy);
          desk.backup(copy);
          ProcessorMeter.print("backup-mb", bytes(copy) / 1e6);
          delete(copy);
        });
  }

  private static void once(Set<String> wanted, String name, Runnable work) {
    if (wanted.isEmpty() || wanted.contains(name)) {
      ProcessorMeter.once(name, work);
    }
  }

  private void fsck(boolean hashing) {
    FsckReport report = desk.fsck(hashing);
    ProcessorMeter.print("fsck-crates", (double) report.crates());
    ProcessorMeter.print("fsck-artifacts", (double) report.artifacts());
    ProcessorMeter.print("fsck-faults", report.faults().size());
    report.faults().stream().limit(3).forEach(System.err::println);
  }

  private void feed(Set<String> wanted, String name, List<Integer> numbers) {
    once(
        wanted,
        name,
        () -> {
          FeedSource source = new FeedSource(name, FeedFormat.LOCAL, "bench", Instant.now());
          FeedUpdateReport report =
              desk.feeds()
                  .accept(
                      new FeedService.FeedDelivery(source, Validators.NONE, true, "bench"),
                      list(numbers));
          if (!(report instanceof FeedUpdateReport.Accepted taken)) {
            throw new IllegalStateException("the feed is not imported: " + report);
          }
          ProcessorMeter.print(name + "-judged", taken.reevaluated().versions());
        });
    if (wanted.isEmpty() || wanted.contains(name)) {
      ProcessorMeter.once(
          name + "-remove",
          () -> {
            var _ = desk.feeds().remove(name, "bench").orElseThrow();
          });
    }
  }

  private static Bytes list(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int number : numbers) {
      text.append("[[advisory]]\nid = \"BENCH-").append(number).append("\"\ncrate = \"");
      text.append(SyntheticCrate.name(number).published());
      text.append("\"\nkind = \"vulnerability\"\nversions = [\"<900\"]\nreason = \"bench\"\n");
    }
    return Bytes.utf8(text.toString());
  }

  /// Returns the size of all files in a folder, in bytes.
  static double bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  private static void delete(Path folder) {
    try {
      FileTrees.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
