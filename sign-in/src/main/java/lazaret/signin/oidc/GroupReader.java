package lazaret.signin.oidc;

import java.util.List;
import lazaret.signin.SignedToken;
import lazaret.vetting.Excerpt;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// A reader of the claim with the groups of a person: a text or a list of texts.
final class GroupReader {
  /// The maximum number of groups of a person.
  static final int MAX_GROUPS = 1_000;

  /// The maximum length of the name of a group, in characters.
  static final int MAX_NAME = 256;

  /// The maximum length of all names together, in characters, since each session has them.
  private static final int MAX_TOTAL = 64 << 10;

  private GroupReader() {}

  /// Returns the groups, in the order of the provider; empty if the claim is absent.
  ///
  /// @param claims the verified claims of the person
  /// @param claim the name of the claim
  /// @throws SignInRefusedException if the groups have another form, or are too many or too long
  static List<String> groups(SignedToken claims, String claim) {
    List<?> found =
        switch (claims.claims().get(claim)) {
          case null -> List.of();
          case String text -> List.of(text);
          case List<?> list -> list;
          default -> throw refused("a string or a list of strings", "another form");
        };
    if (found.size() > MAX_GROUPS) {
      throw refused("at most " + MAX_GROUPS, found.size() + "");
    }
    List<String> names = found.stream().map(GroupReader::checkedName).toList();
    int total = names.stream().mapToInt(String::length).sum();
    if (total > MAX_TOTAL) {
      throw refused("at most " + MAX_TOTAL + " characters together", total + "");
    }
    return names;
  }

  private static String checkedName(@Nullable Object one) {
    if (!(one instanceof String name)
        || name.isEmpty()
        || name.length() > MAX_NAME
        || !name.codePoints().allMatch(Printable::prints)) {
      throw refused(
          "names of 1 to " + MAX_NAME + " printable characters",
          "'" + Excerpt.of(String.valueOf(one)) + "'");
    }
    return name;
  }

  private static SignInRefusedException refused(String expected, String found) {
    return new SignInRefusedException(
        SignInRefusalCode.GROUPS_REFUSED,
        "cannot accept the groups of a person: expected "
            + expected
            + ", found "
            + found
            + "; limit the groups that the provider sends to this client");
  }
}
