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

  private IdentityReader() {}

  /// Returns the identity.
  ///
  /// @param idToken verified, with a subject
  /// @throws TokenRefusedException if a claim has another form
  static SignedInIdentity identity(SignedToken idToken, List<String> groups, Instant at) {
    String subject = idToken.text("sub").orElseThrow();
    String email = email(idToken);
    String name =
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
        Excerpt.of(name),
        email,
        groups,
        TokenClaimsCheck.id(idToken, "sid"),
        at);
  }

  private static @Nullable String email(SignedToken idToken) {
    String email = idToken.text("email").orElse("");
    Object verified = idToken.claims().get("email_verified");
    boolean refuted = Boolean.FALSE.equals(verified) || "false".equals(verified);
    return refuted
            || email.isEmpty()
            || email.length() > MAX_EMAIL
            || !email.codePoints().allMatch(Printable::prints)
        ? null
        : email;
  }
}
