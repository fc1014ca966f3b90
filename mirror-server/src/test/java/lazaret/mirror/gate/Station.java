package lazaret.mirror.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.storage.memory.InMemoryStore;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Asker;
import lazaret.vetting.desk.DecisionOrder;
import lazaret.vetting.desk.DecisionReport;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.DownloadOutcome;
import lazaret.vetting.desk.Gate;
import lazaret.vetting.desk.GateOptions;
import lazaret.vetting.desk.GateParts;
import lazaret.vetting.desk.IndexOutcome;
import lazaret.vetting.desk.Rules;
import lazaret.vetting.desk.SnapshotStore;
import lazaret.vetting.desk.SnapshotUpstream;
import lazaret.vetting.desk.Store;
import lazaret.vetting.desk.Upstream;
import lazaret.vetting.desk.Wanted;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.index.Validators;
import lazaret.vetting.inspect.UnverifiedCrate;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Policy;
import org.jspecify.annotations.Nullable;

/// A gate and a desk over a store in memory, with an upstream and a clock that tests move. At the
/// end of a test fsck finds no fault of the store.
final class Station implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  final FixtureRegistry registry = new FixtureRegistry();
  final FakeUpstream upstream = new FakeUpstream();
  final ManualClock clock = new ManualClock(START);
  final Rules rules = Rules.of(Policy.DEFAULT);
  final Store store;
  final Gate gate;
  final Desk desk;

  private String unchecked = "";

  Station() {
    this(new SnapshotStore(new InMemoryStore()));
  }

  Station(Store store) {
    this(store, 0, GateOptions.DEFAULT);
  }

  /// Returns a gate that waits two seconds for upstream.
  ///
  /// @param requestsPerSecond the budget of upstream
  static Station hasty(Store store, int requestsPerSecond) {
    GateOptions options =
        new GateOptions(
            GateOptions.DEFAULT.indexTtl(),
            GateOptions.DEFAULT.absentTtl(),
            GateOptions.DEFAULT.retryPause(),
            GateOptions.DEFAULT.staleWait(),
            Duration.ofSeconds(2),
            GateOptions.DEFAULT.scrubInterval(),
            GateOptions.DEFAULT.removalDelay(),
            GateOptions.DEFAULT.artefactMemory(),
            GateOptions.DEFAULT.indexMemory(),
            GateOptions.DEFAULT.parallelDownloads(),
            GateOptions.DEFAULT.indexLimits(),
            GateOptions.DEFAULT.inspectLimits(),
            GateOptions.DEFAULT.retention());
    return new Station(store, requestsPerSecond, options);
  }

  private Station(Store store, int requestsPerSecond, GateOptions options) {
    this.store = store;
    upstream.requestsPerSecond = requestsPerSecond;
    GateParts parts =
        new GateParts(store, new SnapshotUpstream(upstream, store), rules, clock, options);
    this.gate = new Gate(parts);
    this.desk = new Desk(parts, gate);
  }

  /// Leaves out the check of the store when this closes.
  ///
  /// @param reason what the test does to the store
  void withoutFsck(String reason) {
    unchecked = reason;
  }

  /// Closes gate and store.
  ///
  /// @throws AssertionError if fsck finds a fault of the store
  @Override
  public void close() {
    try {
      if (unchecked.isEmpty()) {
        assertThat(desk.fsck().faults()).as("fsck after the test").isEmpty();
      }
    } finally {
      gate.close();
      store.close();
    }
  }

  /// Publishes a version whose age at the start of the test is given in days.
  CrateId publish(CrateBuilder crate, int daysOld) {
    registry.publish(crate, line -> line.pubtime(START.minus(Duration.ofDays(daysOld))));
    return crate.id();
  }

  /// As [#publish(CrateBuilder, int)], yanked or not.
  CrateId publish(CrateBuilder crate, int daysOld, boolean yanked) {
    registry.publish(
        crate, line -> line.yanked(yanked).pubtime(START.minus(Duration.ofDays(daysOld))));
    return crate.id();
  }

  CrateId publish(String name, String version, int daysOld) {
    return publish(CrateBuilder.crate(name, version).file("src/lib.rs", ""), daysOld);
  }

  String index(String name) {
    return switch (gate.index(CrateName.parse(name))) {
      case IndexOutcome.Served served -> served.view().body().text();
      case IndexOutcome.Absent absent -> "404 " + absent.detail();
      case IndexOutcome.Unavailable none -> "503 " + none.detail();
    };
  }

  DownloadOutcome download(CrateId id) {
    return gate.download(id.name(), id.version(), id.cksum(), new Asker("ci", "127.0.0.1"));
  }

  void policy(Policy policy) {
    rules.change(book -> book.with(policy));
  }

  DecisionReport decide(Decision.Kind kind, CrateId id) {
    return decide(kind, id, null);
  }

  DecisionReport decide(Decision.Kind kind, CrateId id, @Nullable Instant expires) {
    Wanted wanted = new Wanted(id.name(), id.version(), id.cksum(), null);
    return desk.decide(
        new DecisionOrder(kind, List.of(wanted), "ann", "because", expires, List.of(), List.of()));
  }

  List<Notice.Kind> notices() {
    List<Notice.Kind> kinds = new ArrayList<>();
    for (LedgerEntry entry : desk.events(0, 1_000)) {
      if (entry.event() instanceof Notice notice) {
        kinds.add(notice.kind());
      }
    }
    return kinds;
  }

  static CrateId missing(String name, String version, CrateId like) {
    return new CrateId(CrateName.parse(name), CrateVersion.parse(version), like.cksum());
  }

  /// The registry as upstream serves it, able to fail.
  final class FakeUpstream implements Upstream {
    final AtomicInteger indexRequests = new AtomicInteger();
    final AtomicInteger artefactRequests = new AtomicInteger();
    volatile boolean down;
    volatile @Nullable Bytes insteadOfIndex;
    volatile @Nullable Bytes insteadOfArtefact;
    volatile Duration delay = Duration.ZERO;
    volatile @Nullable String silentAbout;
    volatile @Nullable String absent;
    volatile int requestsPerSecond;

    /// The version whose artifact upstream cannot deliver.
    volatile @Nullable String withoutBytes;

    @Override
    public IndexAnswer index(CrateName name, Validators known) {
      indexRequests.incrementAndGet();
      stall();
      if (down || name.published().equals(silentAbout)) {
        return new IndexAnswer.Unavailable("upstream is switched off", null);
      }
      if (name.published().equals(absent)) {
        return new IndexAnswer.Absent(404);
      }
      Bytes other = insteadOfIndex;
      Optional<Bytes> file =
          other != null ? Optional.of(other) : registry.index(IndexPath.of(name).toString());
      if (file.isEmpty()) {
        return new IndexAnswer.Absent(404);
      }
      String etag = Integer.toHexString(file.get().hashCode());
      return etag.equals(known.etag())
          ? new IndexAnswer.NotModified()
          : new IndexAnswer.Fresh(file.get(), new Validators(etag, null));
    }

    @Override
    public ArtefactAnswer artefact(CrateId id) {
      artefactRequests.incrementAndGet();
      stall();
      if (down || id.version().text().equals(withoutBytes)) {
        return new ArtefactAnswer.Unavailable("upstream is switched off", null);
      }
      Bytes other = insteadOfArtefact;
      if (other != null) {
        return new ArtefactAnswer.Received(new UnverifiedCrate(other));
      }
      return registry
          .artefact(id.name().published(), id.version().text())
          .<ArtefactAnswer>map(b -> new ArtefactAnswer.Received(new UnverifiedCrate(b)))
          .orElse(new ArtefactAnswer.Absent(403));
    }

    private void stall() {
      try {
        Thread.sleep(delay);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int requestsPerSecond() {
      return requestsPerSecond;
    }

    @Override
    public String describe() {
      return "fixtures";
    }

    @Override
    public void close() {}
  }
}
