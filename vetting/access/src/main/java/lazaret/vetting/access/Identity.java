package lazaret.vetting.access;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// A person as an identity provider attests it. The transport has verified the signature.
///
/// @param issuer the address of the provider, at most 255 characters
/// @param subject the unique id of the person at the provider, at most 255 characters
/// @param name the name of the person in the ledger: 1 to 64 letters, digits, `.`, `_`, `:`, `@`,
///   `+` or `-`, the first one a letter or digit
/// @param displayName the name for pages, at most 200 characters
/// @param email the address for messages; null if the provider sent none
/// @param groups the groups of the person, at most 1,000
/// @param providerSession the id of the session at the provider; null if the provider sent none
public record Identity(
    String issuer,
    String subject,
    String name,
    String displayName,
    @Nullable String email,
    List<String> groups,
    @Nullable String providerSession) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@+-]{0,63}");
  private static final int MAX_ID = 255;
  private static final int MAX_DISPLAYED = 200;
  private static final int MAX_GROUPS = 1_000;

  /// Checks the forms.
  ///
  /// @throws MalformedException if a part does not have its form
  public Identity {
    groups = List.copyOf(groups);
    if (isReserved(name)) {
      throw new MalformedException(
          "cannot sign in '%s': expected the name of a person, found one that the gate uses itself; change the claim of the name in [sign-in]"
              .formatted(Excerpt.of(name)));
    }
    if (!NAME.matcher(name).matches()) {
      throw new MalformedException(
          "cannot sign in '%s': expected a name of 1 to 64 letters, digits, '.', '_', ':', '@', '+' or '-'; change the claim of the name in [sign-in]"
              .formatted(Excerpt.of(name)));
    }
    if (issuer.length() > MAX_ID || subject.isEmpty() || subject.length() > MAX_ID) {
      throw new MalformedException(
          "cannot sign in '%s': expected an issuer and a subject of at most %d characters"
              .formatted(name, MAX_ID));
    }
    if (displayName.length() > MAX_DISPLAYED || (email != null && email.length() > MAX_ID)) {
      throw new MalformedException(
          "cannot sign in '%s': expected a display name of at most %d characters"
              .formatted(name, MAX_DISPLAYED));
    }
    if (groups.size() > MAX_GROUPS) {
      throw new MalformedException(
          "cannot sign in '%s': expected at most %d groups, found %d"
              .formatted(name, MAX_GROUPS, groups.size()));
    }
  }

  /// Returns this identity with another name.
  ///
  /// @throws MalformedException if the name does not have its form
  Identity withName(String other) {
    return new Identity(issuer, subject, other, displayName, email, groups, providerSession);
  }

  /// Returns whether the ledger uses a name, in any case, for something else than a person.
  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("admin")
        || lower.equals("gate")
        || lower.startsWith("local:")
        || lower.startsWith("ci:")
        // The forms of owners of private crates.
        || lower.startsWith("group:")
        || lower.startsWith("person:");
  }
}
