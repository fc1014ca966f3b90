package lazaret.vetting.hosting;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.ManualClock;
import lazaret.vetting.access.RoleMapping;
import lazaret.vetting.access.SessionLimits;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.gate.OriginGate;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.fixture.GateUnderTest;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.gate.snapshots.SnapshotUpstream;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.hosting.manifest.RegistryAddresses;
import lazaret.vetting.hosting.names.PublicNameList;
import lazaret.vetting.hosting.names.StoredNameOrigins;
import lazaret.vetting.hosting.owners.CrateOwner;
import lazaret.vetting.hosting.owners.OwnerLookup;
import lazaret.vetting.hosting.owners.OwnerRights;
import lazaret.vetting.hosting.owners.OwnerService;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.policy.PrivatePolicy;
import lazaret.vetting.roles.CratePattern;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;

/// A gate with a private registry for the names `acme-*`, and for others that are not public. The
/// names `internal-*` are reserved.
final class HostingFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
  static final String INDEX = "https://crates.acme.example/private/index/";

  /// Another address of the index, in lockfiles that were made before it moved.
  static final String FORMER = "https://crates-old.acme.example/index/";

  static final RegistryAddresses ADDRESSES = new RegistryAddresses(List.of(INDEX, FORMER));
  static final Caller ADA = person("ada", "publish-new", "publish-update", "yank");
  static final Caller BOB = person("bob", "publish-new", "publish-update", "yank");
  static final Caller JOB =
      new Caller(
          "ci-17",
          "ci:release",
          RoleGrants.parse(List.of("publish-new:acme-*", "publish-update:acme-*")),
          SignInMethod.EXCHANGE,
          null,
          "10.0.0.9");

  final ManualClock clock = new ManualClock(START);
  final RecordingUpstream upstream = new RecordingUpstream();
  final Store store;
  final StoredNameOrigins origins;
  final GateUnderTest tested;
  final TokenService tokens;
  final OwnerLookup people;
  final OwnerService owners;
  final HostedCrates hosted;

  HostingFixture() {
    this(new SnapshotViewStore(new InMemoryStore()));
  }

  HostingFixture(Store store) {
    this(
        store,
        new PatternOrigins(
            List.of(new CratePattern("acme-*")),
            List.of(new CratePattern("internal-*")),
            List.of(new CratePattern("acme-public"))));
  }

  /// Returns a gate over the store of another one, for which all names are public. It is not
  /// closed.
  static HostingFixture withoutPatterns(Store store) {
    return new HostingFixture(store, new PatternOrigins(List.of(), List.of(), List.of()));
  }

  private HostingFixture(Store store, PatternOrigins patterns) {
    this.store = store;
    this.origins = new StoredNameOrigins(store, patterns, true);
    this.tested =
        new GateUnderTest(
            store,
            HostedUpstream.before(new SnapshotUpstream(upstream, store), store, origins, ADDRESSES),
            clock,
            GateOptions.DEFAULT);
    origins.follow(tested.gate.files());
    this.tokens = new TokenService(store, clock);
    SessionService sessions =
        new SessionService(
            store,
            clock,
            tokens,
            new RoleMapping(
                "https://id.example",
                List.of(new RoleMapping.Entry("admins", RoleGrant.of(DeskRole.ADMIN)))),
            SessionLimits.DEFAULT);
    this.people = new OwnerLookup(sessions, tokens, List.of("platform"));
    this.owners = new OwnerService(store, clock, people);
    OwnerRights rights =
        new OwnerRights(
            owners, people, Map.of("release", List.of(CrateOwner.parse("group:platform"))));
    this.hosted =
        new HostedCrates(
            tested.parts,
            tested.gate,
            new HostingSettings(
                ADDRESSES,
                new HostingSettings.Sizes(1 << 20, Map.of("acme_large", 8 << 20)),
                List.of(),
                patterns,
                true,
                true,
                null),
            new HostedCrates.Rights(origins, HostingFixture::listed, owners, rights));
  }

  /// The list of all public names.
  private static PublicNameList.Answer listed(CrateName name) {
    return switch (name.published()) {
      case "serde" -> PublicNameList.Answer.PRESENT;
      case "unlisted" -> PublicNameList.Answer.UNKNOWN;
      default -> PublicNameList.Answer.ABSENT;
    };
  }

  static Caller person(String name, String... roles) {
    return new Caller(
        name + "-laptop",
        name,
        RoleGrants.parse(List.of(roles)),
        SignInMethod.TOKEN,
        null,
        "10.0.0.1");
  }

  static CrateBuilder crate(String name, String version) {
    return CrateBuilder.crate(name, version);
  }

  PublishResult publish(Caller by, CrateBuilder crate) {
    return hosted.publish(
        new PublishOrder(
            by, null, "cargo/1.95.0", null, crate.name(), crate.version(), crate.build()));
  }

  PublishResult publish(Caller by, String name, String version) {
    return publish(by, crate(name, version));
  }

  PublishResult yank(Caller by, String name, String version, boolean yanked) {
    return hosted.yank(by, CrateName.parse(name), CrateVersion.parse(version), yanked);
  }

  /// Returns the index file of a private crate, or the reason why there is none.
  String index(String name) {
    return text(new OriginGate(tested.gate, NameOrigin.PRIVATE).index(CrateName.parse(name)));
  }

  /// Returns the index file of a public crate, or the reason why there is none.
  String publicIndex(String name) {
    return text(new OriginGate(tested.gate, NameOrigin.PUBLIC).index(CrateName.parse(name)));
  }

  private static String text(IndexOutcome outcome) {
    return switch (outcome) {
      case IndexOutcome.Served served -> served.view().body().text();
      case IndexOutcome.Absent absent -> "404 " + absent.detail();
      case IndexOutcome.Unavailable none -> "503 " + none.detail();
    };
  }

  DownloadOutcome download(CrateId id) {
    return new OriginGate(tested.gate, NameOrigin.PRIVATE)
        .download(id.name(), id.version(), id.cksum(), new Requester("ci", "127.0.0.1"));
  }

  DecisionReport decide(Decision.Kind kind, CrateId id, String by) {
    return tested.desk.decide(
        new DecisionOrder(
            kind,
            List.of(new WantedVersion(id.name(), id.version(), id.cksum(), null)),
            by,
            "read it",
            null,
            List.of(),
            List.of()));
  }

  void hold(PrivatePolicy.Hold hold) {
    tested.rules.change(
        book ->
            book.with(
                book.policy()
                    .withPrivateCrates(
                        new PrivatePolicy(
                            hold,
                            book.policy().privateCrates().cooldown(),
                            PrivatePolicy.SimilarNames.HOLD,
                            false))));
  }

  List<Notice.Kind> notices() {
    return tested.desk.events(0, 1_000).stream()
        .map(LedgerEntry::event)
        .filter(Notice.class::isInstance)
        .map(event -> ((Notice) event).kind())
        .toList();
  }

  @Override
  public void close() {
    tested.close();
  }
}
