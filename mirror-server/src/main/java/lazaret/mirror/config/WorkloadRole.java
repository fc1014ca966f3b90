package lazaret.mirror.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.signin.workload.GrantedRoles;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.text.KebabCase;

/// A role that a binding can give to CI jobs. This is the only place that maps their names to the
/// scopes of tokens. Administration is not among them.
public enum WorkloadRole {
  /// Use of the registry.
  READER(Token.Scope.READ),
  /// Use of the registry, and requests for versions.
  REQUESTER(Token.Scope.READ),
  /// Fetching and storing of the versions that lockfiles name.
  PREFETCHER(Token.Scope.PREFETCH),
  /// Work at the desk.
  REVIEWER(Token.Scope.REVIEW);

  private final Token.Scope scope;

  WorkloadRole(Token.Scope scope) {
    this.scope = scope;
  }

  /// Returns the role with a name, or empty if there is none.
  public static Optional<WorkloadRole> named(String name) {
    return KebabCase.parse(WorkloadRole.class, name);
  }

  /// Returns all names for a message: `reader, requester, prefetcher, reviewer`.
  public static String names() {
    return String.join(", ", Arrays.stream(values()).map(KebabCase::of).toList());
  }

  /// Returns the scopes for some of the roles that a binding grants.
  ///
  /// A scope cannot be limited to crates. A reviewer for some crates therefore gets the scope to
  /// read.
  ///
  /// @param roles names of roles among those of `granted`; at least one
  /// @throws IllegalArgumentException if a name is unknown
  public static Set<Token.Scope> scopes(List<String> roles, GrantedRoles granted) {
    Set<Token.Scope> scopes = EnumSet.noneOf(Token.Scope.class);
    for (String name : roles) {
      WorkloadRole role =
          named(name)
              .orElseThrow(
                  () -> new IllegalArgumentException("expected one of the roles " + names()));
      boolean limited = role == REVIEWER && !granted.crates().isEmpty();
      scopes.add(limited ? Token.Scope.READ : role.scope);
    }
    return scopes;
  }
}
