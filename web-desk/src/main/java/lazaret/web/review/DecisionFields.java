package lazaret.web.review;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.web.FormFields;

/// The fields of the decision form as a person filled them. A refused form shows them again.
///
/// @param kind `approve`, `deny` or `revoke`; another text is a mistake
/// @param reason the reason
/// @param criteria `safe-to-deploy`, `safe-to-run`, `none`; empty if none is chosen
/// @param ends `never`, `14`, `90` or `day`; another text is a mistake
/// @param day the last day, if `ends` is `day`
/// @param base the base of the difference that was read; empty for the whole version
/// @param evidence a link or text; empty if there is none
public record DecisionFields(
    String kind,
    String reason,
    String criteria,
    String ends,
    String day,
    String base,
    String evidence) {
  /// The criteria that cargo-vet defines, with their meanings.
  ///
  /// Source: the cargo-vet book, *Built-in criteria*.
  static final Map<String, String> MEANINGS = meanings();

  private static final int MAX_REASON = 2_000;
  private static final Set<String> KINDS = Set.of("approve", "deny", "revoke");
  private static final Set<String> ENDS = Set.of("never", "14", "90", "day");

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put(
        "safe-to-deploy",
        "it brings no serious vulnerability into software that meets untrusted input");
    meanings.put(
        "safe-to-run", "it can be compiled, run and tested here without surprising consequences");
    return Map.copyOf(meanings);
  }

  /// Returns the fields of a new form.
  ///
  /// @param base the base that is compared; empty if there is none
  static DecisionFields empty(String kind, String base) {
    return new DecisionFields(kind, "", "", "never", "", base, "");
  }

  /// Reads a form.
  static DecisionFields of(FormFields form) {
    return new DecisionFields(
        form.text("kind").orElse(""),
        form.text("reason").orElse(""),
        form.text("criteria").orElse(""),
        form.text("ends").orElse("never"),
        form.text("day").orElse(""),
        form.text("base").orElse(""),
        form.text("evidence").orElse(""));
  }

  /// Returns the fields with another kind.
  DecisionFields kind(String other) {
    return new DecisionFields(other, reason, criteria, ends, day, base, evidence);
  }

  /// Returns the kind of the decision.
  ///
  /// @throws MalformedException if the form names none
  DecisionInfo.Kind decision() {
    return switch (kind) {
      case "approve" -> DecisionInfo.Kind.APPROVE;
      case "deny" -> DecisionInfo.Kind.DENY;
      case "revoke" -> DecisionInfo.Kind.REVOKE;
      default ->
          throw new MalformedException(
              "cannot read the form: expected approve, deny or revoke, found another kind");
    };
  }

  /// Returns whether the form is an approval.
  boolean approves() {
    return kind.equals("approve");
  }

  /// Returns the criteria of the decision.
  List<String> named() {
    return approves() && MEANINGS.containsKey(criteria) ? List.of(criteria) : List.of();
  }

  /// Returns the end of an approval, or empty if it has none.
  ///
  /// @param now the time of the decision
  Optional<Instant> end(Instant now) {
    if (!approves()) {
      return Optional.empty();
    }
    return switch (ends) {
      case "14" -> Optional.of(now.plus(Duration.ofDays(14)));
      case "90" -> Optional.of(now.plus(Duration.ofDays(90)));
      case "day" -> date().map(date -> date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
      default -> Optional.empty();
    };
  }

  private Optional<LocalDate> date() {
    try {
      return Optional.of(LocalDate.parse(day));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// Returns the mistakes by the name of their field; empty if there are none.
  ///
  /// @param now the time of the decision
  Map<String, String> mistakes(Instant now) {
    Map<String, String> mistakes = new LinkedHashMap<>();
    if (!KINDS.contains(kind)) {
      mistakes.put("kind", "Choose the decision. The form named none.");
    }
    if (reason.isBlank()) {
      mistakes.put(
          "reason", "Write what you looked at. The ledger keeps it, and others rely on it.");
    } else if (reason.length() > MAX_REASON) {
      mistakes.put("reason", "At most 2,000 characters. This reason has more.");
    }
    if (approves() && criteria.isEmpty()) {
      mistakes.put(
          "criteria", "Choose the criteria that the version meets. None is chosen for you.");
    }
    if (approves() && !ENDS.contains(ends)) {
      mistakes.put("ends", "Choose when the approval ends.");
    }
    if (approves() && ends.equals("day")) {
      Optional<Instant> end = end(now);
      if (end.isEmpty()) {
        mistakes.put("day", "Choose a day, such as 2027-01-31.");
      } else if (!end.get().isAfter(now)) {
        mistakes.put("day", "The day is over. Choose a later one.");
      }
    }
    return mistakes;
  }
}
