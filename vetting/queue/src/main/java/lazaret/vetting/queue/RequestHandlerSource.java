package lazaret.vetting.queue;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.desk.api.RequestInfos;
import lazaret.vetting.desk.requests.RequestQueue;
import lazaret.vetting.desk.requests.RequestStep;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.AtomFeedReply;
import lazaret.vetting.deskapi.requests.OwnRequestsReply;
import lazaret.vetting.deskapi.requests.RefusalFeedRequest;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.deskapi.requests.RequestStepsReply;
import lazaret.vetting.deskapi.requests.RequestStepsRequest;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The handlers of the operations on the grouped queue and on own requests.
final class RequestHandlerSource implements HandlerSource {
  private static final int MAX_VERSIONS = 200;

  private final Desk desk;
  private final CrateStates files;
  private final Clock clock;
  private final Parts parts;

  /// The services of the handlers.
  record Parts(GroupedQueue queue, SightingIndex sightings, OwnRequests own) {}

  RequestHandlerSource(Desk desk, CrateStates files, Clock clock, Parts parts) {
    this.desk = desk;
    this.files = files;
    this.clock = clock;
    this.parts = parts;
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(
        RequestOperations.QUEUE_GROUPS,
        (request, caller) -> parts.queue().list(QueueQuery.of(request), caller.owner()));
    handlers.add(RequestOperations.STEPS, this::steps);
    handlers.add(
        RequestOperations.UNBLOCKED_LOCKFILES,
        (request, _) ->
            new UnblockedLockfiles(files, clock, parts.sightings()).of(keys(request.specs())));
    handlers.add(
        RequestOperations.OWN_REQUESTS,
        (_, caller) -> new OwnRequestsReply(parts.own().list(caller.owner())));
    handlers.add(
        RequestOperations.OWN_REQUESTS_FEED,
        (request, caller) -> feed(parts.own().feed(caller.owner(), origin(request.origin()))));
    handlers.add(
        RequestOperations.DECISIONS_FEED,
        (request, _) -> feed(parts.own().decisions(origin(request.origin()))));
    handlers.add(RequestOperations.REFUSAL_FEED, this::versionFeed);
  }

  /// Returns the feed of a version for which the operation `refusal` has a reply too. Without a
  /// session or a token, it has the states alone.
  private AtomFeedReply versionFeed(RefusalFeedRequest request, Caller caller) {
    boolean named = caller.method() != SignInMethod.ANONYMOUS;
    VersionReport version =
        desk.refusals()
            .why(request.name(), request.version())
            .filter(_ -> named || desk.refusals().isPublic(request.name()))
            .orElseThrow(() -> notRefused(request));
    List<RequestStep> closings =
        desk.requests().history(request.name(), request.version()).acts().stream()
            .filter(step -> step.kind() == RequestStep.Kind.CLOSE)
            .toList();
    return feed(parts.own().version(version, closings, named, origin(request.origin())));
  }

  private static ProblemException notRefused(RefusalFeedRequest request) {
    Problem problem =
        new Problem(
            ErrorCode.UNKNOWN,
            "there is no refusal of the version '%s %s' in the last day"
                .formatted(request.name(), request.version()),
            request.name().published(),
            request.version().text(),
            null);
    return new ProblemException(List.of(problem), null);
  }

  private RequestStepsReply steps(RequestStepsRequest request, Caller caller) {
    refuseOthers(request, caller);
    RequestQueue.StepsReport report =
        desk.requests()
            .actAll(
                keys(request.specs()),
                kind(request.act()),
                new RequestStep.Order(caller.owner(), request.text() == null ? "" : request.text()),
                request.onlyHeld());
    if (!report.refused().isEmpty()) {
      throw new ProblemException(
          report.refused().stream()
              .map(
                  each ->
                      new Problem(
                          each.code(),
                          each.detail(),
                          each.key().name().published(),
                          each.key().version().text(),
                          null))
              .toList(),
          null);
    }
    return new RequestStepsReply(report.requests().stream().map(RequestInfos::queued).toList());
  }

  /// Refuses steps on crates on which the caller may not decide.
  private static void refuseOthers(RequestStepsRequest request, Caller caller) {
    List<Problem> problems =
        keys(request.specs()).stream()
            .filter(each -> !caller.reviews(each.name()))
            .map(each -> caller.lacksReview(each.name(), each.version()))
            .toList();
    if (!problems.isEmpty()) {
      throw new ProblemException(problems, null);
    }
  }

  private static RequestStep.Kind kind(RequestStepRequest.Step step) {
    return switch (step) {
      case CLOSE -> RequestStep.Kind.CLOSE;
      case REOPEN -> RequestStep.Kind.REOPEN;
      case COMMENT -> RequestStep.Kind.COMMENT;
      case ASSIGN -> RequestStep.Kind.ASSIGN;
      case UNASSIGN -> RequestStep.Kind.UNASSIGN;
    };
  }

  /// Returns the versions of an order.
  ///
  /// @throws MalformedException if there is none or too many, one occurs twice or has no exact
  ///   version
  private static List<RequestQueue.Key> keys(List<CrateSpec> specs) {
    if (specs.isEmpty() || specs.size() > MAX_VERSIONS) {
      throw new MalformedException(
          "cannot read the request: expected 1 to %d versions in `specs`, found %d"
              .formatted(MAX_VERSIONS, specs.size()));
    }
    List<RequestQueue.Key> keys = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (CrateSpec spec : specs) {
      CrateVersion version = spec.version();
      if (version == null) {
        throw new MalformedException(
            "cannot read the request: expected one exact version, NAME@VERSION, found '%s'"
                .formatted(spec));
      }
      if (!seen.add(QueueRow.key(spec.name(), version))) {
        throw new MalformedException(
            "cannot read the request: expected each version once, found '%s' twice"
                .formatted(spec));
      }
      keys.add(new RequestQueue.Key(spec.name(), version));
    }
    return keys;
  }

  /// Returns the origin of a request, which must have the form of one.
  private static @Nullable URI origin(@Nullable URI origin) {
    if (origin == null) {
      return null;
    }
    boolean web = "https".equals(origin.getScheme()) || "http".equals(origin.getScheme());
    boolean bare = origin.getRawPath() == null || origin.getRawPath().isEmpty();
    if (!web
        || !bare
        || origin.getHost() == null
        || origin.getRawQuery() != null
        || origin.getRawFragment() != null
        || origin.getRawUserInfo() != null) {
      throw new MalformedException(
          "cannot read the request: expected scheme, host and port as `origin`, like"
              + " https://gate.example:8443");
    }
    return origin;
  }

  private static AtomFeedReply feed(AtomFeed feed) {
    return new AtomFeedReply(AtomFeedWriter.write(feed));
  }
}
