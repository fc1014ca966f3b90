package lazaret.vetting.deskapi.requests;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// A request of the caller with its result.
///
/// @param name the crate
/// @param version the version
/// @param asked the request in the caller's own words
/// @param state the present state
/// @param verdict the present verdict with its deciding reason; null if it cannot be computed
/// @param decision the last decision on the version since the request, which begins again after a
///   denial; null if there is none
/// @param closed the step with which a reviewer closed the request; null if it is not closed
public record OwnRequestInfo(
    CrateName name,
    CrateVersion version,
    @Inline NamedRequesterInfo asked,
    State state,
    @Nullable VerdictInfo verdict,
    @Nullable DecisionInfo decision,
    @Nullable RequestStepInfo closed) {
  /// The states of own requests.
  public enum State {
    /// A person must decide.
    WAITING,
    /// The version is served.
    SERVED,
    /// A person denied or revoked the version.
    DENIED,
    /// A reviewer closed the request without a decision.
    CLOSED
  }
}
