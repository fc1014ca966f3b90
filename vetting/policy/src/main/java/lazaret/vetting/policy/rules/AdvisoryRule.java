package lazaret.vetting.policy.rules;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.audit.AuditConflict;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.policy.AdvisoryPolicy;
import lazaret.vetting.policy.EvidencePolicy.Risk;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;

/// The rule for violations, advisories other than malware, and the age of feeds.
final class AdvisoryRule {
  /// The codes of reasons from advisories.
  static final Set<Code> CODES =
      EnumSet.of(Code.VULNERABLE, Code.UNSOUND, Code.UNMAINTAINED, Code.ADVISORY_NOTICE);

  private AdvisoryRule() {}

  static List<RuleResult> results(Policy policy, RuleInput ruleInput) {
    List<RuleResult> marks = new ArrayList<>();
    if (ruleInput.evidence().audit() instanceof AuditVerdict.Violated violated) {
      violated.conflicts().stream()
          .filter(AuditConflict::namesVersion)
          .forEach(
              c ->
                  marks.add(
                      RuleResult.of(policy.evidence().violation(), Code.VIOLATION, detail(c))));
    }
    marks.addAll(results(policy.advisories(), ruleInput.evidence().hits()));
    yanked(policy.advisories().yanked(), ruleInput, marks);
    feeds(policy.advisories().feeds(), ruleInput.evidence().feeds(), marks);
    return marks;
  }

  /// Returns the results for advisories that are not malware.
  static List<RuleResult> results(AdvisoryPolicy rules, List<AdvisoryGroup> hits) {
    List<RuleResult> marks = new ArrayList<>();
    hits.forEach(hit -> advisory(rules, hit, marks));
    return marks;
  }

  private static void advisory(AdvisoryPolicy rules, AdvisoryGroup hit, List<RuleResult> marks) {
    List<String> keys = hit.ids();
    switch (hit.kind()) {
      case MALWARE -> {}
      case VULNERABILITY ->
          marks.add(
              RuleResult.of(rules.of(hit.rating()), Code.VULNERABLE, detail(hit))
                  .keyed(keys)
                  .risking(Risk.VULNERABILITY));
      case UNSOUND ->
          marks.add(RuleResult.of(rules.unsound(), Code.UNSOUND, detail(hit)).keyed(keys));
      case UNMAINTAINED ->
          marks.add(
              RuleResult.of(rules.unmaintained(), Code.UNMAINTAINED, detail(hit)).keyed(keys));
      case NOTICE ->
          marks.add(RuleResult.of(rules.notice(), Code.ADVISORY_NOTICE, detail(hit)).keyed(keys));
    }
  }

  /// Adds a result for a yanked version. The yanks of a wave are an attacker's and say nothing
  /// about the versions.
  private static void yanked(PolicyLevel level, RuleInput ruleInput, List<RuleResult> marks) {
    if (level != PolicyLevel.ALLOW
        && ruleInput.line().entry().yanked()
        && ruleInput.wave() != YankWave.Role.YANKED) {
      marks.add(RuleResult.of(level, Code.YANKED, "upstream yanked it"));
    }
  }

  private static void feeds(AdvisoryPolicy.FeedAges rules, FeedAge age, List<RuleResult> marks) {
    switch (age.state()) {
      case NONE, FRESH -> {}
      case QUIET -> marks.add(RuleResult.note(Code.FEEDS_QUIET, age.toString()));
      case OLD -> marks.add(RuleResult.note(Code.FEEDS_OLD, age.toString()));
      case STALE ->
          marks.add(
              RuleResult.of(
                  rules.approvedToo() ? PolicyLevel.DENY : PolicyLevel.REVIEW,
                  Code.FEEDS_STALE,
                  age.toString()));
    }
  }

  /// Returns the warning on the age of feeds that a report contains once; empty if all feeds are
  /// fresh.
  static Optional<Reason> warning(FeedAge age) {
    return switch (age.state()) {
      case FRESH -> Optional.empty();
      case NONE ->
          Optional.of(
              new Reason(
                  Code.FEEDS_MISSING, age + ": known malware and vulnerabilities are not noticed"));
      case QUIET -> Optional.of(new Reason(Code.FEEDS_QUIET, age.toString()));
      case OLD -> Optional.of(new Reason(Code.FEEDS_OLD, age.toString()));
      case STALE -> Optional.of(new Reason(Code.FEEDS_STALE, age.toString()));
    };
  }

  /// Returns an advisory as one clause: its id, severity, title, and the feeds that disagree. The
  /// kind is in the code of the reason.
  static String detail(AdvisoryGroup hit) {
    StringBuilder text = new StringBuilder(hit.id());
    if (hit.kind() == AdvisoryKind.VULNERABILITY) {
      text.append(", ").append(hit.rating().acceptedBefore());
    }
    if (!repeats(hit)) {
      text.append(": ").append(hit.leading().title());
    }
    if (hit.byDigest()) {
      text.append(" (by the digest of these bytes)");
    }
    if (hit.byAssociation()) {
      text.append(" (by association)");
    }
    if (!hit.disputedBy().isEmpty()) {
      text.append(" (not according to ").append(String.join(", ", hit.disputedBy())).append(')');
    }
    return text.toString();
  }

  /// Returns whether the title only repeats the name and the kind, which the report already has.
  private static boolean repeats(AdvisoryGroup hit) {
    CrateName crate = hit.leading().crate();
    String title = hit.leading().title().replaceAll("[`'.]", "").strip();
    return crate != null && title.equalsIgnoreCase(crate.published() + " is " + hit.kind().code());
  }

  private static String detail(AuditConflict conflict) {
    String who = conflict.who().isEmpty() ? "somebody" : String.join(", ", conflict.who());
    String peer = conflict.peer() == null ? "" : " (" + conflict.peer() + ")";
    return "%s%s reports that %s violates %s%s"
        .formatted(
            who,
            peer,
            conflict.versions(),
            String.join(", ", conflict.criteria()),
            conflict.notes() == null ? "" : ": " + conflict.notes());
  }
}
