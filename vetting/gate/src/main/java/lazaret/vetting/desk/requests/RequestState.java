package lazaret.vetting.desk.requests;

import lazaret.vetting.policy.Verdict;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The state of a queued request, by its history and the current verdict.
public enum RequestState implements Coded {
  /// A person must decide.
  WAITING("waiting"),
  /// Only the age of the version withholds it, and no person asked for an exception. The hold ends
  /// without a decision.
  HOLD("hold"),
  /// The version is served now.
  SERVED("served"),
  /// A reviewer closed the request.
  CLOSED("closed");

  private final String code;

  RequestState(String code) {
    this.code = code;
  }

  /// Returns the state of a request.
  ///
  /// @param verdict current verdict; null if the version is not in a stored index file
  public static RequestState of(RequestHistory history, @Nullable Verdict verdict) {
    if (history.closed()) {
      return CLOSED;
    }
    return switch (verdict) {
      case null -> WAITING;
      case Verdict.Allow _ -> SERVED;
      case Verdict.Hold _ -> history.asked() ? WAITING : HOLD;
      case Verdict.Review _, Verdict.Deny _ -> WAITING;
    };
  }

  /// Returns the lower-case form, for example `waiting`.
  @Override
  public String code() {
    return code;
  }
}
