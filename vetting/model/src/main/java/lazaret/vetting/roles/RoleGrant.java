package lazaret.vetting.roles;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.text.Coded;

/// One role that a person or token has. The role of a reviewer, and the scopes for private crates,
/// can be limited to some crates.
///
/// The text form is the code of the role, and the patterns after a colon, with a space between two:
/// `auditor`, `reviewer:zstd-* serde`.
///
/// @param role the role
/// @param crates the patterns of the crates for which the role permits its own acts; empty for all
///   crates. A pattern of a scope is a name, or has its `*` at the end (RFC 2947 of Rust)
public record RoleGrant(DeskRole role, List<CratePattern> crates) {
  /// The maximum number of patterns.
  public static final int MAX_CRATES = 100;

  /// Copies the list and checks the parts.
  ///
  /// @throws MalformedException if a role has patterns and cannot have them, a scope has a `*`
  ///   before the end, or there are too many
  public RoleGrant {
    crates = List.copyOf(crates);
    if (!crates.isEmpty() && !role.isLimitable()) {
      throw new MalformedException(
          "cannot limit the role %s to crates: expected the role reviewer or a scope"
              .formatted(role.code()));
    }
    if (crates.size() > MAX_CRATES) {
      throw new MalformedException(
          "cannot limit the role %s: expected at most %d crate patterns, found %d"
              .formatted(role.code(), MAX_CRATES, crates.size()));
    }
    for (CratePattern each : crates) {
      int star = each.text().indexOf('*');
      if (role.isScope() && star >= 0 && star < each.text().length() - 1) {
        throw new MalformedException(
            "cannot limit the role %s to '%s': expected a name, or '*' at the end"
                .formatted(role.code(), each.text()));
      }
    }
  }

  /// Returns the grant of a role for all crates.
  public static RoleGrant of(DeskRole role) {
    return new RoleGrant(role, List.of());
  }

  /// Reads the text form.
  ///
  /// @throws MalformedException if the text has another form
  public static RoleGrant parse(String text) {
    int colon = text.indexOf(':');
    String code = (colon < 0 ? text : text.substring(0, colon)).strip();
    DeskRole role =
        Coded.find(DeskRole.class, code)
            .orElseThrow(
                () ->
                    new MalformedException(
                        "cannot read the role '%s': expected %s"
                            .formatted(Excerpt.of(code), codes())));
    if (colon < 0) {
      return of(role);
    }
    List<CratePattern> crates =
        Arrays.stream(text.substring(colon + 1).strip().split("[ ,]+", MAX_CRATES + 2))
            .map(CratePattern::new)
            .toList();
    return new RoleGrant(role, crates);
  }

  private static String codes() {
    return Arrays.stream(DeskRole.values())
        .map(DeskRole::code)
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  /// Returns whether this grant permits decisions on a crate.
  public boolean reviews(CrateName name) {
    return permits(DeskRole.REVIEWER, name);
  }

  /// Returns whether this grant permits the acts of a role on a crate. Patterns limit the acts of
  /// the granted role alone, not those of the roles that it includes.
  public boolean permits(DeskRole wanted, CrateName name) {
    return role.includes(wanted)
        && (role != wanted
            || crates.isEmpty()
            || crates.stream().anyMatch(each -> each.matches(name)));
  }

  /// Returns the text form.
  @Override
  public String toString() {
    return crates.isEmpty()
        ? role.code()
        : crates.stream()
            .map(CratePattern::text)
            .collect(Collectors.joining(" ", role.code() + ":", ""));
  }
}
