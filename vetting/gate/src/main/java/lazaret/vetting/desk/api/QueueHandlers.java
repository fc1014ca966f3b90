package lazaret.vetting.desk.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.requests.RequestHistory;
import lazaret.vetting.desk.requests.RequestQueue;
import lazaret.vetting.desk.requests.RequestState;
import lazaret.vetting.desk.requests.RequestStep;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.QueueCountsInfo;
import lazaret.vetting.deskapi.requests.QueueReply;
import lazaret.vetting.deskapi.requests.QueueRequest;
import lazaret.vetting.deskapi.requests.QueuedVersionReply;
import lazaret.vetting.deskapi.requests.QueuedVersionRequest;
import lazaret.vetting.deskapi.requests.RequestHistoryReply;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.gate.retention.DropCounts;
import lazaret.vetting.gate.retention.DropKind;

/// The operations on the queue of requested versions.
final class QueueHandlers {
  private final Desk desk;
  private final LenientNames names;

  QueueHandlers(Desk desk) {
    this.desk = desk;
    this.names = new LenientNames(desk);
  }

  void addTo(HandlerTable handlers) {
    handlers.add(RequestOperations.QUEUE, (request, _) -> list(request));
    handlers.add(
        RequestOperations.QUEUED_VERSION,
        (request, _) -> {
          CrateVersion version = names.version(request.name(), request.version());
          return reply(
              request.name(), request.version(), desk.requests().find(request.name(), version));
        });
    handlers.add(RequestOperations.REQUEST_HISTORY, (request, _) -> history(request));
    handlers.add(RequestOperations.STEP, this::step);
  }

  private RequestHistoryReply history(QueuedVersionRequest request) {
    RequestHistory history =
        desk.requests().history(request.name(), names.version(request.name(), request.version()));
    return new RequestHistoryReply(
        RequestInfos.steps(history.acts()),
        history.everAsked().stream().map(RequestInfos::requester).toList());
  }

  private QueueReply list(QueueRequest request) {
    Predicate<RequestState> shown = shown(request);
    RequestQueue.Report report = desk.requests().report();
    DropCounts dropped = desk.dropped();
    return new QueueReply(
        report.more(),
        dropped.count(DropKind.REQUESTS),
        dropped.count(DropKind.OLD_REQUESTS),
        new QueueCountsInfo(
            report.count(RequestState.WAITING),
            report.count(RequestState.HOLD),
            report.count(RequestState.SERVED),
            report.count(RequestState.CLOSED)),
        report.requests().stream()
            .filter(each -> shown.test(each.state()))
            .map(RequestInfos::queued)
            .toList(),
        Infos.feedWarnings(desk));
  }

  private static Predicate<RequestState> shown(QueueRequest request) {
    return switch (request.view()) {
      case null -> RequestState.WAITING::equals;
      case WAITING -> RequestState.WAITING::equals;
      case HOLD -> RequestState.HOLD::equals;
      case SERVED -> RequestState.SERVED::equals;
      case CLOSED -> RequestState.CLOSED::equals;
      case ALL -> _ -> true;
    };
  }

  private QueuedVersionReply step(RequestStepRequest request, Caller caller) {
    RequestStep.Order order =
        new RequestStep.Order(caller.owner(), request.text() == null ? "" : request.text());
    CrateVersion version = names.version(request.name(), request.version());
    if (!caller.reviews(request.name())) {
      throw new ProblemException(
          List.of(caller.lacksReview(request.name(), request.version())), null);
    }
    return reply(
        request.name(),
        request.version(),
        desk.requests().act(request.name(), version, kind(request.act()), order));
  }

  /// A person requests a version by another operation, which creates the entry.
  private static RequestStep.Kind kind(RequestStepRequest.Step step) {
    return switch (step) {
      case CLOSE -> RequestStep.Kind.CLOSE;
      case REOPEN -> RequestStep.Kind.REOPEN;
      case COMMENT -> RequestStep.Kind.COMMENT;
      case ASSIGN -> RequestStep.Kind.ASSIGN;
      case UNASSIGN -> RequestStep.Kind.UNASSIGN;
    };
  }

  private static QueuedVersionReply reply(
      CrateName name, CrateVersion version, Optional<RequestQueue.Queued> found) {
    RequestQueue.Queued one =
        found.orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.UNKNOWN,
                    "there is no open request for '%s %s'".formatted(name, version)));
    return new QueuedVersionReply(
        RequestInfos.queued(one),
        RequestInfos.steps(one.history().acts()),
        one.history().requesters().stream().map(RequestInfos::requester).toList());
  }
}
