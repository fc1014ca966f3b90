package lazaret.web.queue;

import java.time.Instant;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.reasons.ReasonText;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageLinks;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// The content of the request page.
///
/// @param refusal the explanation of the version
/// @param reason the reason that the person typed; empty if there is none
/// @param own the request of the reader; null if the reader did not ask, or is not signed in
/// @param say the result of the form; null if it was not sent, or a decision followed
public record RequestView(
    RefusalReply refusal, String reason, @Nullable OwnRequestInfo own, @Nullable Feedback say) {
  /// Returns the address of the feed of decisions on the version.
  public String feed() {
    return PageLinks.requestFeed(refusal.name(), refusal.version());
  }

  /// Returns the command that asks for the version.
  public String terminal() {
    return "vetting-cli request %s@%s --reason TEXT"
        .formatted(refusal.name().published(), refusal.version().text());
  }

  /// Returns the badge. The word says what builds get.
  public VerdictBadge badge() {
    VerdictBadge badge = VerdictBadge.of(refusal.verdict());
    String word =
        switch (refusal.verdict().kind()) {
          case ALLOW -> "Served";
          case HOLD, REVIEW -> "Not served yet";
          case DENY -> "Not served";
        };
    return new VerdictBadge(badge.kind(), badge.icon(), word);
  }

  /// Returns the reason that decided; null if there is none.
  public @Nullable ReasonInfo cause() {
    return refusal.verdict().reasons().isEmpty() ? null : refusal.verdict().reasons().getFirst();
  }

  /// Returns the reason that decided, as a sentence; empty if there is none.
  public String sentence() {
    ReasonInfo cause = cause();
    return cause == null ? "" : ReasonText.sentence(cause, refusal.verdict().until()) + ".";
  }

  /// Returns the verb of the decision on the request of the reader; empty if there is none.
  public String decided() {
    DecisionInfo decision = own == null ? null : own.decision();
    if (decision == null) {
      return "";
    }
    return switch (decision.kind()) {
      case APPROVE -> "approved";
      case EXEMPT -> "exempted";
      case DENY -> "denied";
      case REVOKE -> "revoked";
    };
  }

  /// Returns the end of the hold; null if time does not end it.
  public @Nullable Instant until() {
    return refusal.verdict().until();
  }

  /// Returns the command that builds with another version; null if no version is served.
  public @Nullable String command() {
    if (refusal.replacement() == null) {
      return null;
    }
    return refusal.compatible() && !refusal.movable()
        ? "cargo update"
        : "cargo update -p %s@%s --precise %s"
            .formatted(
                refusal.name().published(), refusal.version().text(), refusal.replacement().text());
  }
}
