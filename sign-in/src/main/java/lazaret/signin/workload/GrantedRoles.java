package lazaret.signin.workload;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The roles that a CI job gets, with the life of its token.
///
/// @param roles the names of roles, at least one and each once, such as `reader`; never `admin`
/// @param crates the crates to which the roles are limited: names, or the beginning of names with a
///   `*` at its end; empty if there is no limit
/// @param life the life of the issued token: 1 minute to [#MAX_LIFE]
/// @param owners the owners of crates that the job creates, as `group:NAME` or `person:NAME`; empty
///   if it creates none
public record GrantedRoles(
    List<String> roles, List<String> crates, Duration life, List<String> owners) {
  /// The default life of an issued token.
  public static final Duration DEFAULT_LIFE = Duration.ofMinutes(30);

  /// The longest life of an issued token.
  public static final Duration MAX_LIFE = Duration.ofHours(24);

  private static final Duration MIN_LIFE = Duration.ofMinutes(1);
  private static final String ADMIN = "admin";
  private static final int MAX_ROLES = 16;
  private static final int MAX_CRATES = 100;
  private static final Pattern ROLE = Pattern.compile("[a-z][a-z-]{0,31}");
  private static final Pattern CRATE = Pattern.compile("[A-Za-z0-9_-]{1,64}\\*?");
  private static final int MAX_OWNERS = 20;
  private static final Pattern OWNER = Pattern.compile("(person|group):[^\\p{Cntrl}]{1,256}");

  /// Creates the roles of a job that creates no private crates.
  public GrantedRoles(List<String> roles, List<String> crates, Duration life) {
    this(roles, crates, life, List.of());
  }

  /// Checks all components.
  ///
  /// @throws IllegalArgumentException if a component does not have its form
  public GrantedRoles {
    roles = List.copyOf(roles);
    crates = List.copyOf(crates);
    owners = List.copyOf(owners);
    if (roles.isEmpty() || roles.size() > MAX_ROLES) {
      throw new IllegalArgumentException("expected 1 to 16 roles, found " + roles.size());
    }
    for (String role : roles) {
      if (role.equals(ADMIN)) {
        throw new IllegalArgumentException("expected roles other than admin for a CI job");
      }
      if (!ROLE.matcher(role).matches() || roles.indexOf(role) != roles.lastIndexOf(role)) {
        throw new IllegalArgumentException("expected names of roles, each once");
      }
    }
    if (crates.size() > MAX_CRATES) {
      throw new IllegalArgumentException("expected at most 100 crates, found " + crates.size());
    }
    if (!crates.stream().allMatch(crate -> CRATE.matcher(crate).matches())) {
      throw new IllegalArgumentException("expected names of crates, or like acme-*");
    }
    if (owners.size() > MAX_OWNERS
        || !owners.stream().allMatch(owner -> OWNER.matcher(owner).matches())) {
      throw new IllegalArgumentException(
          "expected at most 20 owners like group:platform or person:ada");
    }
    if (life.compareTo(MIN_LIFE) < 0 || life.compareTo(MAX_LIFE) > 0) {
      throw new IllegalArgumentException("expected a life of 1 minute to 24 hours");
    }
  }
}
