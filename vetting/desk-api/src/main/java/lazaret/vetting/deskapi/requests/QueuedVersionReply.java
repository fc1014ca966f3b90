package lazaret.vetting.deskapi.requests;

import java.util.List;
import lazaret.vetting.json.Inline;

/// One entry of the queue, with its history.
///
/// @param request the entry
/// @param history the last 50 steps, oldest first
/// @param asked the persons who asked for the version with a reason, latest last; at most 50
public record QueuedVersionReply(
    @Inline QueuedRequestInfo request,
    List<RequestStepInfo> history,
    List<NamedRequesterInfo> asked) {
  public QueuedVersionReply {
    history = List.copyOf(history);
    asked = List.copyOf(asked);
  }
}
