package lazaret.vetting.access.logins;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.text.KebabCase;

/// The roles of logins as texts. This class alone knows the permissions of tokens.
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
    return texts.isEmpty() ? texts(Set.of(Token.Scope.READ)) : texts(parsed(texts));
  }

  /// Returns the wanted roles that a person has. For a role that the person lacks, it is the widest
  /// narrower one.
  ///
  /// @param wanted roles of [#wanted]
  /// @param own the roles of the person
  static List<String> granted(List<String> wanted, List<String> own) {
    if (own.isEmpty()) {
      return List.of();
    }
    Token.Scope most = Collections.max(parsed(own));
    Set<Token.Scope> granted = EnumSet.noneOf(Token.Scope.class);
    for (Token.Scope each : parsed(wanted)) {
      granted.add(each.compareTo(most) <= 0 ? each : most);
    }
    return texts(granted);
  }

  /// Returns the permissions of a token.
  ///
  /// @param roles roles of [#granted]
  static Set<Token.Scope> permissions(List<String> roles) {
    return parsed(roles);
  }

  /// Returns the roles of a token as texts, from narrow to wide.
  static List<String> of(Token token) {
    return texts(token.scopes());
  }

  private static List<String> texts(Set<Token.Scope> scopes) {
    return scopes.stream().sorted().map(KebabCase::of).toList();
  }

  private static Set<Token.Scope> parsed(List<String> texts) {
    return texts.stream()
        .map(LoginRoles::parsed)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Token.Scope.class)));
  }

  private static Token.Scope parsed(String text) {
    return KebabCase.parse(Token.Scope.class, text.strip().toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new MalformedException(
                    "cannot start a login: expected the role %s, found '%s'"
                        .formatted(
                            Arrays.stream(Token.Scope.values())
                                .map(KebabCase::of)
                                .collect(Collectors.joining(" or ")),
                            Excerpt.of(text))));
  }
}
