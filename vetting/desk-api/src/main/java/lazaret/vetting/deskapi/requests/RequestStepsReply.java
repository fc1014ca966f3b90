package lazaret.vetting.deskapi.requests;

import java.util.List;

/// The requests after a step that was recorded for each of them.
///
/// @param requests the requests in the order of the versions of the order
public record RequestStepsReply(List<QueuedRequestInfo> requests) {
  public RequestStepsReply {
    requests = List.copyOf(requests);
  }
}
