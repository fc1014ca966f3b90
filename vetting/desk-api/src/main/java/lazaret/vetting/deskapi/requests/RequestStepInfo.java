package lazaret.vetting.deskapi.requests;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One step in the handling of a request.
///
/// @param act the kind of the step
/// @param at the time of the step
/// @param by the owner of the token
/// @param text the reason, the comment or the person; null if the step has none
/// @param project the project that a request names; null if none is named
/// @param lockfile the path of the lockfile that a request names; null if none is named
public record RequestStepInfo(
    Act act,
    Instant at,
    String by,
    @Nullable String text,
    @Nullable String project,
    @Nullable String lockfile) {
  /// The kinds of steps.
  public enum Act {
    /// A person requested the version and gave a reason.
    ASK,
    /// A reviewer closed the request and gave a reason.
    CLOSE,
    /// A reviewer opened a closed request again.
    REOPEN,
    /// A reviewer wrote a comment.
    COMMENT,
    /// The request was assigned to a person.
    ASSIGN,
    /// The assignment was removed.
    UNASSIGN
  }
}
