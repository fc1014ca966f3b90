package lazaret.vetting.deskapi.requests;

import java.util.List;
import lazaret.vetting.deskapi.crates.RequestInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// A requested version, with its state and handling.
///
/// @param request the version and its requests
/// @param approvedBy the reviewers who approved, if a second person is needed
/// @param state the state by the present verdict and the history
/// @param verdict the present verdict; null if it cannot be computed
/// @param assignedTo the person to whom the request is assigned; null if there is none
/// @param acts the number of steps in the history
/// @param lastAct the last step; null if there is none
public record QueuedRequestInfo(
    @Inline RequestInfo request,
    List<String> approvedBy,
    State state,
    @Nullable VerdictInfo verdict,
    @Nullable String assignedTo,
    long acts,
    @Nullable RequestStepInfo lastAct) {
  public QueuedRequestInfo {
    approvedBy = List.copyOf(approvedBy);
  }

  /// The states of requests.
  public enum State {
    /// A person must decide.
    WAITING,
    /// The age of the version alone withholds it; the hold ends without a decision.
    HOLD,
    /// The version is served.
    SERVED,
    /// A reviewer closed the request.
    CLOSED
  }
}
