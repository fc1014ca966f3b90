package lazaret.vetting.inventory;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.DetonationLookup;
import lazaret.vetting.desk.audits.AuditImportReport;
import lazaret.vetting.desk.audits.AuditRefresher;
import lazaret.vetting.desk.audits.AuditService;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.vetting.gate.feeds.FeedRefresher;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.fixture.AbsentHandlers;
import lazaret.vetting.reading.ReadingHandlerSource;
import lazaret.vetting.reading.ReadingService;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The operations on stored artifacts and on reading, called as a client calls the desk API.
final class RetentionDesk implements AutoCloseable {
  private static final long RATE = 1 << 20;

  final RetentionFixture fixture = new RetentionFixture();
  final RetentionService service;

  private final DeskApi api;
  private volatile @Nullable String file = "";

  /// Creates a desk whose file has no rule.
  RetentionDesk() {
    this(null);
  }

  /// Creates a desk.
  ///
  /// @param suspended the reason why upstream could not restore artifacts; null if it can
  RetentionDesk(@Nullable String suspended) {
    service = service(new RetentionSettings(this::read, suspended, RATE));
    var reading =
        new ReadingService(
            fixture.station.parts, fixture.station.gate, fixture.station.desk.reviews());
    api =
        new DeskApi(
            fixture.station.desk,
            new DeskApi.Parts(
                new NoFeeds(),
                new NoAudits(),
                null,
                "test",
                DetonationLookup.NONE,
                List.of(
                    service.handlers(this::api),
                    new ReadingHandlerSource(fixture.station.parts, reading),
                    new AbsentHandlers()),
                DeskApi.HealthCheck.NONE));
  }

  RetentionService service(RetentionSettings settings) {
    return new RetentionService(fixture.station.parts, fixture.station.gate, settings);
  }

  private DeskApi api() {
    return api;
  }

  private Bytes read() {
    String text = file;
    if (text == null) {
      throw new MalformedException("cannot read the rules of retention in r.toml: there is none");
    }
    return Bytes.utf8(text);
  }

  /// Changes the file.
  ///
  /// @param text null if there is none
  void file(@Nullable String text) {
    file = text;
  }

  @Override
  public void close() {
    service.close();
    fixture.close();
  }

  /// Calls an operation as an administrator who is also a reviewer.
  <Q extends Record, R extends Record> R call(Operation<Q, R> operation, Q request) {
    return switch (api.call(operation, request, caller(DeskRole.ADMIN, DeskRole.REVIEWER))) {
      case Reply.Done<R> done -> done.value();
      case Reply.Refused<R> refused -> throw new AssertionError(refused.problems().toString());
    };
  }

  /// Returns the refusal of an operation: its code and text.
  <Q extends Record, R extends Record> String refusal(
      Operation<Q, R> operation, Q request, DeskRole... roles) {
    return switch (api.call(operation, request, caller(roles))) {
      case Reply.Done<R> done -> throw new AssertionError(done.value().toString());
      case Reply.Refused<R> refused -> {
        Problem problem = refused.problems().getFirst();
        yield problem.code().code() + ": " + problem.detail();
      }
    };
  }

  private static Caller caller(DeskRole... roles) {
    return new Caller(
        "ann-laptop", "ann", RoleGrants.of(roles), SignInMethod.TOKEN, null, "10.0.0.7");
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
