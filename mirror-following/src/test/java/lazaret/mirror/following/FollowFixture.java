package lazaret.mirror.following;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.mirror.outbound.FeedClient;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.lockfile.Lockfile;

/// A run that follows a scripted registry, over a gate with a store in memory. Time passes in
/// pauses alone, so that each request but the first one costs a second. Its crates are old enough
/// to be served unless a test says otherwise.
final class FollowFixture implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofMinutes(10);

  private static final UpstreamOptions OPTIONS =
      UpstreamOptions.DEFAULTS
          .withContact("ops@example.org")
          .withRetries(new UpstreamOptions.Retries(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));

  final GateFixture gate = new GateFixture();
  final ScriptedFiles files = new ScriptedFiles();

  private final FollowSettings settings;
  private final Path folder;
  private FollowRun run;

  // guarded by this
  private int pausesLeft;

  FollowFixture(FollowSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
    this.run = create();
  }

  /// Returns settings with a request a second, one at a time.
  static FollowSettings settings(FollowMode mode) {
    return settings(mode, new FollowSettings.Limits(1, 0, 0, 1), List.of());
  }

  /// Returns settings that also read the dump.
  static FollowSettings settings(
      FollowMode mode, FollowSettings.Limits limits, List<String> lockfiles) {
    return new FollowSettings(
        mode,
        URI.create("https://static.example/"),
        true,
        INTERVAL,
        limits,
        lockfiles,
        Duration.ofHours(1));
  }

  private FollowRun create() {
    return new FollowRun(context());
  }

  FollowContext context() {
    return new FollowContext(
        gate.gate,
        gate.store,
        settings,
        files,
        new FeedClient(OPTIONS, gate.clock),
        folder,
        new FollowContext.Time(gate.clock, this::nanos, this::pause, Runnable::run));
  }

  private long nanos() {
    return Duration.between(GateFixture.START, now()).toNanos();
  }

  private synchronized void pause(Duration time) throws InterruptedException {
    if (pausesLeft <= 0) {
      throw new InterruptedException("the process was killed");
    }
    pausesLeft--;
    gate.clock.advance(time);
  }

  Instant now() {
    return gate.clock.instant();
  }

  /// Starts a process a minute later. The former one ends without a word.
  void start() {
    synchronized (this) {
      pausesLeft = Integer.MAX_VALUE;
    }
    gate.clock.advance(Duration.ofMinutes(1));
    run = create();
    run.begin();
  }

  /// Kills the process at a pause, and so at a request.
  synchronized void killAt(int pause) {
    pausesLeft = pause - 1;
  }

  /// Performs a round and waits for the next one.
  void round() throws InterruptedException {
    gate.clock.advance(run.round());
  }

  /// Performs a round and returns the time that it takes.
  Duration timed() throws InterruptedException {
    Instant before = now();
    Duration _ = run.round();
    return Duration.between(before, now());
  }

  FollowStatus status() {
    return run.status();
  }

  FollowRun run() {
    return run;
  }

  /// Publishes a version a month ago.
  CrateId publish(String name, String version) {
    return gate.publish(name, version, 30);
  }

  /// Publishes a version now.
  void release(String name, String version) {
    var _ = gate.registry.publish(crate(name, version), now());
  }

  private static CrateBuilder crate(String name, String version) {
    return CrateBuilder.crate(name, version).file("src/lib.rs", "");
  }

  /// Publishes a crate with one version, and lets a client request it.
  void known(String name) {
    var _ = publish(name, "1.0.0");
    request(name);
  }

  /// Lets a client request an index file, so that the crate is stored.
  void request(String name) {
    if (gate.index(name).startsWith("404")) {
      throw new IllegalArgumentException("the registry of the test has no " + name);
    }
  }

  /// Lets a client submit a lockfile.
  ///
  /// @param packages names and versions in turn
  void submit(String... packages) {
    record(packages);
    gate.gate.usageLog().flush();
  }

  /// Lets a client submit a lockfile twice before the first time is written.
  void submitTwice(String... packages) {
    record(packages);
    gate.clock.advance(Duration.ofSeconds(1));
    record(packages);
    gate.gate.usageLog().flush();
  }

  private void record(String... packages) {
    Bytes text = LockfileSample.text(packages);
    gate.gate
        .usageLog()
        .lockfileSightings()
        .seen(Lockfile.parse(text), Sha256.of(text), "app", new Requester("ci", "127.0.0.1"));
  }

  boolean isKnown(String name) {
    return gate.store.freshness(CrateName.parse(name)).isPresent();
  }

  boolean hasLine(String name, String version) {
    return gate.gate
        .files()
        .find(CrateName.parse(name))
        .flatMap(file -> file.line(CrateVersion.parse(version)))
        .isPresent();
  }

  boolean isStored(CrateId id) {
    return gate.store.artifactBytes(id.cksum()).isPresent();
  }

  int indexRequests() {
    return gate.upstream.indexRequests.get();
  }

  int artifactRequests() {
    return gate.upstream.artifactRequests.get();
  }

  @Override
  public void close() {
    run.close();
    gate.close();
  }
}
