package lazaret.vetting.deskapi.requests;

import java.util.List;
import lazaret.vetting.json.Inline;

/// One entry of the queue, with its history.
///
/// @param request the entry
/// @param history the last 50 steps, oldest first
public record QueuedVersionReply(@Inline QueuedRequestInfo request, List<RequestStepInfo> history) {
  public QueuedVersionReply {
    history = List.copyOf(history);
  }
}
