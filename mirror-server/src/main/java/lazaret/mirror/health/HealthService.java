package lazaret.mirror.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.mirror.following.FollowService;
import lazaret.mirror.following.FollowStatus;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.tls.CertificateWatch;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.search.LedgerVerification;
import lazaret.vetting.desk.search.LedgerVerifier;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.desk.snapshots.PromisedSnapshot;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.deskapi.store.HealthItemInfo.State;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.hosting.names.PrivateNameAlarm;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The health of a server. Nothing is computed that costs more than a few reads of the store.
/// Thread-safe.
public final class HealthService implements DeskApi.HealthCheck {
  private static final String OPEN = "open";
  private static final String REPAIR = "vetting-cli fsck --repair --data-dir DIR";

  private final Store store;
  private final FeedService feeds;
  private final SnapshotService snapshots;
  private final LedgerVerifier verifier;
  private final @Nullable BundleService bundles;
  private final UpstreamMeters upstream;
  private final RefusedDecisions refused = new RefusedDecisions();
  private volatile @Nullable CertificateWatch certificate;
  private volatile @Nullable FollowService following;
  private volatile @Nullable ClusterHealth cluster;
  private volatile @Nullable PrivateNameAlarm names;

  /// Creates the service of a server without TLS.
  ///
  /// @param bundles the service of bundles; null if there is none
  public HealthService(
      Store store, Desk desk, @Nullable BundleService bundles, UpstreamMeters upstream) {
    this.store = store;
    this.feeds = desk.feeds();
    this.snapshots = desk.snapshots();
    this.verifier = desk.searches().verifier();
    this.bundles = bundles;
    this.upstream = upstream;
  }

  /// Adds the certificate, when the server begins to listen.
  public void watch(CertificateWatch watch) {
    certificate = watch;
  }

  /// Adds the service that follows the registry.
  public void watch(FollowService service) {
    following = service;
  }

  /// Adds the alarms about private names.
  public void watch(PrivateNameAlarm alarm) {
    names = alarm;
  }

  /// Adds the nodes that share the store.
  public void follow(ClusterHealth nodes) {
    cluster = nodes;
  }

  @Override
  public void refused(Problem decision) {
    refused.add(new RefusedDecisions.Refusal(feeds.now(), decision.code()));
  }

  @Override
  public List<HealthItemInfo> items() {
    return report().items();
  }

  /// Returns the health of all parts. While the newest decisions are not known, nothing is read
  /// from the store: it may not answer for a long time.
  public HealthReport report() {
    ClusterHealth nodes = cluster;
    if (nodes != null && !nodes.isCurrent()) {
      List<HealthReport.Part> known =
          Stream.of(nodes.part(), certificate()).flatMap(Optional::stream).toList();
      return HealthReport.of(known, "stopped: the newest decisions are not known");
    }
    String admissions = admissions();
    List<HealthReport.Part> parts = new ArrayList<>();
    parts.add(ledger());
    parts.add(disk(admissions));
    if (nodes != null) {
      nodes.part().ifPresent(parts::add);
    }
    parts.add(decisions());
    parts.add(feeds());
    snapshot().ifPresent(parts::add);
    UpstreamHealth.part(upstream, this::imports).ifPresent(parts::add);
    following().ifPresent(parts::add);
    names().ifPresent(parts::add);
    certificate().ifPresent(parts::add);
    return HealthReport.of(parts, admissions);
  }

  /// Returns whether this server knows the newest decisions of the others that share its store.
  public boolean isCurrent() {
    ClusterHealth nodes = cluster;
    return nodes == null || nodes.isCurrent();
  }

  /// Returns whether the store can be read and withholds nothing, and the newest decisions are
  /// known.
  public boolean serves() {
    if (!isCurrent()) {
      return false;
    }
    try {
      Optional<LedgerEntry> _ = store.ledgerHead();
      return !store.condition().withholds();
    } catch (LazaretException _) {
      return false;
    }
  }

  private String admissions() {
    try {
      if (store.diskUsage().admits()) {
        return OPEN;
      }
      return store.shared().isPresent()
          ? "stopped: the object store did not take one; stored artifacts are served"
          : "stopped: not enough disk space; stored artifacts are served";
    } catch (LazaretException e) {
      // Readable without a token: the message may name a path.
      return "stopped: the store cannot be read (" + e.code().code() + ")";
    }
  }

  private HealthReport.Part ledger() {
    StoreCondition condition = store.condition();
    List<String> degraded = new ArrayList<>();
    condition.faults().stream()
        .map(StoreFault::text)
        .forEach(text -> degraded.add("store: " + text));
    boolean damaged = store.damagedReads() > 0;
    if (damaged) {
      degraded.add(
          "files of the store are damaged; an administrator repairs them with '" + REPAIR + "'");
    }
    List<String> details = new ArrayList<>(degraded);
    long entries;
    Long broken;
    try {
      entries = store.ledgerHead().map(LedgerEntry::sequence).orElse(0L);
      LedgerVerification chain = verifier.known();
      broken = chain.broken();
      if (broken != null) {
        // Readable without a token: the fault may name a path.
        degraded.add(
            "entry %d of the ledger is altered, missing or cannot be read".formatted(broken));
        details.add(
            "the chain of the ledger is broken at entry %d: %s".formatted(broken, chain.fault()));
      }
    } catch (LazaretException e) {
      return new HealthReport.Part(
          new HealthItemInfo(
              "ledger",
              State.FAILED,
              null,
              null,
              "the store cannot be read: " + e.getMessage(),
              "read the log of the server, then stop it and run '" + REPAIR + "'"),
          degraded);
    }
    State state = degraded.isEmpty() ? State.OK : State.WARNING;
    String next = degraded.isEmpty() ? null : "run 'vetting-cli fsck'";
    if (condition.withholds()) {
      state = State.FAILED;
      next = "restore a backup, or accept the loss with '" + StoreCondition.ACCEPT + "'";
    } else if (damaged) {
      state = State.FAILED;
      next = "stop the server and run '" + REPAIR + "'";
    } else if (broken != null) {
      state = State.FAILED;
      next =
          "copy the data folder, decide nothing more, and compare the ledger with an exported log";
    }
    String detail = details.isEmpty() ? "no known fault" : String.join("; ", details);
    return new HealthReport.Part(
        new HealthItemInfo("ledger", state, entries, "entries", detail, next), degraded);
  }

  private HealthReport.Part disk(String admissions) {
    Long free = null;
    try {
      long left = store.diskUsage().freeBytes();
      // A store that several servers share has no known limit.
      free = store.shared().isPresent() ? null : Long.valueOf(left);
    } catch (LazaretException _) {
      // The reason is in the admissions.
    }
    boolean open = admissions.equals(OPEN);
    return new HealthReport.Part(
        new HealthItemInfo(
            "disk",
            open ? State.OK : State.FAILED,
            free,
            free == null ? null : "bytes",
            open ? "new artifacts are stored" : "new artifacts: " + admissions,
            open ? null : roomStep()),
        open ? List.of() : List.of("admissions are " + admissions));
  }

  private String roomStep() {
    return store.shared().isPresent()
        ? "look at the object store; docs/cluster.md lists the effects of faults"
        : "free space on the disk of the data folder";
  }

  private HealthReport.Part decisions() {
    Optional<ErrorCode> unwritten = store.refusedDecision();
    int count = refused.count(feeds.now());
    if (unwritten.isPresent()) {
      String why = "decisions are refused: " + unwritten.get().code();
      return new HealthReport.Part(
          new HealthItemInfo(
              "decisions",
              State.FAILED,
              (long) count,
              "decisions",
              why,
              "free space on the disk of the data folder, and repeat the decision"),
          List.of(why));
    }
    Optional<RefusedDecisions.Refusal> last = refused.last();
    HealthItemInfo item =
        last.isEmpty()
            ? new HealthItemInfo(
                "decisions", State.OK, 0L, "decisions", "none refused within 24 hours", null)
            : new HealthItemInfo(
                "decisions",
                State.WARNING,
                (long) count,
                "decisions",
                "refused within 24 hours; the last one with '%s' at %s"
                    .formatted(last.get().code().code(), last.get().at()),
                last.get().code() == ErrorCode.FORBIDDEN
                    ? "compare the roles of the token or person with the decision:"
                        + " 'vetting-cli token list'"
                    : "compare the policy with the decision: 'vetting-cli policy show'");
    return new HealthReport.Part(item, List.of());
  }

  private HealthReport.Part feeds() {
    FeedAge age = feeds.age();
    List<String> failing = feeds.failing();
    State state =
        switch (age.state()) {
          case FRESH -> failing.isEmpty() ? State.OK : State.WARNING;
          case NONE, QUIET, OLD -> State.WARNING;
          case STALE -> State.FAILED;
        };
    List<String> degraded =
        Stream.concat(
                age.warns() ? Stream.of(age.toString()) : Stream.empty(),
                failing.stream().map(name -> "feed " + name + " cannot be refreshed"))
            .toList();
    Duration old = age.age();
    return new HealthReport.Part(
        new HealthItemInfo(
            "feeds",
            state,
            old == null ? null : old.toHours(),
            old == null ? null : "hours",
            degraded.isEmpty() ? age.toString() : String.join("; ", degraded),
            state == State.OK ? null : feedStep(age.state())),
        degraded);
  }

  /// Returns whether the server serves imported snapshots; false if the store cannot be read.
  private boolean imports() {
    try {
      return snapshots.head() != 0;
    } catch (LazaretException _) {
      return false;
    }
  }

  private String feedStep(FeedAge.State state) {
    if (imports()) {
      return "import the next bundle";
    }
    return switch (state) {
      case NONE -> "import a feed with 'vetting-cli feed import PATH', or name one under [feeds]";
      case QUIET -> "look for another source of the feed, since this one seems abandoned";
      case FRESH, OLD, STALE -> "run 'vetting-cli feed refresh', which prints the cause";
    };
  }

  /// Returns the health of imported snapshots; empty if the server has an upstream.
  private Optional<HealthReport.Part> snapshot() {
    try {
      StoreLag lag = storeLag().orElse(null);
      return snapshots.head() == 0 && lag == null
          ? Optional.empty()
          : Optional.of(snapshot(snapshots.next().orElse(null), lag));
    } catch (LazaretException _) {
      // The ledger reports that the store cannot be read.
      return Optional.empty();
    }
  }

  private HealthReport.Part snapshot(@Nullable PromisedSnapshot next, @Nullable StoreLag lag) {
    List<String> degraded = new ArrayList<>();
    State state = State.OK;
    Long late = null;
    String detail = "snapshot " + snapshots.head() + " is served";
    String step = null;
    if (next != null) {
      late = late(next.promised());
      detail = next.toString();
      if (next.overdue()) {
        degraded.add(detail);
        state = State.WARNING;
        step = "ask outside for the next bundle, and import it";
      }
    }
    if (lag != null) {
      // Health is readable without a token, so that paths appear only in the next step.
      degraded.add(lag.lag() + "; 'vetting-cli status' names the next step");
      state = State.FAILED;
      detail = lag.lag();
      step = lag.next();
    }
    return new HealthReport.Part(
        new HealthItemInfo("snapshot", state, late, late == null ? null : "hours", detail, step),
        degraded);
  }

  private long late(Instant promised) {
    return Math.max(0, Duration.between(promised, feeds.now()).toHours());
  }

  /// Returns the state of following the registry.
  ///
  /// @throws LazaretException if the store cannot be read
  public FollowStatus followStatus() {
    FollowService service = following;
    return service == null ? FollowStatus.OFF : service.status();
  }

  private Optional<HealthReport.Part> following() {
    try {
      return FollowHealth.part(followStatus(), feeds.now());
    } catch (LazaretException _) {
      // The ledger reports that the store cannot be read.
      return Optional.empty();
    }
  }

  private Optional<HealthReport.Part> names() {
    PrivateNameAlarm alarm = names;
    try {
      return alarm == null ? Optional.empty() : NameHealth.part(alarm);
    } catch (LazaretException _) {
      // The ledger reports that the store cannot be read.
      return Optional.empty();
    }
  }

  private Optional<HealthReport.Part> certificate() {
    return Optional.ofNullable(certificate).map(CertificateHealth::part);
  }

  /// Returns by how much the store is behind its earlier imports; empty if it is not, or if there
  /// is no service of bundles.
  public Optional<StoreLag> storeLag() {
    return bundles == null ? Optional.empty() : bundles.storeLag();
  }
}
