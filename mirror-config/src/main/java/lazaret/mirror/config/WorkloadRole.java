package lazaret.mirror.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lazaret.signin.workload.GrantedRoles;
import lazaret.vetting.roles.CratePattern;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.text.KebabCase;

/// A role that a binding can give to CI jobs. Administration is not among them, nor are changes of
/// owners, which only persons make.
public enum WorkloadRole {
  /// Use of the registry.
  READER(DeskRole.READER),
  /// Use of the registry, and requests for versions.
  REQUESTER(DeskRole.REQUESTER),
  /// Fetching and storing of the versions that lockfiles name.
  PREFETCHER(DeskRole.PREFETCHER),
  /// Work at the desk.
  REVIEWER(DeskRole.REVIEWER),
  /// Publishing of new private crates.
  PUBLISH_NEW(DeskRole.PUBLISH_NEW),
  /// Publishing of versions of private crates.
  PUBLISH_UPDATE(DeskRole.PUBLISH_UPDATE),
  /// Yanks of versions of private crates.
  YANK(DeskRole.YANK);

  private final DeskRole role;

  WorkloadRole(DeskRole role) {
    this.role = role;
  }

  /// Returns the role with a name, or empty if there is none.
  public static Optional<WorkloadRole> named(String name) {
    return KebabCase.parse(WorkloadRole.class, name);
  }

  /// Returns whether patterns of crates limit the role.
  boolean isLimitable() {
    return role.isLimitable();
  }

  /// Returns all names for a message: `reader, requester, prefetcher, reviewer, ...`.
  public static String names() {
    return String.join(", ", Arrays.stream(values()).map(KebabCase::of).toList());
  }

  /// Returns the grants of some of the roles that a binding gives.
  ///
  /// @param roles names of roles among those of `granted`; at least one
  /// @throws IllegalArgumentException if a name is unknown
  public static RoleGrants grants(List<String> roles, GrantedRoles granted) {
    List<RoleGrant> grants = new ArrayList<>();
    for (String name : roles) {
      WorkloadRole role =
          named(name)
              .orElseThrow(
                  () -> new IllegalArgumentException("expected one of the roles " + names()));
      grants.add(
          role.isLimitable()
              ? new RoleGrant(role.role, granted.crates().stream().map(CratePattern::new).toList())
              : RoleGrant.of(role.role));
    }
    return new RoleGrants(grants);
  }
}
