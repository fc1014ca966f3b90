package lazaret.signin.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.SignedToken;
import lazaret.signin.SignedTokenVerifier;
import lazaret.signin.TokenRefusedException;

/// A verifier of logout tokens, which a provider sends when a person signs out elsewhere (OpenID
/// Connect Back-Channel Logout 1.0 section 2.6). Thread-safe; blocks while keys are fetched.
public final class LogoutTokenVerifier {
  private static final Set<String> TYPES = Set.of("logout+jwt", "application/logout+jwt", "jwt");

  /// The maximum lifetime of a token: its id is kept until it expires.
  private static final Duration MAX_LIFETIME = Duration.ofHours(24);

  private final SignedTokenVerifier signatures;
  private final TokenClaimsCheck claims;
  private final LogoutTokenIds used;

  LogoutTokenVerifier(
      SignedTokenVerifier signatures, TokenClaimsCheck claims, LogoutTokenIds used) {
    this.signatures = signatures;
    this.claims = claims;
    this.used = used;
  }

  /// Verifies a token and ends the sessions that it names. Its id is used up after that, so that
  /// the provider can repeat a token whose sessions could not be ended. Two simultaneous requests
  /// with one token end the same sessions.
  ///
  /// @param text the parameter `logout_token` of the form that the provider sent; foreign
  /// @param end ends the sessions; an exception passes through
  public LogoutResult verify(String text, Consumer<LogoutResult.Ending> end) {
    try {
      return verified(signatures.verify(text, "logout token"), end);
    } catch (TokenRefusedException e) {
      return new LogoutResult.Refused(String.valueOf(e.getMessage()));
    } catch (IssuerUnavailableException e) {
      return new LogoutResult.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private LogoutResult verified(SignedToken token, Consumer<LogoutResult.Ending> end) {
    TokenClaimsCheck.checkType(token, TYPES);
    claims.checkLogoutToken(token);
    String subject = TokenClaimsCheck.id(token, "sub");
    String sid = TokenClaimsCheck.id(token, "sid");
    String issuer = token.text("iss").orElseThrow();
    String id = TokenClaimsCheck.id(token, "jti");
    if (id == null) {
      throw token.refused("jti", "the id of the token", null);
    }
    Instant until = expiry(token);
    if (used.isUsed(issuer, id)) {
      throw token.refused("jti", "an id that was not used before", id);
    }
    LogoutResult.Ending ending = new LogoutResult.Ending(issuer, subject, sid);
    end.accept(ending);
    boolean _ = used.use(issuer, id, until);
    return ending;
  }

  /// Returns the time from which a token is expired in any case.
  private static Instant expiry(SignedToken token) {
    Instant issued = token.time("iat").orElseThrow();
    Instant expires = token.time("exp").orElseThrow();
    if (expires.isAfter(issued.plus(MAX_LIFETIME))) {
      throw token.refused("exp", "at most 24 h after 'iat'", expires);
    }
    return expires.plus(TokenClaimsCheck.SKEW);
  }
}
