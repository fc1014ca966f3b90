package lazaret.vetting.desk.api;

import java.util.List;
import lazaret.vetting.desk.requests.NamedRequester;
import lazaret.vetting.desk.requests.RequestHistory;
import lazaret.vetting.desk.requests.RequestQueue;
import lazaret.vetting.desk.requests.RequestReason;
import lazaret.vetting.desk.requests.RequestState;
import lazaret.vetting.desk.requests.RequestStep;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.QueuedRequestInfo;
import lazaret.vetting.deskapi.requests.RequestStepInfo;

/// The conversion of values about queued requests to records of the API.
public final class RequestInfos {
  private RequestInfos() {}

  /// Returns the record of a queued request with the names of its clients.
  public static QueuedRequestInfo queued(RequestQueue.Queued one) {
    RequestHistory history = one.history();
    List<RequestStepInfo> steps = steps(history.acts());
    return new QueuedRequestInfo(
        CrateInfos.request(one.request(), true),
        one.approvedBy(),
        state(one.state()),
        CrateInfos.optional(one.verdict(), Infos::verdict),
        history.assignee(),
        history.total(),
        steps.isEmpty() ? null : steps.getLast());
  }

  private static QueuedRequestInfo.State state(RequestState state) {
    return switch (state) {
      case WAITING -> QueuedRequestInfo.State.WAITING;
      case HOLD -> QueuedRequestInfo.State.HOLD;
      case SERVED -> QueuedRequestInfo.State.SERVED;
      case CLOSED -> QueuedRequestInfo.State.CLOSED;
    };
  }

  /// Returns the records of some steps.
  static List<RequestStepInfo> steps(List<RequestStep> acts) {
    return acts.stream().map(RequestInfos::step).toList();
  }

  /// Returns the record of a step.
  public static RequestStepInfo step(RequestStep step) {
    RequestReason reason = step.reason();
    return new RequestStepInfo(
        act(step.kind()),
        step.at(),
        step.by(),
        CrateInfos.text(reason.words()),
        reason.project(),
        reason.lockfile());
  }

  /// Returns the record of a person who asked for a version.
  public static NamedRequesterInfo requester(NamedRequester requester) {
    return new NamedRequesterInfo(
        requester.by(),
        requester.reason().words(),
        requester.reason().project(),
        requester.reason().lockfile(),
        requester.count(),
        requester.first(),
        requester.last());
  }

  private static RequestStepInfo.Act act(RequestStep.Kind kind) {
    return switch (kind) {
      case ASK -> RequestStepInfo.Act.ASK;
      case CLOSE -> RequestStepInfo.Act.CLOSE;
      case REOPEN -> RequestStepInfo.Act.REOPEN;
      case COMMENT -> RequestStepInfo.Act.COMMENT;
      case ASSIGN -> RequestStepInfo.Act.ASSIGN;
      case UNASSIGN -> RequestStepInfo.Act.UNASSIGN;
    };
  }
}
