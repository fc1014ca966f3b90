package lazaret.vetting.policy.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.DecisionContext;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.EvidencePolicy;
import lazaret.vetting.policy.EvidencePolicy.Risk;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.UnlistedVerdict;
import lazaret.vetting.policy.UnlistedVersion;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.RuleResult.Effect;
import org.jspecify.annotations.Nullable;

/// The evaluator of a policy. The rules, in order:
///
/// 1. malware, a hostile archive, a person's denial;
/// 2. violations, advisories, bans, licenses;
/// 3. signs of a hijacked crate, and changes and removals upstream;
/// 4. the cooldown and its exceptions;
/// 5. signals of inspection;
/// 6. the hold of a version that was published here;
/// 7. evidence: an approval, an exemption, audits.
///
/// Each rule gives results. A result becomes a note if an override of the policy names it, two
/// persons waived it, or a person's approval covers it. The heaviest remaining result decides. The
/// first one of its weight is the deciding reason; all others follow it. A version that is young
/// *and* has a signal is therefore in review, and not on hold until a day without effect.
///
/// Stateless and thread-safe.
public final class PolicyEvaluator {
  private final Policy policy;

  /// Creates an evaluator for a policy.
  public PolicyEvaluator(Policy policy) {
    this.policy = policy;
  }

  /// Returns the verdict on one version at a time.
  public Verdict evaluate(RuleInput ruleInput, Instant now) {
    List<RuleResult> marks = new ArrayList<>();
    marks.addAll(MandatoryRules.results(ruleInput));
    marks.addAll(AdvisoryRule.results(policy, ruleInput));
    marks.addAll(ManifestRule.results(policy, ruleInput));
    marks.addAll(TakeoverRule.results(policy, ruleInput));
    if (!approved(ruleInput, now) && !spared(ruleInput)) {
      marks.addAll(CooldownRule.results(policy, ruleInput, now));
    }
    marks.addAll(SignalRule.results(policy, ruleInput, now));
    marks.addAll(PublishRule.results(ruleInput));
    marks.addAll(EvidenceRule.results(policy, ruleInput, now));
    return verdict(settled(marks, ruleInput, now), ruleInput, now);
  }

  /// Returns the result for a version that the index does not list, by advisories and decisions
  /// only.
  UnlistedVerdict evaluate(UnlistedVersion unlisted, List<AdvisoryGroup> hits, Instant now) {
    List<RuleResult> marks = MandatoryRules.results(unlisted.decisions(), hits);
    marks.addAll(AdvisoryRule.results(policy.advisories(), hits));
    List<RuleResult> settled = new ArrayList<>();
    for (RuleResult mark : marks) {
      PolicyOverride override = override(mark, unlisted.name(), unlisted.version(), now);
      settled.addAll(override == null ? List.of(mark) : overridden(mark, override));
    }
    return unlisted(settled);
  }

  /// Returns the result for bytes of another registry, by the records that name them.
  static UnlistedVerdict evaluate(List<AdvisoryGroup> named) {
    return unlisted(MandatoryRules.results(VersionDecisions.NONE, named));
  }

  private static UnlistedVerdict unlisted(List<RuleResult> settled) {
    Effect heaviest =
        settled.stream().map(RuleResult::weight).max(Enum::compareTo).orElse(Effect.NOTE);
    List<Reason> reasons =
        limited(
            Stream.concat(
                    settled.stream().filter(m -> m.weight() == heaviest),
                    settled.stream().filter(m -> m.weight() != heaviest))
                .map(RuleResult::reason)
                .toList());
    return switch (heaviest) {
      case FORBID, REFUSE -> new UnlistedVerdict(new Verdict.Deny(reasons), reasons);
      case REVIEW, HOLD -> new UnlistedVerdict(new Verdict.Review(reasons), reasons);
      case NOTE -> new UnlistedVerdict(null, reasons);
    };
  }

  /// Returns whether audits spare the version the cooldown. Signs of a takeover and signals still
  /// apply, since they have precedence over audits.
  private boolean spared(RuleInput ruleInput) {
    return policy.evidence().cooldown() == EvidencePolicy.Cooldown.SKIP
        && EvidenceRule.audited(ruleInput);
  }

  /// Returns the results, in which those that are overridden, waived or approved are notes.
  private List<RuleResult> settled(List<RuleResult> marks, RuleInput ruleInput, Instant now) {
    List<RuleResult> settled = new ArrayList<>();
    List<Decision> approvals = bound(ruleInput, now);
    boolean approved = approved(ruleInput, now);
    List<Decision> counted = approved ? counted(ruleInput, now) : List.of();
    for (RuleResult mark : marks) {
      PolicyOverride override = override(mark, ruleInput.name(), ruleInput.version(), now);
      if (override != null) {
        settled.addAll(overridden(mark, override));
      } else if (mark.weight() == Effect.FORBID) {
        settled.addAll(waived(mark, approvals));
      } else {
        settled.addAll(approved ? approved(mark, approvals, counted) : List.of(mark));
      }
    }
    return settled;
  }

  private static List<RuleResult> overridden(RuleResult mark, PolicyOverride override) {
    return List.of(
        mark.asNote(),
        RuleResult.note(
            Code.OVERRIDDEN,
            "%s set aside by the policy until %s: %s"
                .formatted(override.what(), override.expires(), override.reason())));
  }

  private @Nullable PolicyOverride override(
      RuleResult mark, CrateName name, CrateVersion version, Instant now) {
    if (mark.weight() == Effect.FORBID || mark.weight() == Effect.NOTE) {
      return null;
    }
    return policy.overrides().stream()
        .filter(o -> o.names(mark.keys()) && o.covers(name, version, now))
        .findFirst()
        .orElse(null);
  }

  /// Returns the approvals that are in force now for exactly these bytes.
  private static List<Decision> bound(RuleInput ruleInput, Instant now) {
    return bound(ruleInput, ruleInput.decisions().approvalsAt(now));
  }

  /// Returns the decisions for exactly these bytes that count where two persons must decide.
  private List<Decision> counted(RuleInput ruleInput, Instant now) {
    return bound(ruleInput, policy.evidence().approver().counted(ruleInput.decisions(), now));
  }

  private static List<Decision> bound(RuleInput ruleInput, List<Decision> holding) {
    return holding.isEmpty()
        ? holding
        : holding.stream()
            .filter(d -> d.id().cksum().equals(ruleInput.line().entry().cksum()))
            .toList();
  }

  private static boolean approved(RuleInput ruleInput, Instant now) {
    Decision latest = ruleInput.decisions().latest();
    return latest != null
        && latest.approvesAt(now)
        && latest.id().cksum().equals(ruleInput.line().entry().cksum());
  }

  /// Returns the results for one that always denies. Only waivers of two persons who named it set
  /// it aside.
  private static List<RuleResult> waived(RuleResult mark, List<Decision> approvals) {
    SortedMap<String, String> persons = new TreeMap<>();
    for (Decision approval : approvals) {
      if (approval.waives().stream()
          .anyMatch(w -> mark.keys().stream().anyMatch(w::equalsIgnoreCase))) {
        persons.put(approval.person(), approval.by());
      }
    }
    if (persons.isEmpty() || !mark.reason().code().waivable()) {
      return List.of(mark);
    }
    if (persons.size() == 1) {
      return List.of(
          mark,
          RuleResult.note(
              Code.SECOND_PERSON_NEEDED,
              "%s waived it; a second person must waive it as well"
                  .formatted(persons.values().iterator().next())));
    }
    return List.of(
        mark.asNote(),
        RuleResult.note(Code.WAIVED, "waived by " + String.join(" and ", persons.values())));
  }

  private List<RuleResult> approved(
      RuleResult mark, List<Decision> approvals, List<Decision> counted) {
    if (mark.weight() != Effect.REVIEW && mark.weight() != Effect.HOLD) {
      return List.of(mark);
    }
    List<Decision> covering = approvals.stream().filter(d -> covers(d, mark)).toList();
    if (covering.isEmpty()) {
      return List.of(
          mark,
          RuleResult.note(
              Code.EXEMPTED,
              "%s exempted it before %s was known, which that does not cover"
                  .formatted(approvals.getLast().by(), mark.keys().getFirst())));
    }
    Risk risk = mark.risk();
    List<Decision> persons = counted.stream().filter(d -> covers(d, mark)).toList();
    boolean two = persons.size() > 1;
    if (risk == null || !policy.evidence().secondPerson().contains(risk) || two) {
      return List.of(mark.asNote());
    }
    Decision first = persons.isEmpty() ? covering.getFirst() : persons.getFirst();
    return List.of(
        mark,
        RuleResult.note(
            Code.SECOND_PERSON_NEEDED,
            "%s approved it; for %s the policy wants a second person"
                .formatted(first.by(), risk.name().toLowerCase(Locale.ROOT))));
  }

  /// Returns whether a decision covers a result. An exemption is given without a review, so it
  /// covers only the advisories that were known when it was recorded.
  private static boolean covers(Decision decision, RuleResult mark) {
    DecisionContext context = decision.context();
    return decision.kind() != Decision.Kind.EXEMPT
        || context == null
        || !AdvisoryRule.CODES.contains(mark.reason().code())
        || context.knew(mark.keys());
  }

  /// Of several holds, the longest is first, since its end is reported as the end. Of equal ones,
  /// the cooldown is first, because it is the best known.
  private static final Comparator<RuleResult> LONGEST_HOLD =
      Comparator.comparing(RuleResult::until, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(m -> m.reason().code() == Code.COOLDOWN)
          .reversed();

  private Verdict verdict(List<RuleResult> marks, RuleInput ruleInput, Instant now) {
    Effect heaviest = heaviest(marks);
    List<RuleResult> deciding = new ArrayList<>();
    List<Reason> others = new ArrayList<>();
    for (RuleResult mark : marks) {
      if (mark.weight() == heaviest) {
        deciding.add(mark);
      } else {
        others.add(mark.reason());
      }
    }
    if (heaviest == Effect.HOLD) {
      deciding.sort(LONGEST_HOLD);
    }
    List<Reason> reasons = new ArrayList<>();
    deciding.forEach(m -> reasons.add(m.reason()));
    reasons.addAll(others);
    return switch (heaviest) {
      case FORBID, REFUSE -> {
        // A denied version does not wait.
        reasons.removeIf(r -> CooldownRule.CODES.contains(r.code()));
        yield new Verdict.Deny(limited(reasons));
      }
      case REVIEW -> new Verdict.Review(limited(reasons));
      case HOLD -> new Verdict.Hold(until(marks), limited(reasons));
      case NOTE -> {
        reasons.addFirst(EvidenceRule.served(policy, ruleInput, approved(ruleInput, now), now));
        yield new Verdict.Allow(limited(reasons));
      }
    };
  }

  private static Effect heaviest(List<RuleResult> marks) {
    Effect heaviest = Effect.NOTE;
    for (RuleResult mark : marks) {
      heaviest = mark.weight().compareTo(heaviest) > 0 ? mark.weight() : heaviest;
    }
    return heaviest;
  }

  private static Instant until(List<RuleResult> marks) {
    Instant until = Instant.MIN;
    for (RuleResult mark : marks) {
      Instant end = mark.until();
      if (end != null && end.isAfter(until)) {
        until = end;
      }
    }
    return until;
  }

  /// The maximum number of reasons in a verdict.
  static final int MAX_REASONS = 40;

  private static List<Reason> limited(List<Reason> reasons) {
    return reasons.size() <= 1 ? reasons : reasons.stream().distinct().limit(MAX_REASONS).toList();
  }
}
