package lazaret.sbom;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.deskapi.crates.ContextInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.text.Coded;

/// A statement on whether a version is affected by an advisory that names it.
///
/// A reader of the document hides what is `not_affected`. Only a person who named the advisory
/// states that; an approval without its name accepts the risk.
///
/// Source: CycloneDX 1.6, `vulnerability.analysis`.
///
/// @param state the state
/// @param responses the responses, in the words of CycloneDX
/// @param detail the cause of the state in one sentence
record VexStatement(State state, List<String> responses, String detail) {
  /// The codes of reasons about advisories. Their texts begin with the id.
  private static final Set<String> ADVISORIES =
      Set.of("malware", "vulnerable", "unsound", "unmaintained", "advisory-notice");

  private static final Set<String> REFUSED_BY_A_PERSON = Set.of("denied", "revoked");

  /// The states that this program states.
  enum State implements Coded {
    /// The version is refused because of the advisory, or a person accepted the risk.
    EXPLOITABLE("exploitable"),
    /// No person has decided on the advisory.
    IN_TRIAGE("in_triage"),
    /// A person named the advisory and set it aside.
    NOT_AFFECTED("not_affected");

    private final String code;

    State(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }
  }

  VexStatement {
    responses = List.copyOf(responses);
  }

  /// Returns whether a reason is about an advisory.
  static boolean isAdvisory(ReasonInfo reason) {
    return ADVISORIES.contains(reason.code());
  }

  /// Returns the id at the beginning of a reason about an advisory: `RUSTSEC-2026-0001, high: ...`.
  static String id(ReasonInfo reason) {
    String first = reason.detail().split("\\s", 2)[0];
    return first.replaceAll("[,:]+$", "");
  }

  /// Returns the statement.
  ///
  /// @param subject the package, with a reason about the advisory at `index`
  /// @param ids the ids of the advisory
  /// @param decisions the decisions on the version, the oldest first
  static VexStatement of(
      SbomPackage subject, int index, Set<String> ids, List<DecisionInfo> decisions) {
    List<ReasonInfo> reasons = subject.reasons();
    ReasonInfo after = index + 1 < reasons.size() ? reasons.get(index + 1) : null;
    String next = after == null ? "" : after.code();
    if (after != null && next.equals("waived")) {
      return notAffected(after.detail());
    }
    ReasonInfo reason = reasons.get(index);
    if (subject.passes()) {
      return reasons.stream()
          .filter(each -> overrides(each, reason, ids))
          .findFirst()
          .or(() -> Optional.ofNullable(after).filter(VexStatement::isOverride))
          .map(override -> accepted(override.detail()))
          .orElseGet(() -> served(subject, ids, decisions));
    }
    boolean refuses =
        reason.code().equals("malware")
            || REFUSED_BY_A_PERSON.contains(subject.code())
            || (subject.status().equals("withheld")
                && reason.code().equals(subject.code())
                && reasons.subList(0, index + 1).stream().allMatch(VexStatement::isAdvisory));
    return refuses
        ? new VexStatement(
            State.EXPLOITABLE,
            subject.replacement() == null ? List.of() : List.of("update"),
            "the version is refused: " + subject.code())
        : triage("the version is not served for another reason");
  }

  private static boolean isOverride(ReasonInfo reason) {
    return reason.code().equals("overridden");
  }

  /// Returns whether an override of the policy sets an advisory aside by one of its names. It
  /// follows the advisory, but of several that one override sets aside, only the first.
  private static boolean overrides(ReasonInfo override, ReasonInfo advisory, Set<String> ids) {
    String detail = override.detail().toLowerCase(Locale.ROOT);
    return isOverride(override)
        && Stream.concat(Stream.of(advisory.code()), ids.stream())
            .anyMatch(name -> detail.startsWith(name.toLowerCase(Locale.ROOT) + " set aside"));
  }

  private static VexStatement served(
      SbomPackage subject, Set<String> ids, List<DecisionInfo> decisions) {
    DecisionInfo latest = decisions.isEmpty() ? null : decisions.getLast();
    return switch (subject.code()) {
      case "approved", "exempted" -> {
        if (latest == null) {
          yield triage("a person decided on the version, the decision is not known");
        }
        if (names(ids, latest.waives())) {
          yield notAffected(text(latest));
        }
        if (latest.kind() == DecisionInfo.Kind.EXEMPT) {
          yield triage("served without a review: " + text(latest));
        }
        ContextInfo context = latest.context();
        yield context != null && names(ids, context.advisories())
            ? accepted(text(latest))
            : triage("approved before the advisory was known: " + text(latest));
      }
      default -> triage("served with a warning, no decision names the advisory");
    };
  }

  private static boolean names(Set<String> ids, List<String> named) {
    return named.stream().anyMatch(name -> ids.stream().anyMatch(name::equalsIgnoreCase));
  }

  private static VexStatement notAffected(String detail) {
    return new VexStatement(State.NOT_AFFECTED, List.of(), detail);
  }

  private static VexStatement accepted(String detail) {
    return new VexStatement(State.EXPLOITABLE, List.of("will_not_fix"), detail);
  }

  private static VexStatement triage(String detail) {
    return new VexStatement(State.IN_TRIAGE, List.of(), detail);
  }

  private static String text(DecisionInfo decision) {
    String kind =
        switch (decision.kind()) {
          case APPROVE -> "approved";
          case EXEMPT -> "exempted";
          case DENY -> "denied";
          case REVOKE -> "revoked";
        };
    String end = decision.expires() == null ? "" : " until " + decision.expires();
    return "%s by %s%s: %s".formatted(kind, decision.by(), end, decision.reason());
  }
}
