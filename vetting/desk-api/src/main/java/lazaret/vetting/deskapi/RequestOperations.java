package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.requests.AtomFeedReply;
import lazaret.vetting.deskapi.requests.AtomFeedRequest;
import lazaret.vetting.deskapi.requests.OwnRequestsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.deskapi.requests.QueueReply;
import lazaret.vetting.deskapi.requests.QueueRequest;
import lazaret.vetting.deskapi.requests.QueuedVersionReply;
import lazaret.vetting.deskapi.requests.QueuedVersionRequest;
import lazaret.vetting.deskapi.requests.RefusalByIdRequest;
import lazaret.vetting.deskapi.requests.RefusalFeedRequest;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.deskapi.requests.RefusalRequest;
import lazaret.vetting.deskapi.requests.RequestHistoryReply;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.deskapi.requests.RequestStepsReply;
import lazaret.vetting.deskapi.requests.RequestStepsRequest;
import lazaret.vetting.deskapi.requests.SubmitReply;
import lazaret.vetting.deskapi.requests.SubmitRequest;
import lazaret.vetting.deskapi.requests.UnblockedLockfilesReply;
import lazaret.vetting.deskapi.requests.UnblockedLockfilesRequest;

/// The operations on requested versions.
public final class RequestOperations {
  /// Lists requested versions by state.
  public static final Operation<QueueRequest, QueueReply> QUEUE =
      Operation.get("queue", "/queue", QueueRequest.class, QueueReply.class)
          .access(Access.INSPECT)
          .summary("List requested versions by state");

  /// Returns one entry of the queue with its history.
  public static final Operation<QueuedVersionRequest, QueuedVersionReply> QUEUED_VERSION =
      Operation.get(
              "queuedVersion",
              "/queue/{name}/{version}",
              QueuedVersionRequest.class,
              QueuedVersionReply.class)
          .access(Access.INSPECT)
          .summary("Return one entry of the queue with its history");

  /// Returns the steps of the requests for a version, also after a decision.
  public static final Operation<QueuedVersionRequest, RequestHistoryReply> REQUEST_HISTORY =
      Operation.get(
              "requestHistory",
              "/queue/{name}/{version}/history",
              QueuedVersionRequest.class,
              RequestHistoryReply.class)
          .access(Access.INSPECT)
          .summary("Return the steps of the requests for a version");

  /// Closes, reopens, comments or assigns an entry of the queue.
  public static final Operation<RequestStepRequest, QueuedVersionReply> STEP =
      Operation.post(
              "recordStep",
              "/queue/{name}/{version}",
              RequestStepRequest.class,
              QueuedVersionReply.class)
          .access(Access.REVIEW)
          .summary("Close, reopen, comment or assign an entry of the queue");

  /// Puts a withheld version into the queue with a reason.
  public static final Operation<SubmitRequest, SubmitReply> SUBMIT =
      Operation.post("submit", "/requests", SubmitRequest.class, SubmitReply.class)
          .access(Access.REQUEST)
          .summary("Put a withheld version into the queue with a reason");

  /// Explains a version that the gate refused.
  public static final Operation<RefusalRequest, RefusalReply> REFUSAL =
      Operation.get(
              "refusal", "/refusals/{name}/{version}", RefusalRequest.class, RefusalReply.class)
          .access(Access.OPEN)
          .summary("Explain a version that the gate refused");

  /// Explains the refusal of one download.
  public static final Operation<RefusalByIdRequest, RefusalReply> REFUSAL_BY_ID =
      Operation.get(
              "refusalById", "/refusals/{request}", RefusalByIdRequest.class, RefusalReply.class)
          .access(Access.OPEN)
          .summary("Explain the refusal of one download");

  /// Returns the decisions on a version that the gate refused as an Atom feed.
  public static final Operation<RefusalFeedRequest, AtomFeedReply> REFUSAL_FEED =
      Operation.get(
              "refusalFeed",
              "/refusals/{name}/{version}/feed",
              RefusalFeedRequest.class,
              AtomFeedReply.class)
          .access(Access.OPEN)
          .summary("Return the decisions on a refused version as an Atom feed");

  /// Lists the queue by closure, one page at a time.
  public static final Operation<QueueGroupsRequest, QueueGroupsReply> QUEUE_GROUPS =
      Operation.get(
              "queueGroups", "/queue/groups", QueueGroupsRequest.class, QueueGroupsReply.class)
          .access(Access.INSPECT)
          .summary("List the queue by closure, one page at a time");

  /// Records one step for several entries of the queue.
  public static final Operation<RequestStepsRequest, RequestStepsReply> STEPS =
      Operation.post(
              "recordSteps", "/queue/steps", RequestStepsRequest.class, RequestStepsReply.class)
          .access(Access.REVIEW)
          .summary("Record one step for several entries of the queue");

  /// Lists the lockfiles that a decision on some versions would let pass.
  public static final Operation<UnblockedLockfilesRequest, UnblockedLockfilesReply>
      UNBLOCKED_LOCKFILES =
          Operation.post(
                  "unblockedLockfiles",
                  "/queue/unblocked",
                  UnblockedLockfilesRequest.class,
                  UnblockedLockfilesReply.class)
              .access(Access.INSPECT)
              .summary("List the lockfiles that a decision would let pass");

  /// Lists the requests of the caller with their decisions.
  public static final Operation<EmptyRequest, OwnRequestsReply> OWN_REQUESTS =
      Operation.get("ownRequests", "/requests/own", EmptyRequest.class, OwnRequestsReply.class)
          .access(Access.READ)
          .summary("List the requests of the caller with their decisions");

  /// Returns the requests of the caller as an Atom feed.
  public static final Operation<AtomFeedRequest, AtomFeedReply> OWN_REQUESTS_FEED =
      Operation.get(
              "ownRequestsFeed", "/requests/own/feed", AtomFeedRequest.class, AtomFeedReply.class)
          .access(Access.READ)
          .summary("Return the requests of the caller as an Atom feed");

  /// Returns the latest decisions as an Atom feed.
  public static final Operation<AtomFeedRequest, AtomFeedReply> DECISIONS_FEED =
      Operation.get("decisionsFeed", "/decisions/feed", AtomFeedRequest.class, AtomFeedReply.class)
          .access(Access.READ)
          .summary("Return the latest decisions as an Atom feed");

  private RequestOperations() {}
}
