package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.requests.QueueReply;
import lazaret.vetting.deskapi.requests.QueueRequest;
import lazaret.vetting.deskapi.requests.QueuedVersionReply;
import lazaret.vetting.deskapi.requests.QueuedVersionRequest;
import lazaret.vetting.deskapi.requests.RefusalByIdRequest;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.deskapi.requests.RefusalRequest;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.deskapi.requests.SubmitReply;
import lazaret.vetting.deskapi.requests.SubmitRequest;

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

  private RequestOperations() {}
}
