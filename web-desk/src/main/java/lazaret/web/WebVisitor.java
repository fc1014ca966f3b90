package lazaret.web;

import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;

/// The person whose browser sends a request.
public sealed interface WebVisitor {
  /// Returns the roles.
  RoleGrants roles();

  /// Returns whether the person has a role, at least for some crates.
  default boolean has(DeskRole role) {
    return roles().has(role);
  }

  /// A person who did not sign in.
  ///
  /// @param roles the roles of any visitor: none if the gate requires tokens
  record Anonymous(RoleGrants roles) implements WebVisitor {}

  /// A person who signed in.
  ///
  /// @param name the name in the ledger
  /// @param displayName the name for pages
  /// @param roles the roles
  record SignedIn(String name, String displayName, RoleGrants roles) implements WebVisitor {}
}
