package lazaret.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.upstream.Upstreams;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ManualClock;
import lazaret.testkit.ScriptedUpstream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.gate.fixture.DeskResponse;
import lazaret.vetting.gate.fixture.FsckCheck;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Store;

/// A whole gate over a store in memory, a scripted upstream and a clock that tests move. Nothing
/// listens. At the end of a test fsck finds no fault of the store.
public final class TestGate implements AutoCloseable {
  /// The start of the clock.
  public static final Instant START = GateFixture.START;

  /// The registry that upstream serves.
  public final FixtureRegistry registry = new FixtureRegistry();

  /// The upstream of the gate.
  public final ScriptedUpstream remote = ScriptedUpstream.start(registry);

  /// The gate's clock.
  public final ManualClock clock = new ManualClock(START);

  /// The parts.
  public final Wiring wiring;

  private final FsckCheck check = new FsckCheck();

  /// Opens a gate.
  ///
  /// @param folder the parent of the data folder
  /// @param variables more of the configuration, as environment variables
  public TestGate(Path folder, Map<String, String> variables) {
    this(folder, variables, new InMemoryStore());
  }

  /// Opens a gate over a store of the test's own.
  public TestGate(Path folder, Map<String, String> variables, Store store) {
    this(folder, variables, store, UpstreamOptions.DEFAULTS.budget());
  }

  /// Opens a gate with a budget for upstream.
  public TestGate(
      Path folder, Map<String, String> variables, Store store, UpstreamOptions.RateLimits budget) {
    try {
      // The store is in memory, but the access log is a file.
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--data-dir", folder.toString()));
    arguments.addAll(List.of("--upstream", remote.indexUrl()));
    if (!variables.containsKey("LAZARET_LISTEN")) {
      arguments.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    UpstreamOptions quick =
        UpstreamOptions.DEFAULTS
            .withRetries(
                new UpstreamOptions.Retries(
                    1, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(1)))
            .withBudget(budget);
    wiring =
        Wiring.over(
            MirrorConfig.read(arguments, variables),
            clock,
            store,
            Upstreams.open(remote.indexUrl(), quick, clock));
  }

  /// Publishes a version upstream that has no build-time code.
  ///
  /// @param daysOld its age at [#START]
  public CrateId publish(String name, String version, int daysOld) {
    return publish(CrateBuilder.crate(name, version).file("src/lib.rs", "// " + version), daysOld);
  }

  /// Publishes a version upstream.
  public CrateId publish(CrateBuilder crate, int daysOld) {
    return registry.publish(crate, START.minus(Duration.ofDays(daysOld)));
  }

  /// Sends a request to the desk from this process.
  public DeskResponse desk(String method, String target, String body) {
    return desk(method, target, Bytes.utf8(body), Caller.local("local:ann"));
  }

  /// Sends a request of a caller to the desk.
  public DeskResponse desk(String method, String target, Bytes body, Caller caller) {
    return DeskResponse.of(wiring.deskApi(), method, Operations.PREFIX + target, body, caller);
  }

  /// Leaves out the check of the store when this closes.
  ///
  /// @param reason what the test does to the store
  public void withoutFsck(String reason) {
    check.skip(reason);
  }

  /// Closes the gate.
  ///
  /// @throws AssertionError if fsck finds a fault of the store
  @Override
  public void close() {
    try {
      check.run(wiring.desk());
    } finally {
      wiring.close();
      remote.close();
    }
  }
}
