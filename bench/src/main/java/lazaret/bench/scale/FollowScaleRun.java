package lazaret.bench.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lazaret.mirror.following.FollowContext;
import lazaret.mirror.following.FollowRun;
import lazaret.mirror.following.FollowSettings;
import lazaret.mirror.outbound.FeedClient;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.storage.files.FileTrees;
import lazaret.testkit.ManualClock;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.policy.Policy;

/// A simulation of following a registry of the size of the public one: requests, bytes, and the
/// time until all stored crates are current. The clock moves in the pauses between two requests
/// alone, so that days pass in minutes. It is a separate program, so that its heap is that of the
/// server.
public final class FollowScaleRun {
  private static final FollowSettings.Limits LIMITS = new FollowSettings.Limits(20, 0, 0, 1);
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  /// The maximum number of rounds until all crates are current.
  private static final int MOST_ROUNDS = 1_000;

  private final ScaleStore store;
  private final Gate gate;
  private final SimulatedRegistry registry;
  private final ManualClock clock;
  private final Path folder;

  private FollowScaleRun(
      ScaleStore store, Gate gate, SimulatedRegistry registry, ManualClock clock, Path folder) {
    this.store = store;
    this.gate = gate;
    this.registry = registry;
    this.clock = clock;
    this.folder = folder;
  }

  /// Prints figures, one a line, each after its name.
  ///
  /// @param arguments data folder, which is emptied, and number of crates; then for a store on
  ///   PostgreSQL address, name and role of the database, address and name of the bucket
  /// @throws IOException if the folder cannot be written
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int crates = Integer.parseInt(arguments[1]);
    List<String> shared = List.of(arguments).subList(2, arguments.length);
    FileTrees.delete(folder);
    Files.createDirectories(folder);
    ProcessorMeter.once("run", () -> run(folder, crates, shared));
    // On PostgreSQL the caller has the size.
    ProcessorMeter.print(FollowTable.STORE_MB, ScaleRun.bytes(folder.resolve("data")) / 1e6);
    ProcessorMeter.print("sums-mb", ScaleRun.bytes(folder.resolve("follow")) / 1e6);
    ProcessorMeter.peak("peak-mb");
  }

  private static void run(Path folder, int crates, List<String> shared) {
    ManualClock clock = new ManualClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    try (ScaleStore opened = ScaleStore.open(folder, clock, shared)) {
      Store store = opened.store();
      ProcessorMeter.once("make", () -> make(store, clock, crates));
      var registry = new SimulatedRegistry(crates, clock, folder);
      CurrentRulebook rules = CurrentRulebook.of(Policy.DEFAULT);
      FeedService.load(store, rules);
      GateContext parts = new GateContext(store, registry, rules, clock, GateOptions.DEFAULT);
      try (Gate gate = new Gate(parts)) {
        new FollowScaleRun(opened, gate, registry, clock, folder).measure();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder, e);
    }
  }

  private static void make(Store store, ManualClock clock, int crates) {
    SyntheticStore.Made made = new SyntheticStore(store, clock.instant()).fill(crates);
    ProcessorMeter.print("crates", (double) made.crates());
    ProcessorMeter.print("versions", (double) made.versions());
    ProcessorMeter.print("lines-mb", made.bytes() / 1e6);
  }

  private void measure() {
    clock.advance(Duration.ofMinutes(1));
    // The store has no validators, so that each file is sent: as when a mirror is filled.
    untilCurrent("first", false);
    day();
    clock.advance(Duration.ofHours(1));
    untilCurrent("hour", false);
    clock.advance(Duration.ofDays(1));
    untilCurrent("outage", false);
    clock.advance(Duration.ofHours(18));
    ProcessorMeter.once("dump-make", this::publishDump);
    clock.advance(Duration.ofHours(6));
    untilCurrent("outage-dump", true);
  }

  private void publishDump() {
    try {
      registry.publishDump();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a dump", e);
    }
  }

  private FollowRun start(boolean dump) {
    FollowSettings settings =
        new FollowSettings(
            FollowMode.LOCKFILES,
            URI.create("https://static.example/"),
            dump,
            INTERVAL,
            LIMITS,
            List.of(),
            Duration.ofHours(1));
    FollowRun run =
        new FollowRun(
            new FollowContext(
                gate,
                store.store(),
                settings,
                registry,
                new FeedClient(UpstreamOptions.DEFAULTS, clock),
                folder.resolve("follow"),
                new FollowContext.Time(clock, this::nanos, clock::advance, Runnable::run)));
    run.begin();
    return run;
  }

  private long nanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private static Duration round(FollowRun run) {
    try {
      return run.round();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the simulation was interrupted", e);
    }
  }

  /// Follows until all crates are current, and prints the costs.
  private void untilCurrent(String name, boolean dump) {
    SimulatedRegistry.Traffic before = registry.traffic();
    long statements = store.statements();
    Instant begun = clock.instant();
    FollowRun run = start(dump);
    ProcessorMeter.once(
        name,
        () -> {
          for (int rounds = 0; rounds < MOST_ROUNDS; rounds++) {
            Duration left = round(run);
            if (rounds == 0) {
              ProcessorMeter.print(name + "-missing", (double) registry.missing(store.store()));
            }
            if (!run.status().reply().gap()) {
              return;
            }
            clock.advance(left);
          }
          throw new IllegalStateException(name + " does not end");
        });
    double hours = Duration.between(begun, clock.instant()).toMillis() / 3_600_000.0;
    ProcessorMeter.print(name + "-hours", hours);
    run.end();
    ProcessorMeter.print(name + "-statements", (double) (store.statements() - statements));
    print(name, registry.traffic().minus(before));
  }

  /// Follows for a day, and prints the costs and the largest age.
  private void day() {
    SimulatedRegistry.Traffic before = registry.traffic();
    long statements = store.statements();
    FollowRun run = start(false);
    Duration[] most = {Duration.ZERO};
    ProcessorMeter.once(
        "day",
        () -> {
          Instant end = clock.instant().plus(Duration.ofDays(1));
          while (clock.instant().isBefore(end)) {
            clock.advance(round(run));
            Duration age = run.status().age(clock.instant());
            most[0] = age.compareTo(most[0]) > 0 ? age : most[0];
          }
        });
    ProcessorMeter.print("day-age-minutes", most[0].toSeconds() / 60.0);
    run.end();
    ProcessorMeter.print("day-statements", (double) (store.statements() - statements));
    print("day", registry.traffic().minus(before));
  }

  private static void print(String name, SimulatedRegistry.Traffic traffic) {
    ProcessorMeter.print(name + "-requests", (double) traffic.requests());
    ProcessorMeter.print(name + "-feeds", (double) traffic.feeds());
    ProcessorMeter.print(name + "-parts", (double) traffic.parts());
    ProcessorMeter.print(name + "-confirmed", (double) traffic.confirmed());
    ProcessorMeter.print(name + "-files", (double) traffic.files());
    ProcessorMeter.print(name + "-mb", traffic.bytes() / 1e6);
    ProcessorMeter.print(name + "-dump-mb", traffic.dumped() / 1e6);
  }
}
