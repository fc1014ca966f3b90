package lazaret.signin.oidc;

import java.util.Set;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.SignedToken;
import lazaret.signin.SignedTokenVerifier;
import lazaret.signin.TokenRefusedException;
import lazaret.vetting.Secret;

/// A verifier of ID tokens from the token endpoint (OpenID Connect Core 1.0 section 3.1.3.7).
/// Thread-safe; blocks while keys are fetched.
final class IdTokenVerifier {
  private static final Set<String> TYPES = Set.of("jwt");

  private final SignedTokenVerifier signatures;
  private final TokenClaimsCheck claims;

  IdTokenVerifier(SignedTokenVerifier signatures, TokenClaimsCheck claims) {
    this.signatures = signatures;
    this.claims = claims;
  }

  /// Verifies the ID token of a reply.
  ///
  /// @param nonce the nonce that was sent with the request for authorization
  /// @throws TokenRefusedException if form, signature or a claim is not the expected one
  /// @throws IssuerUnavailableException if the keys of the issuer are unknown
  SignedToken verify(TokenReply reply, Secret nonce) {
    SignedToken token = signatures.verify(reply.idToken().text(), "ID token");
    TokenClaimsCheck.checkType(token, TYPES);
    claims.check(token);
    if (TokenClaimsCheck.id(token, "sub") == null) {
      throw token.refused("sub", "the id of a person", null);
    }
    String found = token.text("nonce").orElse("");
    if (!SignInStates.isEqual(nonce.text(), found)) {
      // Neither value is shown: a log of them would help to replay a token.
      throw token.refused("nonce", "the one of this sign-in", found.isEmpty() ? null : "another");
    }
    String hash = token.text("at_hash").orElse(null);
    Secret access = reply.accessToken();
    if (hash != null
        && access != null
        && !SignInStates.isEqual(AccessTokenHash.of(access.text(), token.algorithm()), hash)) {
      throw token.refused("at_hash", "the digest of the access token", "another");
    }
    return token;
  }
}
