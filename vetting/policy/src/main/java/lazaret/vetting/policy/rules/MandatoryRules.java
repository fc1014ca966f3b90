package lazaret.vetting.policy.rules;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.Reason.Code;

/// The mandatory rules, which apply in every mode and despite any approval: malware, hostile
/// archives, and a person's denial.
final class MandatoryRules {
  private static final int MAX_PROBLEMS = 8;

  private MandatoryRules() {}

  static List<RuleResult> results(RuleInput ruleInput) {
    List<RuleResult> marks = results(ruleInput.decisions(), ruleInput.evidence().hits());
    Findings findings = ruleInput.findings();
    if (findings != null) {
      findings.problems().stream()
          .limit(MAX_PROBLEMS)
          .forEach(p -> marks.add(RuleResult.forbid(Code.ARCHIVE_NOT_CONFORMANT, p.toString())));
    }
    return marks;
  }

  /// Returns the results that need no index line: a refusal by a person, and malware.
  static List<RuleResult> results(VersionDecisions decisions, List<AdvisoryGroup> hits) {
    List<RuleResult> marks = new ArrayList<>();
    Decision latest = decisions.latest();
    if (latest != null && !latest.kind().serves()) {
      marks.add(
          RuleResult.forbid(
              latest.kind() == Decision.Kind.DENY ? Code.DENIED : Code.REVOKED,
              "%s on %s: %s"
                  .formatted(latest.by(), EvidenceRule.text(latest.at()), latest.reason())));
    }
    for (AdvisoryGroup hit : hits) {
      if (hit.kind() == AdvisoryKind.MALWARE) {
        marks.add(RuleResult.forbid(Code.MALWARE, AdvisoryRule.detail(hit)).keyed(hit.ids()));
      }
    }
    return marks;
  }
}
