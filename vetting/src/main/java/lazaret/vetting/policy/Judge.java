package lazaret.vetting.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.vetting.advisory.AdvisoryHit;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Grounds;
import lazaret.vetting.ledger.Standing;
import lazaret.vetting.policy.EvidenceRules.Risk;
import lazaret.vetting.policy.Mark.Weight;
import lazaret.vetting.policy.Reason.Code;
import org.jspecify.annotations.Nullable;

/// The rules, in order:
///
/// 1. malware, a hostile archive, a person's denial;
/// 2. violations, advisories, bans, licences;
/// 3. signs of a taken-over crate, and what upstream changed or dropped;
/// 4. the cooldown, and who skips it;
/// 5. signals of inspection;
/// 6. evidence: an approval, an exemption, audits.
///
/// Each rule leaves marks. What an override of the policy names, or two persons waived, becomes a
/// note; what a person's approval covers does too. The heaviest mark that is left decides, the
/// first of its weight is the deciding reason, and all others stand behind it: a version that is
/// young *and* carries a signal is held for review, not until a day on which nothing would happen.
///
/// Stateless and thread-safe.
public final class Judge {
  private final Policy policy;

  /// Creates a judge for a policy.
  public Judge(Policy policy) {
    this.policy = policy;
  }

  /// Judges one version at a moment.
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

  /// Judges a version that the index does not list, by advisories and decisions alone.
  Unlisted judge(UnlistedVersion unlisted, List<AdvisoryHit> hits, Instant now) {
    List<Mark> marks = HardRules.marks(unlisted.standing(), hits);
    marks.addAll(AdvisoryRule.marks(policy.advisories(), hits));
    List<Mark> settled = new ArrayList<>();
    for (Mark mark : marks) {
      PolicyOverride override = override(mark, unlisted.name(), unlisted.version(), now);
      settled.addAll(override == null ? List.of(mark) : overridden(mark, override));
    }
    return unlisted(settled);
  }

  /// Judges bytes of another registry by the records that name them.
  static Unlisted judge(List<AdvisoryHit> named) {
    return unlisted(HardRules.marks(Standing.NONE, named));
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

  /// Signs of a takeover and signals are looked at all the same: they outrank trust.
  private boolean spared(Dossier dossier) {
    return policy.evidence().cooldown() == EvidenceRules.Cooldown.SKIP
        && EvidenceRule.audited(dossier);
  }

  /// Turns into notes what is overridden, waived or approved.
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

  /// The approvals that hold now and are of these very bytes.
  private static List<Decision> bound(Dossier dossier, Instant now) {
    List<Decision> holding = dossier.standing().holdingAt(now);
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

  /// What denies always is set aside by two persons who both named it, and by nothing else.
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

  /// Whoever exempts has not looked, so that an exemption covers the advisories that were known
  /// when it was written and no others.
  private static boolean covers(Decision decision, Mark mark) {
    Grounds grounds = decision.grounds();
    return decision.kind() != Decision.Kind.EXEMPT
        || grounds == null
        || !AdvisoryRule.CODES.contains(mark.reason().code())
        || grounds.knew(mark.keys());
  }

  /// Of several holds the longest is told as the reason, since its end is told as the end; of
  /// equals the cooldown, which everybody knows.
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
        // Who is refused for good does not wait.
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

  /// The longest list of reasons that is told.
  static final int MAX_REASONS = 40;

  private static List<Reason> told(List<Reason> reasons) {
    return reasons.size() <= 1 ? reasons : reasons.stream().distinct().limit(MAX_REASONS).toList();
  }
}
