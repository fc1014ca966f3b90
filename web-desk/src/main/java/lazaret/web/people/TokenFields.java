package lazaret.web.people;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.deskapi.tokens.OwnTokenRequest;
import lazaret.vetting.deskapi.tokens.TokenCreateRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.text.Coded;
import lazaret.web.FormFields;
import org.jspecify.annotations.Nullable;

/// The fields of the form of a new token as a person filled them. A refused form shows them again.
///
/// @param name the name of the token
/// @param owner the person in the ledger; empty for the name
/// @param roles the codes of the chosen roles
/// @param crates the patterns of the crates of a reviewer and of scopes; empty for all crates
/// @param days the days after which the token expires; empty for never
public record TokenFields(
    String name, String owner, List<String> roles, String crates, String days) {
  /// The fields of a new form.
  static final TokenFields EMPTY = new TokenFields("", "", List.of(), "", "90");

  private static final int MAX_DAYS = 3_650;

  public TokenFields {
    roles = List.copyOf(roles);
  }

  /// Reads a form.
  static TokenFields of(FormFields form) {
    return new TokenFields(
        form.text("name").orElse(""),
        form.text("owner").orElse(""),
        form.all("role"),
        form.text("crates").orElse(""),
        form.text("days").orElse(""));
  }

  /// Returns whether a role is chosen.
  public boolean has(String role) {
    return roles.contains(role);
  }

  /// Returns the first mistake as a sentence; null if there is none.
  @Nullable String mistake() {
    if (!isLife()) {
      return "Give 1 to 3,650 days, or an empty field for a token without an end.";
    }
    if (!crates.isEmpty() && roles.stream().noneMatch(TokenFields::isLimitable)) {
      return "Crates limit a reviewer and scopes alone. Choose one of them, or empty the field.";
    }
    if (!crates.isEmpty() && has(DeskRole.ADMIN.code())) {
      return "An admin decides on all crates. Leave out the role admin, or empty the field.";
    }
    return null;
  }

  private boolean isLife() {
    return days.isEmpty()
        || (days.matches("[1-9][0-9]{0,3}") && Integer.parseInt(days) <= MAX_DAYS);
  }

  /// Returns the order of a form without a mistake.
  ///
  /// @param now the time at which the token is created
  TokenCreateRequest order(Instant now) {
    return new TokenCreateRequest(
        name,
        owner.isEmpty() ? null : owner,
        List.of(),
        roles.stream().map(this::limited).toList(),
        days.isEmpty() ? null : now.plus(Duration.ofDays(Integer.parseInt(days))));
  }

  /// Returns the order of a person for an own token, of a form without a mistake that has days. The
  /// roles are whole ones of the person, with their crates.
  ///
  /// @param now the time at which the token is created
  OwnTokenRequest own(Instant now) {
    return new OwnTokenRequest(name, roles, now.plus(Duration.ofDays(Integer.parseInt(days))));
  }

  /// Returns a role, for a reviewer and for a scope with the patterns of crates.
  private String limited(String role) {
    return isLimitable(role) && !crates.isEmpty() ? role + ":" + crates : role;
  }

  private static boolean isLimitable(String role) {
    return Coded.find(DeskRole.class, role).filter(DeskRole::isLimitable).isPresent();
  }
}
