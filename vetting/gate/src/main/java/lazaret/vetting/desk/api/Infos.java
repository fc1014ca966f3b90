package lazaret.vetting.desk.api;

import java.util.List;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.deskapi.crates.ContextInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.DecisionContext;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The conversion of domain values that several areas share to records of the API.
final class Infos {
  private Infos() {}

  static VerdictInfo verdict(Verdict verdict) {
    return verdict(verdict, verdict.reasons());
  }

  /// Returns a verdict with its deciding reason alone.
  static VerdictInfo deciding(Verdict verdict) {
    return verdict(verdict, List.of(verdict.reason()));
  }

  private static VerdictInfo verdict(Verdict verdict, List<Reason> shown) {
    List<ReasonInfo> reasons = reasons(shown);
    return switch (verdict) {
      case Verdict.Allow _ -> new VerdictInfo(VerdictInfo.Kind.ALLOW, null, reasons);
      case Verdict.Hold hold -> new VerdictInfo(VerdictInfo.Kind.HOLD, hold.until(), reasons);
      case Verdict.Review _ -> new VerdictInfo(VerdictInfo.Kind.REVIEW, null, reasons);
      case Verdict.Deny _ -> new VerdictInfo(VerdictInfo.Kind.DENY, null, reasons);
    };
  }

  static List<ReasonInfo> reasons(List<Reason> reasons) {
    return reasons.stream().map(each -> new ReasonInfo(each.code().code(), each.detail())).toList();
  }

  /// Returns the warnings about the age of the feeds, which replies with verdicts carry.
  static List<ReasonInfo> feedWarnings(Desk desk) {
    return reasons(desk.feeds().warnings());
  }

  static DecisionInfo decision(Decision decision) {
    return new DecisionInfo(
        decision.id().name(),
        decision.id().version(),
        decision.id().cksum(),
        kind(decision.kind()),
        decision.at(),
        decision.by(),
        decision.reason(),
        decision.expires(),
        decision.criteria(),
        decision.evidence(),
        decision.delta(),
        decision.waives(),
        context(decision.context()));
  }

  static @Nullable ContextInfo context(@Nullable DecisionContext context) {
    return context == null
        ? null
        : new ContextInfo(
            context.token(),
            context.signIn(),
            context.reading(),
            context.policy(),
            context.inspector(),
            context.feeds(),
            context.advisories());
  }

  private static DecisionInfo.Kind kind(Decision.Kind kind) {
    return switch (kind) {
      case APPROVE -> DecisionInfo.Kind.APPROVE;
      case EXEMPT -> DecisionInfo.Kind.EXEMPT;
      case DENY -> DecisionInfo.Kind.DENY;
      case REVOKE -> DecisionInfo.Kind.REVOKE;
    };
  }

  static Decision.Kind kind(DecisionInfo.Kind kind) {
    return switch (kind) {
      case APPROVE -> Decision.Kind.APPROVE;
      case EXEMPT -> Decision.Kind.EXEMPT;
      case DENY -> Decision.Kind.DENY;
      case REVOKE -> Decision.Kind.REVOKE;
    };
  }
}
