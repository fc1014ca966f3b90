package lazaret.vetting.deskapi.requests;

import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for the queue of requested versions.
///
/// @param view the state of the requests that are listed; null for `waiting`
public record QueueRequest(@InQuery @Nullable View view) {
  /// The views of the queue.
  public enum View {
    /// Requests for which a person must decide.
    WAITING,
    /// Requests that the age of the version alone withholds.
    HOLD,
    /// Requests whose version is served.
    SERVED,
    /// Requests that a reviewer closed.
    CLOSED,
    /// All requests.
    ALL
  }
}
