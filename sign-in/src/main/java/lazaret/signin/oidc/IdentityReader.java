package lazaret.signin.oidc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.signin.SignedToken;
import lazaret.signin.TokenRefusedException;
import lazaret.vetting.Excerpt;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// A reader of the identity in a verified ID token (OpenID Connect Core 1.0 section 5.1). Values
/// for display are made printable; ids are refused if they are not.
final class IdentityReader {
  private static final int MAX_EMAIL = 254;

  private final String nameClaim;

  /// Creates a reader.
  ///
  /// @param nameClaim the claim with the name of a person in the ledger
  IdentityReader(String nameClaim) {
    this.nameClaim = nameClaim;
  }

  /// Returns the identity.
  ///
  /// @param idToken verified, with a subject, completed by claims of the userinfo endpoint
  /// @throws TokenRefusedException if a claim has another form
  /// @throws SignInRefusedException if the person has no name
  SignedInIdentity identity(SignedToken idToken, List<String> groups, Instant at) {
    String subject = idToken.text("sub").orElseThrow();
    String email = email(idToken);
    String displayName =
        Stream.of("name", "preferred_username")
            .map(idToken::text)
            .flatMap(Optional::stream)
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(email == null ? subject : email);
    return new SignedInIdentity(
        idToken.text("iss").orElseThrow(),
        subject,
        name(idToken),
        Excerpt.of(displayName),
        email,
        groups,
        TokenClaimsCheck.id(idToken, "sid"),
        at);
  }

  private String name(SignedToken idToken) {
    String name = TokenClaimsCheck.id(idToken, nameClaim);
    boolean unverified = nameClaim.equals("email") && isUnverified(idToken);
    if (name == null || unverified) {
      throw new SignInRefusedException(
          SignInRefusalCode.NAME_REFUSED,
          "cannot sign a person in: expected the name in the claim '%s' of the ID token or userinfo, found %s; send it at the provider, or set 'sign-in.name-claim'"
              .formatted(nameClaim, unverified ? "an unverified address" : "none"));
    }
    return name;
  }

  private static boolean isUnverified(SignedToken idToken) {
    Object verified = idToken.claims().get("email_verified");
    return Boolean.FALSE.equals(verified) || "false".equals(verified);
  }

  private static @Nullable String email(SignedToken idToken) {
    String email = idToken.text("email").orElse("");
    return isUnverified(idToken)
            || email.isEmpty()
            || email.length() > MAX_EMAIL
            || !email.codePoints().allMatch(Printable::prints)
        ? null
        : email;
  }
}
