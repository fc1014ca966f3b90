package lazaret.vetting.queue;

import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.DetonationLookup;
import lazaret.vetting.desk.audits.AuditImportReport;
import lazaret.vetting.desk.audits.AuditRefresher;
import lazaret.vetting.desk.audits.AuditService;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.QueueGroupInfo;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import lazaret.vetting.deskapi.requests.SubmitRequest;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.vetting.gate.feeds.FeedRefresher;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.fixture.AbsentHandlers;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// A gate, a desk and the service of the queue, called as a client calls the desk API.
final class QueueFixture implements AutoCloseable {
  static final QueueGroupsRequest ALL =
      new QueueGroupsRequest(null, null, null, null, null, null, null, null);

  final GateFixture station;
  final QueueService service;

  /// The differences that the background work prepared.
  final List<Prepared> compared = new ArrayList<>();

  private final DeskApi api;

  QueueFixture() {
    this(new SnapshotViewStore(new InMemoryStore()));
  }

  QueueFixture(Store store) {
    station = new GateFixture(store);
    service = new QueueService(station.parts, station.gate, station.desk, compared::add);
    api =
        new DeskApi(
            station.desk,
            new DeskApi.Parts(
                new NoFeeds(),
                new NoAudits(),
                null,
                "test",
                DetonationLookup.NONE,
                List.of(service.handlers(), new AbsentHandlers()),
                DeskApi.HealthCheck.NONE));
  }

  @Override
  public void close() {
    service.close();
    station.close();
  }

  /// Calls an operation.
  ///
  /// @param owner the person who calls
  <Q extends Record, R extends Record> R call(Operation<Q, R> operation, Q request, String owner) {
    return done(api.call(operation, request, caller(owner)));
  }

  /// Calls an operation without a session or a token.
  <Q extends Record, R extends Record> R callUnnamed(Operation<Q, R> operation, Q request) {
    return done(api.call(operation, request, Caller.anonymous("10.0.0.9")));
  }

  private static <R extends Record> R done(Reply<R> reply) {
    return switch (reply) {
      case Reply.Done<R> done -> done.value();
      case Reply.Refused<R> refused -> throw new AssertionError(refused.problems().toString());
    };
  }

  /// Returns the refusals of an operation, one sentence for each.
  <Q extends Record, R extends Record> List<String> refusals(Operation<Q, R> operation, Q request) {
    Reply<R> reply = api.call(operation, request, caller("ann"));
    return switch (reply) {
      case Reply.Done<R> done -> throw new AssertionError(done.value().toString());
      case Reply.Refused<R> refused -> refused.problems().stream().map(Problem::sentence).toList();
    };
  }

  private Caller caller(String owner) {
    return new Caller(
        owner + "-laptop",
        owner,
        RoleGrants.of(DeskRole.REVIEWER),
        SignInMethod.TOKEN,
        null,
        "10.0.0.7");
  }

  /// Publishes a version of yesterday, which is held.
  CrateId young(CrateBuilder crate) {
    return station.publish(crate, 1);
  }

  CrateId young(String name) {
    return young(CrateBuilder.crate(name, "1.0.0").file("src/lib.rs", ""));
  }

  /// Asks for a version with a reason, so that a person must decide.
  void ask(CrateId id, String owner, String reason, @Nullable String project) {
    var _ =
        call(
            RequestOperations.SUBMIT,
            new SubmitRequest(
                new CrateSpec(id.name(), id.version(), null), reason, null, project, null),
            owner);
  }

  void ask(CrateId... ids) {
    for (CrateId id : ids) {
      ask(id, "bob", "needed", null);
    }
  }

  /// Records that a client sent a lockfile.
  void sent(String name, CrateId... ids) {
    StringBuilder text = new StringBuilder("version = 4\n");
    for (CrateId id : ids) {
      text.append(
          """

          [[package]]
          name = "%s"
          version = "%s"
          source = "registry+https://github.com/rust-lang/crates.io-index"
          checksum = "%s"
          """
              .formatted(id.name(), id.version(), id.cksum().hex()));
    }
    Bytes bytes = Bytes.utf8(text.toString());
    station.desk.seen(
        Lockfile.parse(bytes), Sha256.of(bytes), name, new Requester("ci", "10.0.0.8"));
    station.gate.usageLog().flush();
  }

  QueueGroupsReply groups(QueueGroupsRequest request) {
    return call(RequestOperations.QUEUE_GROUPS, request, "ann");
  }

  /// Returns a group as text: its root, a colon, and its versions in order.
  static String shown(QueueGroupInfo group) {
    return (group.name() == null ? "" : group.name()) + ":" + names(group);
  }

  static String names(QueueGroupInfo group) {
    return String.join(
        " ", group.rows().stream().map(row -> row.request().request().name().toString()).toList());
  }

  /// Returns the only row of a page.
  static QueueRowInfo only(QueueGroupsReply page) {
    List<QueueRowInfo> rows =
        page.groups().stream().flatMap(group -> group.rows().stream()).toList();
    if (rows.size() != 1) {
      throw new AssertionError("expected one row, found " + rows);
    }
    return rows.getFirst();
  }

  private static final class NoFeeds implements FeedRefresher {
    @Override
    public List<FeedUpdateReport> now(String by) {
      throw new AssertionError("no test refreshes feeds");
    }

    @Override
    public FeedUpdateReport refresh(FeedLocation location, String by) {
      throw new AssertionError("no test refreshes feeds");
    }
  }

  private static final class NoAudits implements AuditRefresher {
    @Override
    public List<Outcome> now(String by) {
      throw new AssertionError("no test refreshes audits");
    }

    @Override
    public AuditImportReport fetch(AuditService.Followed source, boolean allowFewer, String by) {
      throw new AssertionError("no test fetches audits");
    }
  }
}
