package lazaret.vetting.deskapi.requests;

import java.util.List;

/// The steps of the requests for one version, also after a decision took it from the queue.
///
/// @param history the last 50 steps, oldest first
/// @param asked the persons who asked for the version in these steps, latest last
public record RequestHistoryReply(List<RequestStepInfo> history, List<NamedRequesterInfo> asked) {
  public RequestHistoryReply {
    history = List.copyOf(history);
    asked = List.copyOf(asked);
  }
}
