package lazaret.vetting.access.logins;

import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;

/// The roles of logins as texts, in the form of [RoleGrants].
final class LoginRoles {
  private static final int MAX_ROLES = 16;

  private LoginRoles() {}

  /// Checks the roles that a command wants, and returns them without repetition. Without a role, it
  /// wants to read.
  ///
  /// @throws MalformedException if a text is not a role, or if there are too many
  static List<String> wanted(List<String> texts) {
    if (texts.size() > MAX_ROLES) {
      throw new MalformedException(
          "cannot start a login: expected at most %d roles, found %d"
              .formatted(MAX_ROLES, texts.size()));
    }
    return texts.isEmpty()
        ? RoleGrants.of(DeskRole.READER).texts()
        : RoleGrants.parse(texts).texts();
  }

  /// Returns the wanted roles that a person has. For a role that the person lacks, it is a narrower
  /// one that both include.
  ///
  /// @param wanted roles of [#wanted]
  /// @param own the roles of the person
  static List<String> granted(List<String> wanted, RoleGrants own) {
    return RoleGrants.parse(wanted).within(own).texts();
  }
}
