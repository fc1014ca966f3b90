package lazaret.vetting.policy.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.vetting.Durations;
import lazaret.vetting.audit.AuditPath;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import org.jspecify.annotations.Nullable;

/// The rule for approvals, exemptions and audits.
final class EvidenceRule {
  /// The maximum number of persons named in one reason.
  private static final int MAX_NAMED = 5;

  private EvidenceRule() {}

  static List<RuleResult> results(Policy policy, RuleInput ruleInput, Instant now) {
    List<RuleResult> marks = new ArrayList<>();
    if (!policy.automatic() && !audited(ruleInput)) {
      marks.add(
          RuleResult.review(
              Code.NOT_APPROVED, "only approved versions are served and nobody approved this one"));
    }
    Decision latest = ruleInput.decisions().latest();
    boolean bound = latest != null && latest.id().cksum().equals(ruleInput.line().entry().cksum());
    if (latest != null && bound && latest.kind().serves() && !latest.approvesAt(now)) {
      String what = latest.kind() == Decision.Kind.EXEMPT ? "exemption" : "approval";
      marks.add(
          RuleResult.note(
              Code.APPROVAL_EXPIRED,
              "the %s ran out at %s".formatted(what, text(latest.expires()))));
    }
    if (ruleInput.evidence().audit() instanceof AuditVerdict.OtherBytes other) {
      marks.add(
          RuleResult.note(
              Code.AUDIT_OF_OTHER_BYTES,
              "the audits are of sha256 %s and do not count".formatted(other.seen().hex())));
    }
    return marks;
  }

  /// Returns whether audits alone certify the version. Exemptions of a cargo-vet store do not count
  /// as audits.
  static boolean audited(RuleInput ruleInput) {
    return ruleInput.evidence().audit() instanceof AuditVerdict.Fully;
  }

  /// Returns the reason to serve a version that no other reason withholds.
  static Reason served(Policy policy, RuleInput ruleInput, boolean approved, Instant now) {
    Decision latest = ruleInput.decisions().latest();
    if (approved && latest != null) {
      Code code = latest.kind() == Decision.Kind.EXEMPT ? Code.EXEMPTED : Code.APPROVED;
      return new Reason(
          code,
          approvers(ruleInput, latest, now).stream()
              .map(EvidenceRule::decided)
              .collect(Collectors.joining("; and ")));
    }
    if (ruleInput.evidence().audit() instanceof AuditVerdict.Fully fully) {
      return new Reason(
          Code.AUDITED,
          "audited for %s by %s"
              .formatted(String.join(", ", policy.evidence().criteria()), auditors(fully)));
    }
    Duration wait = CooldownRule.wait(policy, ruleInput);
    boolean young = now.isBefore(policy.ageFrom(ruleInput.line()).plus(wait));
    return new Reason(
        Code.AGED,
        (young ? "need not be older than " : "older than ")
            + Durations.words(wait)
            + ", checks clean");
  }

  /// Returns the decisions in force of the latest one's kind, one for each person, oldest first.
  private static List<Decision> approvers(RuleInput ruleInput, Decision latest, Instant now) {
    List<Decision> holding =
        ruleInput.decisions().approvalsAt(now).stream()
            .filter(d -> d.kind() == latest.kind() && d.id().equals(latest.id()))
            .toList();
    return holding.isEmpty()
        ? List.of(latest)
        : holding.subList(Math.max(0, holding.size() - MAX_NAMED), holding.size());
  }

  private static String decided(Decision decision) {
    String expiry = decision.expires() == null ? "" : ", until " + text(decision.expires());
    return "%s on %s%s: %s"
        .formatted(decision.by(), text(decision.at()), expiry, decision.reason());
  }

  /// Returns a time for a person, to the second.
  static String text(@Nullable Instant moment) {
    return moment == null ? "no end" : moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String auditors(AuditVerdict.Fully fully) {
    Set<String> who = new TreeSet<>();
    for (AuditPath path : fully.paths()) {
      path.steps().forEach(s -> who.add(s.peer() == null ? "ourselves" : s.peer()));
    }
    return String.join(", ", who);
  }
}
