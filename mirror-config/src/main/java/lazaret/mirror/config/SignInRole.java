package lazaret.mirror.config;

import java.util.List;

/// A role that the members of a group have after a sign-in, as the operator wrote it.
///
/// @param group the name of the group as the provider sends it, at most 256 characters; case
///   matters
/// @param role the word of the role in kebab case, for example `reviewer`; it is not interpreted
///   here
/// @param crates the patterns of the crates for which it holds, such as `zstd-*`; empty for all
public record SignInRole(String group, String role, List<String> crates) {
  private static final int MAX_GROUP = 256;
  private static final int MAX_ROLE = 32;
  private static final int MAX_CRATES = 100;
  private static final int MAX_PATTERN = 128;

  /// Copies the list and checks the forms.
  ///
  /// @throws IllegalArgumentException if one is malformed, with the expected form
  public SignInRole {
    crates = List.copyOf(crates);
    require(isText(group, MAX_GROUP), "a group of 1 to 256 characters without control characters");
    require(
        role.length() <= MAX_ROLE && role.matches("[a-z]+(-[a-z]+)*"),
        "a role in small letters, like reviewer");
    require(
        crates.size() <= MAX_CRATES && crates.stream().allMatch(one -> isText(one, MAX_PATTERN)),
        "at most 100 patterns of crates of 1 to 128 characters");
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected);
    }
  }

  private static boolean isText(String text, int max) {
    return !text.isBlank()
        && text.length() <= max
        && text.chars().allMatch(c -> c >= ' ' && c != 0x7f);
  }

  /// Returns whether the role permits the administration of the gate: `admin` for all crates.
  boolean administers() {
    return role.equals("admin") && crates.isEmpty();
  }
}
