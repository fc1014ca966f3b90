package lazaret.signin.workload;

import java.util.regex.Pattern;

/// A rule that gives roles to the CI jobs whose claims meet its requirements.
///
/// @param name the name: 1 to 40 lower-case letters, digits, `.` or `-`, beginning with a letter or
///   digit; unique in its issuer
/// @param requirements the requirements, all of which a job must meet
/// @param granted the roles
public record WorkloadBinding(String name, ClaimRequirements requirements, GrantedRoles granted) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,39}");

  /// Checks the name.
  ///
  /// @throws IllegalArgumentException if the name does not have its form
  public WorkloadBinding {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected a name of 1 to 40 lower-case letters, digits, '.' or '-'");
    }
  }
}
