package lazaret.vetting.policy.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.index.RefusedLine;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.EvidencePolicy.Risk;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.TakeoverPolicy;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import lazaret.vetting.takeover.TakeoverSignal;
import lazaret.vetting.takeover.TakeoverSignal.Weight;
import org.jspecify.annotations.Nullable;

/// The rule for signs of a hijacked crate and for changes and removals upstream. It applies to
/// every publisher: the account of arrayref was trustworthy until the morning of the attack.
final class TakeoverRule {
  private TakeoverRule() {}

  static List<RuleResult> results(Policy policy, RuleInput ruleInput) {
    List<RuleResult> marks = new ArrayList<>();
    StoredLine line = ruleInput.line();
    if (line.changedCksum() != null) {
      marks.add(
          RuleResult.review(
              Code.CKSUM_CHANGED,
              "upstream names sha256 %s now, %s is held"
                  .formatted(line.changedCksum().hex(), line.entry().cksum().hex())));
    }
    RefusedLine refused = line.refused();
    if (refused != null) {
      String detail = "upstream changed the line, the held one stays in force: " + refused.what();
      marks.add(unlessWaited(policy, ruleInput, refused.since(), Code.LINE_CHANGED, detail));
    }
    if (line.removedSince() != null) {
      marks.add(
          RuleResult.review(Code.GONE_UPSTREAM, "gone upstream since " + line.removedSince()));
    }
    Instant missing = line.missingSince();
    if (missing != null) {
      String detail = "missing upstream since " + missing + ", not confirmed yet";
      marks.add(unlessWaited(policy, ruleInput, missing, Code.REMOVAL_UNCONFIRMED, detail));
    }
    if (ruleInput.wave() == YankWave.Role.PUBLISHED) {
      marks.add(
          RuleResult.review(Code.YANK_WAVE, "published while good versions were being yanked")
              .risking(Risk.TAKEOVER));
    }
    NewCapabilities gains = ruleInput.evidence().delta();
    for (TakeoverSignal signal : ruleInput.evidence().takeover()) {
      boolean named = policy.takeover().codes().containsKey(signal.code().code());
      TakeoverSignal weighed = weighed(signal, gains);
      if (weighed.code() != TakeoverSignal.Code.REVIVED
          || named
          || weighed.weight() != Weight.NOTE) {
        marks.add(result(policy.takeover(), weighed));
      }
    }
    return marks;
  }

  /// Returns the sign with its weight. The first release after a quiet year needs a review if it
  /// adds something that would otherwise be too slight, since abandoned crates are hijacked in this
  /// form. Being the first release is not enough.
  private static TakeoverSignal weighed(TakeoverSignal signal, @Nullable NewCapabilities gains) {
    List<String> news =
        gains == null || signal.code() != TakeoverSignal.Code.REVIVED
            ? List.of()
            : gains.delta().slight();
    if (gains == null || news.isEmpty()) {
      return signal;
    }
    String detail =
        "%s, and unlike %s it has %s"
            .formatted(signal.detail(), gains.base(), String.join("; ", news));
    return new TakeoverSignal(signal.code(), Weight.REVIEW, detail, signal.until());
  }

  /// Returns a review, or a note if the version was past its wait when the change came. A response
  /// of upstream alone never withdraws such a version; the others need a person's approval.
  private static RuleResult unlessWaited(
      Policy policy, RuleInput ruleInput, Instant since, Code code, String detail) {
    Instant waited = policy.ageFrom(ruleInput.line()).plus(CooldownRule.wait(policy, ruleInput));
    return since.isBefore(waited) ? RuleResult.review(code, detail) : RuleResult.note(code, detail);
  }

  /// Returns the result of a sign. A policy level for it has precedence over its own weight.
  private static RuleResult result(TakeoverPolicy rules, TakeoverSignal signal) {
    String code = signal.code().code();
    Reason reason = new Reason(Code.TAKEOVER, code + ": " + signal.detail());
    List<String> keys = List.of(code, Code.TAKEOVER.code());
    Instant until = signal.until();
    PolicyLevel level = rules.codes().get(code);
    if (level != null || signal.weight() == Weight.REVIEW) {
      RuleResult mark =
          RuleResult.of(level == null ? rules.level() : level, Code.TAKEOVER, reason.detail());
      return mark.keyed(keys).risking(Risk.TAKEOVER);
    }
    return switch (signal.weight()) {
      case NOTE -> new RuleResult(RuleResult.Effect.NOTE, reason, keys, null, null);
      case HOLD, REVIEW ->
          new RuleResult(
              until == null ? RuleResult.Effect.REVIEW : RuleResult.Effect.HOLD,
              reason,
              keys,
              Risk.TAKEOVER,
              until);
    };
  }
}
