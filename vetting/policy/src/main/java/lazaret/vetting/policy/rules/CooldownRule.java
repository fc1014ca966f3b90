package lazaret.vetting.policy.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.Durations;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import lazaret.vetting.policy.rules.RuleResult.Effect;
import org.jspecify.annotations.Nullable;

/// The rule for the cooldown and the fast lane for fixes.
final class CooldownRule {
  /// The codes of reasons from this rule.
  static final Set<Code> CODES =
      EnumSet.of(
          Code.COOLDOWN, Code.FIX, Code.NOT_INSPECTED, Code.BUILD_TIME_CODE, Code.NO_PUBLISH_TIME);

  private CooldownRule() {}

  static List<RuleResult> results(Policy policy, RuleInput ruleInput, Instant now) {
    List<RuleResult> marks = new ArrayList<>();
    Duration wait = wait(policy, ruleInput);
    Instant until = policy.ageFrom(ruleInput.line()).plus(wait);
    boolean young = now.isBefore(until);
    List<String> fixes = ruleInput.evidence().fixes();
    if (young && fixes.isEmpty()) {
      marks.add(cooldown(wait, until));
    } else if (young) {
      fix(policy, ruleInput, cooldown(wait, until), marks);
    }
    Findings findings = ruleInput.findings();
    if (findings == null) {
      marks.add(
          RuleResult.note(
              Code.NOT_INSPECTED,
              "not inspected yet, so it counts as if it ran code at build time"));
    } else if (findings.facts().runsCodeAtBuild()) {
      marks.add(
          RuleResult.note(
              Code.BUILD_TIME_CODE,
              findings.facts().procMacro() ? "is a proc macro" : "has a build script"));
    }
    if (ruleInput.line().entry().pubtime() == null) {
      marks.add(
          RuleResult.note(
              Code.NO_PUBLISH_TIME,
              "no publish time, so its age counts from when it was first seen here"));
    }
    return marks;
  }

  /// Returns the required age of a version, without the effect of other rules.
  static Duration wait(Policy policy, RuleInput ruleInput) {
    return policy.cooldown(ruleInput.findings());
  }

  private static RuleResult cooldown(Duration wait, Instant until) {
    return new RuleResult(
        Effect.HOLD,
        new Reason(Code.COOLDOWN, "younger than " + Durations.words(wait)),
        List.of(Code.COOLDOWN.code()),
        null,
        until);
  }

  /// Adds the results for a young fix. A wait against unknown problems must not withhold the fix of
  /// a known one. A fix with capabilities that the fixed version lacks is suspicious, since an
  /// attacker could disguise a version as a fix.
  private static void fix(
      Policy policy, RuleInput ruleInput, RuleResult cooldown, List<RuleResult> marks) {
    String cured = "the smallest fix for " + String.join(", ", ruleInput.evidence().fixes());
    NewCapabilities delta = ruleInput.evidence().delta();
    switch (policy.cooldowns().fastLane()) {
      case OFF -> {
        marks.add(cooldown);
        marks.add(RuleResult.note(Code.FIX, cured + ", but the policy has no fast lane"));
      }
      case REVIEW -> marks.add(RuleResult.review(Code.FIX, cured + ": a person decides at once"));
      case CLEAN_DELTA -> {
        if (ruleInput.findings() != null && delta != null && delta.added().isEmpty()) {
          marks.add(
              RuleResult.note(
                  Code.FIX,
                  "%s, and can do nothing that %s could not: it need not wait"
                      .formatted(cured, delta.base())));
        } else {
          marks.add(cooldown);
          marks.add(RuleResult.note(Code.FIX, cured + ", but " + unclean(ruleInput, delta)));
        }
      }
    }
  }

  private static String unclean(RuleInput ruleInput, @Nullable NewCapabilities delta) {
    if (ruleInput.findings() == null) {
      return "nobody looked inside yet";
    }
    CrateVersion missing = ruleInput.evidence().missingBase();
    if (missing != null) {
      return "%s, which it is compared with, could not be fetched yet".formatted(missing);
    }
    return delta == null
        ? "there is no approved version to compare it with"
        : "it can do what %s could not: %s"
            .formatted(delta.base(), String.join(", ", delta.added()));
  }
}
