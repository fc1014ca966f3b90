package lazaret.vetting.access;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.MalformedException;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.roles.RoleGrants;

/// The roles that the groups of an identity provider give to their members.
///
/// @param issuer the address of the identity provider
/// @param entries the entries; a person has the roles of all that match
public record RoleMapping(String issuer, List<Entry> entries) {
  /// The role of one group.
  ///
  /// @param group the name of the group as the provider sends it; case matters
  /// @param grant the role
  public record Entry(String group, RoleGrant grant) {}

  /// Copies the list and checks that the mapping permits administration.
  ///
  /// @throws MalformedException if no group has the role of an administrator
  public RoleMapping {
    entries = List.copyOf(entries);
    if (entries.stream().noneMatch(each -> each.grant().role() == DeskRole.ADMIN)) {
      throw new MalformedException(
          "cannot use the roles of [sign-in]: expected a group with the role admin, found none;"
              + " add one, since only an administrator can administer the gate");
    }
  }

  /// Returns the roles of a person.
  ///
  /// @param source the address of the identity provider that sent the groups
  /// @param groups the groups of the person
  /// @return [RoleGrants#NONE] if no group has a role, or another provider sent them
  public RoleGrants rolesOf(String source, Collection<String> groups) {
    if (!source.equals(issuer)) {
      return RoleGrants.NONE;
    }
    Set<String> members = new HashSet<>(groups);
    return new RoleGrants(
        entries.stream()
            .filter(each -> members.contains(each.group()))
            .map(Entry::grant)
            .distinct()
            .limit(RoleGrants.MAX_GRANTS)
            .toList());
  }
}
