package lazaret.signin.oidc;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenClaimsVerifier;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import lazaret.signin.SignedToken;
import lazaret.signin.TokenRefusedException;
import lazaret.vetting.Excerpt;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// The checks of claims that ID tokens and logout tokens share (OpenID Connect Core 1.0 section
/// 3.1.3.7). Verifiers of the library check issuer, audience and expiry by the clock of this
/// server; this class adds the claims `iat` and `azp`, and the forms of times and ids. Thread-safe.
final class TokenClaimsCheck {
  /// The tolerated difference between the clocks of the provider and this server.
  static final Duration SKEW = Duration.ofSeconds(60);

  /// The maximum length of ids of people, sessions and tokens, in characters.
  static final int MAX_ID = 255;

  private final OidcSettings settings;
  private final Clock clock;

  TokenClaimsCheck(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// Checks the claims of an ID token, except its subject.
  ///
  /// The validator of the library for ID tokens does not suffice: it reads the clock of the
  /// machine, and checks neither `azp` nor `nbf`.
  ///
  /// @param nonce the nonce that was sent with the request for authorization
  /// @throws TokenRefusedException if a claim is absent or not the expected one; the message does
  ///   not contain the nonce
  void checkIdToken(SignedToken token, Nonce nonce) {
    JWTClaimsSet exact =
        new JWTClaimsSet.Builder()
            .issuer(settings.issuer().text())
            .claim("nonce", nonce.getValue())
            .build();
    check(
        token,
        new DefaultJWTClaimsVerifier<SecurityContext>(
            Set.of(settings.clientId()), exact, Set.of("sub"), Set.of()) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        });
  }

  /// Checks the claims of a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.6). It
  /// has the event of a logout, the id of a person or session, and no nonce: an ID token must not
  /// end sessions.
  ///
  /// @throws TokenRefusedException if a claim is absent or not the expected one
  void checkLogoutToken(SignedToken token) {
    check(
        token,
        new LogoutTokenClaimsVerifier(
            new Issuer(settings.issuer().text()), new ClientID(settings.clientId())) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        });
  }

  private void check(SignedToken token, DefaultJWTClaimsVerifier<?> verifier) {
    // Before the library: it accepts null as a time, and then checks none.
    time(token, "exp");
    Instant issued = time(token, "iat");
    token.time("nbf");
    verifier.setMaxClockSkew((int) SKEW.toSeconds());
    try {
      verifier.verify(JWTClaimsSet.parse(token.claims()), null);
    } catch (ParseException | BadJWTException e) {
      throw new TokenRefusedException(
          "cannot accept the %s: expected the claims of a token of '%s' for '%s', found the fault '%s'; compare the issuer, the client id and the clock with those of the provider"
              .formatted(
                  token.name(),
                  settings.issuer(),
                  settings.clientId(),
                  Excerpt.of(String.valueOf(e.getMessage()))),
          e);
    }
    Instant now = clock.instant();
    if (issued.isAfter(now.plus(SKEW))) {
      throw token.refused("iat", "at most 60 s after " + now, issued);
    }
    checkAuthorizedParty(token);
  }

  private static Instant time(SignedToken token, String claim) {
    return token.time(claim).orElseThrow(() -> token.refused(claim, "a time", null));
  }

  private void checkAuthorizedParty(SignedToken token) {
    String client = settings.clientId();
    String authorized = token.text("azp").orElse(null);
    List<String> audience = token.texts("aud").orElse(List.of());
    boolean several = audience.stream().anyMatch(one -> !one.equals(client));
    if (authorized == null ? several : !authorized.equals(client)) {
      throw token.refused("azp", "'" + client + "'", authorized);
    }
  }

  /// Checks that the header names no other type of token (RFC 8725 section 3.11).
  ///
  /// @param accepted the accepted types in lower case
  /// @throws TokenRefusedException if the token has another type
  static void checkType(SignedToken token, Set<String> accepted) {
    String type = token.type();
    if (type != null && !accepted.contains(type.toLowerCase(Locale.ROOT))) {
      throw token.refused("typ", "one of " + accepted, type);
    }
  }

  /// Returns an id, or null if the token has none.
  ///
  /// @throws TokenRefusedException if it is empty, has more than 255 characters, or control
  ///   characters
  static @Nullable String id(SignedToken token, String claim) {
    String id = token.text(claim).orElse(null);
    if (id != null
        && (id.isEmpty() || id.length() > MAX_ID || !id.codePoints().allMatch(Printable::prints))) {
      throw token.refused(claim, "1 to 255 printable characters", id);
    }
    return id;
  }
}
