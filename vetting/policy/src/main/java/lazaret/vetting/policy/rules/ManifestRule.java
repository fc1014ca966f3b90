package lazaret.vetting.policy.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.license.LicenseExpression;
import lazaret.vetting.policy.ManifestPolicy;
import lazaret.vetting.policy.ManifestPolicy.AllowList;
import lazaret.vetting.policy.ManifestPolicy.Ban;
import lazaret.vetting.policy.ManifestPolicy.Licenses;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason.Code;
import org.jspecify.annotations.Nullable;

/// The rule for bans, licenses and build scripts.
final class ManifestRule {
  private ManifestRule() {}

  static List<RuleResult> results(Policy policy, RuleInput ruleInput) {
    List<RuleResult> marks = new ArrayList<>();
    ManifestPolicy rules = policy.manifest();
    rules
        .ban(ruleInput.name(), ruleInput.version())
        .ifPresent(b -> marks.add(RuleResult.of(level(b), Code.BANNED, detail(b))));
    AllowList crates = rules.crates();
    if (crates != null && !crates.has(ruleInput.name(), ruleInput.version())) {
      marks.add(
          RuleResult.of(crates.level(), Code.BANNED, "is not among the crates that may be served"));
    }
    if (ruleInput.findings() != null) {
      facts(rules, ruleInput, ruleInput.findings().facts(), marks);
    }
    return marks;
  }

  private static void facts(
      ManifestPolicy rules, RuleInput ruleInput, CrateFacts facts, List<RuleResult> marks) {
    Licenses licenses = rules.licenses();
    if (licenses != null) {
      license(licenses, ruleInput, facts.license(), marks);
    }
    AllowList builds = rules.buildScripts();
    if (builds != null
        && facts.buildScript()
        && !builds.has(ruleInput.name(), ruleInput.version())) {
      marks.add(
          RuleResult.of(
              builds.level(),
              Code.BUILD_SCRIPT,
              "has a build script and is not among the crates that may"));
    }
  }

  private static void license(
      Licenses rules, RuleInput ruleInput, @Nullable String stated, List<RuleResult> marks) {
    LicenseExpression clarified =
        rules.clarified(ruleInput.name(), ruleInput.version()).orElse(null);
    if (stated == null && clarified == null) {
      marks.add(RuleResult.of(rules.missing(), Code.LICENSE, "states no license"));
      return;
    }
    try {
      LicenseExpression expression =
          clarified == null ? LicenseExpression.parse(String.valueOf(stated)) : clarified;
      if (!rules.allows(ruleInput.name(), ruleInput.version(), expression)) {
        marks.add(
            RuleResult.of(
                rules.level(),
                Code.LICENSE,
                "is licensed under %s, which the policy does not allow"
                    .formatted(
                        clarified == null
                            ? Excerpt.of(String.valueOf(stated))
                            : clarified.text() + ", as the policy clarifies")));
      }
    } catch (MalformedException _) {
      marks.add(
          RuleResult.of(
              rules.missing(),
              Code.LICENSE,
              "no SPDX expression: " + Excerpt.of(String.valueOf(stated))));
    }
  }

  /// Returns the level of a ban. A crate that only some crates may depend on must be served, since
  /// they could not be built otherwise.
  private static PolicyLevel level(Ban ban) {
    return ban.wrappers().isEmpty() ? ban.level() : PolicyLevel.WARN;
  }

  private static String detail(Ban ban) {
    return ban.wrappers().isEmpty()
        ? ban.text()
        : ban.text()
            + "; only %s may depend on it"
                .formatted(
                    ban.wrappers().stream()
                        .map(CrateName::published)
                        .collect(Collectors.joining(", ")));
  }
}
