package lazaret.vetting.policy;

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
import lazaret.vetting.policy.EvidenceRules.Risk;
import lazaret.vetting.policy.Mark.Weight;
import lazaret.vetting.policy.Reason.Code;
import org.jspecify.annotations.Nullable;

/// The evaluator of a policy. The rules, in order:
///
/// 1. malware, a hostile archive, a person's denial;
/// 2. violations, advisories, bans, licenses;
/// 3. signs of a hijacked crate, and changes and removals upstream;
/// 4. the cooldown and its exceptions;
/// 5. signals of inspection;
/// 6. evidence: an approval, an exemption, audits.
///
/// Each rule gives results. A result becomes a note if an override of the policy names it, two
/// persons waived it, or a person's approval covers it. The heaviest remaining result decides. The
/// first one of its weight is the deciding reason; all others follow it. A version that is young
/// *and* has a signal is therefore in review, and not on hold until a day without effect.
///
/// Stateless and thread-safe.
public final class Judge {
  private final Policy policy;

  /// Creates an evaluator for a policy.
  public Judge(Policy policy) {
    this.policy = policy;
  }

  /// Returns the verdict on one version at a time.
  public Verdict judge(Dossier dossier, Instant now) {
    List<Mark> marks = new ArrayList<>();
    marks.addAll(HardRules.marks(dossier));
    marks.addAll(AdvisoryRule.marks(policy, dossier));
    marks.addAll(ManifestRule.marks(policy, dossier));
    marks.addAll(TakeoverRule.marks(policy, dossier));
    if (!approved(dossier, now) && !spared(dossier)) {
      marks.addAll(WaitingRule.marks(policy, dossier, now));
    }
    marks.addAll(SignalRule.marks(policy, dossier, now));
    marks.addAll(EvidenceRule.marks(policy, dossier, now));
    return verdict(settled(marks, dossier, now), dossier, now);
  }

  /// Returns the result for a version that the index does not list, by advisories and decisions
  /// only.
  Unlisted judge(UnlistedVersion unlisted, List<AdvisoryGroup> hits, Instant now) {
    List<Mark> marks = HardRules.marks(unlisted.standing(), hits);
    marks.addAll(AdvisoryRule.marks(policy.advisories(), hits));
    List<Mark> settled = new ArrayList<>();
    for (Mark mark : marks) {
      PolicyOverride override = override(mark, unlisted.name(), unlisted.version(), now);
      settled.addAll(override == null ? List.of(mark) : overridden(mark, override));
    }
    return unlisted(settled);
  }

  /// Returns the result for bytes of another registry, by the records that name them.
  static Unlisted judge(List<AdvisoryGroup> named) {
    return unlisted(HardRules.marks(VersionDecisions.NONE, named));
  }

  private static Unlisted unlisted(List<Mark> settled) {
    Weight heaviest = settled.stream().map(Mark::weight).max(Enum::compareTo).orElse(Weight.NOTE);
    List<Reason> reasons =
        told(
            Stream.concat(
                    settled.stream().filter(m -> m.weight() == heaviest),
                    settled.stream().filter(m -> m.weight() != heaviest))
                .map(Mark::reason)
                .toList());
    return switch (heaviest) {
      case FORBID, REFUSE -> new Unlisted(new Verdict.Deny(reasons), reasons);
      case REVIEW, HOLD -> new Unlisted(new Verdict.Review(reasons), reasons);
      case NOTE -> new Unlisted(null, reasons);
    };
  }

  /// Returns whether audits spare the version the cooldown. Signs of a takeover and signals still
  /// apply, since they have precedence over audits.
  private boolean spared(Dossier dossier) {
    return policy.evidence().cooldown() == EvidenceRules.Cooldown.SKIP
        && EvidenceRule.audited(dossier);
  }

  /// Returns the results, in which those that are overridden, waived or approved are notes.
  private List<Mark> settled(List<Mark> marks, Dossier dossier, Instant now) {
    List<Mark> settled = new ArrayList<>();
    List<Decision> approvals = bound(dossier, now);
    boolean approved = approved(dossier, now);
    for (Mark mark : marks) {
      PolicyOverride override = override(mark, dossier.name(), dossier.version(), now);
      if (override != null) {
        settled.addAll(overridden(mark, override));
      } else if (mark.weight() == Weight.FORBID) {
        settled.addAll(waived(mark, approvals));
      } else {
        settled.addAll(approved ? approved(mark, approvals) : List.of(mark));
      }
    }
    return settled;
  }

  private static List<Mark> overridden(Mark mark, PolicyOverride override) {
    return List.of(
        mark.asNote(),
        Mark.note(
            Code.OVERRIDDEN,
            "%s set aside by the policy until %s: %s"
                .formatted(override.what(), override.expires(), override.reason())));
  }

  private @Nullable PolicyOverride override(
      Mark mark, CrateName name, CrateVersion version, Instant now) {
    if (mark.weight() == Weight.FORBID || mark.weight() == Weight.NOTE) {
      return null;
    }
    return policy.overrides().stream()
        .filter(o -> o.names(mark.keys()) && o.covers(name, version, now))
        .findFirst()
        .orElse(null);
  }

  /// Returns the approvals that are in force now for exactly these bytes.
  private static List<Decision> bound(Dossier dossier, Instant now) {
    List<Decision> holding = dossier.standing().approvalsAt(now);
    return holding.isEmpty()
        ? holding
        : holding.stream()
            .filter(d -> d.id().cksum().equals(dossier.line().entry().cksum()))
            .toList();
  }

  private static boolean approved(Dossier dossier, Instant now) {
    Decision latest = dossier.standing().latest();
    return latest != null
        && latest.approvesAt(now)
        && latest.id().cksum().equals(dossier.line().entry().cksum());
  }

  /// Returns the results for one that always denies. Only waivers of two persons who named it set
  /// it aside.
  private static List<Mark> waived(Mark mark, List<Decision> approvals) {
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
          Mark.note(
              Code.SECOND_PERSON_NEEDED,
              "%s waived it; a second person must waive it as well"
                  .formatted(persons.values().iterator().next())));
    }
    return List.of(
        mark.asNote(),
        Mark.note(Code.WAIVED, "waived by " + String.join(" and ", persons.values())));
  }

  private List<Mark> approved(Mark mark, List<Decision> approvals) {
    if (mark.weight() != Weight.REVIEW && mark.weight() != Weight.HOLD) {
      return List.of(mark);
    }
    List<Decision> covering = approvals.stream().filter(d -> covers(d, mark)).toList();
    if (covering.isEmpty()) {
      return List.of(
          mark,
          Mark.note(
              Code.EXEMPTED,
              "%s exempted it before %s was known, which that does not cover"
                  .formatted(approvals.getLast().by(), mark.keys().getFirst())));
    }
    Risk risk = mark.risk();
    if (risk == null || !policy.evidence().secondPerson().contains(risk) || covering.size() > 1) {
      return List.of(mark.asNote());
    }
    return List.of(
        mark,
        Mark.note(
            Code.SECOND_PERSON_NEEDED,
            "%s approved it; for %s the policy wants a second person"
                .formatted(covering.getFirst().by(), risk.name().toLowerCase(Locale.ROOT))));
  }

  /// Returns whether a decision covers a result. An exemption is given without a review, so it
  /// covers only the advisories that were known when it was recorded.
  private static boolean covers(Decision decision, Mark mark) {
    DecisionContext grounds = decision.context();
    return decision.kind() != Decision.Kind.EXEMPT
        || grounds == null
        || !AdvisoryRule.CODES.contains(mark.reason().code())
        || grounds.knew(mark.keys());
  }

  /// Of several holds, the longest is first, since its end is reported as the end. Of equal ones,
  /// the cooldown is first, because it is the best known.
  private static final Comparator<Mark> LONGEST_HOLD =
      Comparator.comparing(Mark::until, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(m -> m.reason().code() == Code.COOLDOWN)
          .reversed();

  private Verdict verdict(List<Mark> marks, Dossier dossier, Instant now) {
    Weight heaviest = heaviest(marks);
    List<Mark> deciding = new ArrayList<>();
    List<Reason> others = new ArrayList<>();
    for (Mark mark : marks) {
      if (mark.weight() == heaviest) {
        deciding.add(mark);
      } else {
        others.add(mark.reason());
      }
    }
    if (heaviest == Weight.HOLD) {
      deciding.sort(LONGEST_HOLD);
    }
    List<Reason> reasons = new ArrayList<>();
    deciding.forEach(m -> reasons.add(m.reason()));
    reasons.addAll(others);
    return switch (heaviest) {
      case FORBID, REFUSE -> {
        // A denied version does not wait.
        reasons.removeIf(r -> WaitingRule.CODES.contains(r.code()));
        yield new Verdict.Deny(told(reasons));
      }
      case REVIEW -> new Verdict.Review(told(reasons));
      case HOLD -> new Verdict.Hold(until(marks), told(reasons));
      case NOTE -> {
        reasons.addFirst(EvidenceRule.served(policy, dossier, approved(dossier, now), now));
        yield new Verdict.Allow(told(reasons));
      }
    };
  }

  private static Weight heaviest(List<Mark> marks) {
    Weight heaviest = Weight.NOTE;
    for (Mark mark : marks) {
      heaviest = mark.weight().compareTo(heaviest) > 0 ? mark.weight() : heaviest;
    }
    return heaviest;
  }

  private static Instant until(List<Mark> marks) {
    Instant until = Instant.MIN;
    for (Mark mark : marks) {
      Instant end = mark.until();
      if (end != null && end.isAfter(until)) {
        until = end;
      }
    }
    return until;
  }

  /// The maximum number of reasons in a verdict.
  static final int MAX_REASONS = 40;

  private static List<Reason> told(List<Reason> reasons) {
    return reasons.size() <= 1 ? reasons : reasons.stream().distinct().limit(MAX_REASONS).toList();
  }
}
