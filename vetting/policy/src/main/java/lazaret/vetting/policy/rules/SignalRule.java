package lazaret.vetting.policy.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.policy.EvidencePolicy.Risk;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.SignalPolicy;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import lazaret.vetting.takeover.TakeoverSignal;
import org.jspecify.annotations.Nullable;

/// The rule for signals that inspection found in the bytes.
///
/// Signals hold young versions only: strong ones for 30 days, weak ones for the longer cooldown,
/// which also applies to versions that were not inspected. Otherwise builds would be refused for a
/// property that one good crate in fifty has. An attack with a signal is nearly always found within
/// weeks (`docs/evaluation.md`). An honest crate with a signal, such as an async runtime with
/// networks and processes, has it in every version and would stop every first build. A signal that
/// a feed knows from an attack denies at any age.
final class SignalRule {
  /// The signals that apply at any age. They are content that was not inspected, which others have
  /// probably not inspected either, and an index line that does not match the artifact. The age of
  /// such a line comes from the same upstream.
  private static final Set<SignalCode> AT_ANY_AGE =
      Set.of(SignalCode.NOT_LOOKED_INTO, SignalCode.TOO_SLOW, SignalCode.LINE_MISMATCH);

  private SignalRule() {}

  static List<RuleResult> results(Policy policy, RuleInput ruleInput, Instant now) {
    Findings findings = ruleInput.findings();
    List<RuleResult> marks = new ArrayList<>();
    if (findings == null) {
      return marks;
    }
    NewCapabilities gains = ruleInput.evidence().delta();
    List<Signal> signals = new ArrayList<>(findings.signals());
    if (gains != null) {
      signals.addAll(gains.delta().signals());
    }
    // One result for all places of a code: many results with the same reason would hide the others.
    Map<String, List<Signal>> kinds = new LinkedHashMap<>();
    boolean newCrate = newCrate(ruleInput);
    for (Signal found : signals) {
      Signal signal =
          newCrate && found.code() == SignalCode.UNSTATED_CAPABILITY
              ? found.weighing(SignalWeight.REVIEW)
              : found;
      String kind = signal.code() + " " + signal.weight();
      kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(signal);
    }
    for (List<Signal> places : kinds.values()) {
      Signal first = places.getFirst();
      // A new crate has no users, and its releases have no base for a comparison. A weak signal
      // holds its versions as long as a strong one.
      Duration wait =
          first.weight() == SignalWeight.REVIEW && !newCrate
              ? policy.buildCooldown()
              : SignalPolicy.YOUNG;
      boolean young =
          AT_ANY_AGE.contains(first.code())
              || now.isBefore(policy.ageFrom(ruleInput.line()).plus(wait));
      RuleResult mark = result(policy.signals(), first, detail(places), young);
      if (mark != null) {
        marks.add(mark);
      }
    }
    missingBase(policy, ruleInput, now).ifPresent(marks::add);
    return marks;
  }

  private static boolean newCrate(RuleInput ruleInput) {
    return ruleInput.evidence().takeover().stream()
        .anyMatch(sign -> sign.code() == TakeoverSignal.Code.YOUNG_CRATE);
  }

  /// Returns the result for a version without a comparison. A young one waits, as one that was not
  /// inspected does; after that wait it is served.
  private static Optional<RuleResult> missingBase(Policy policy, RuleInput ruleInput, Instant now) {
    CrateVersion base = ruleInput.evidence().missingBase();
    if (base == null) {
      return Optional.empty();
    }
    Instant until = policy.ageFrom(ruleInput.line()).plus(policy.buildCooldown());
    RuleResult mark =
        RuleResult.note(
            Code.BASE_UNAVAILABLE,
            "not compared with %s, which could not be fetched and inspected yet".formatted(base));
    return Optional.of(now.isBefore(until) ? mark.asHold(until).risking(Risk.SIGNALS) : mark);
  }

  private static @Nullable RuleResult result(
      SignalPolicy rules, Signal signal, String detail, boolean young) {
    String code = signal.code().code();
    PolicyLevel level = level(rules, signal);
    if (level == null) {
      return RuleResult.forbid(Code.MALWARE_SIGNAL, detail).keyed(List.of(code));
    }
    if (level == PolicyLevel.ALLOW) {
      return null;
    }
    // A policy level for a single code applies at any age.
    boolean shown = !young && level == PolicyLevel.REVIEW && !rules.codes().containsKey(code);
    return RuleResult.of(shown ? PolicyLevel.WARN : level, Code.SIGNAL, detail)
        .keyed(List.of(code))
        .risking(Risk.SIGNALS);
  }

  private static String detail(List<Signal> places) {
    int more = places.size() - 1;
    return places.getFirst() + (more == 0 ? "" : " (and " + more + " more like it)");
  }

  /// Returns the policy level of a signal; null if the policy has no influence.
  static @Nullable PolicyLevel level(SignalPolicy rules, Signal signal) {
    String code = signal.code().code();
    return switch (signal.weight()) {
      case BLOCK -> null;
      case HIGH -> rules.codes().getOrDefault(code, rules.high());
      case REVIEW -> rules.codes().getOrDefault(code, rules.review());
      case NOTE -> rules.codes().getOrDefault(code, rules.note());
    };
  }
}
