package lazaret.web.people;

import java.time.Instant;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.web.page.PageLinks;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// One request of the reader.
///
/// @param request the request with its result
public record OwnRequestView(OwnRequestInfo request) {
  /// Returns the address of the request page.
  public String address() {
    return PageLinks.request(request.name().published(), request.version().text());
  }

  /// Returns the badge of the state.
  public VerdictBadge badge() {
    return switch (request.state()) {
      case WAITING -> waiting();
      case SERVED -> new VerdictBadge("allow", "allow", served(request.decision()));
      case DENIED -> new VerdictBadge("deny", "deny", denied(request.decision()));
      case CLOSED -> new VerdictBadge("plain", "note", "Closed without a decision");
    };
  }

  private VerdictBadge waiting() {
    DecisionInfo decision = request.decision();
    boolean approved = decision != null && serves(decision.kind());
    if (approved) {
      return new VerdictBadge("review", "review", "Approved, not served yet");
    }
    return until() == null
        ? new VerdictBadge("review", "review", "Waiting")
        : new VerdictBadge("hold", "hold", "Waiting");
  }

  private static String served(@Nullable DecisionInfo decision) {
    return decision != null && serves(decision.kind())
        ? word(decision.kind())
        : "Served without a decision";
  }

  private static String denied(@Nullable DecisionInfo decision) {
    return decision == null ? "Denied" : word(decision.kind());
  }

  private static boolean serves(DecisionInfo.Kind kind) {
    return switch (kind) {
      case APPROVE, EXEMPT -> true;
      case DENY, REVOKE -> false;
    };
  }

  private static String word(DecisionInfo.Kind kind) {
    return switch (kind) {
      case APPROVE -> "Approved";
      case EXEMPT -> "Exempted";
      case DENY -> "Denied";
      case REVOKE -> "Revoked";
    };
  }

  /// Returns the participle of the decision; empty if there is none.
  public String decided() {
    DecisionInfo decision = request.decision();
    return decision == null ? "" : word(decision.kind());
  }

  /// Returns the end of the hold of a waiting version; null if time does not end it.
  public @Nullable Instant until() {
    VerdictInfo verdict = request.verdict();
    boolean waits = request.state() == OwnRequestInfo.State.WAITING;
    return waits && verdict != null ? verdict.until() : null;
  }

  /// Returns the reason that decides now; null if there is none.
  public @Nullable ReasonInfo cause() {
    VerdictInfo verdict = request.verdict();
    return verdict == null || verdict.reasons().isEmpty() ? null : verdict.reasons().getFirst();
  }
}
