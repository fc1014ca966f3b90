package lazaret.signin.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import java.util.Set;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.SignedToken;
import lazaret.signin.SignedTokenVerifier;
import lazaret.signin.TokenRefusedException;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

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
  SignedToken verify(TokenReply reply, Nonce nonce) {
    SignedToken token = signatures.verify(reply.idToken().text(), "ID token");
    TokenClaimsCheck.checkType(token, TYPES);
    claims.checkIdToken(token, nonce);
    if (TokenClaimsCheck.id(token, "sub") == null) {
      throw token.refused("sub", "the id of a person", null);
    }
    checkHash(token, reply.accessToken());
    return token;
  }

  /// Checks that the access token was issued together with the ID token (section 3.1.3.8). The
  /// validator of the library refuses EdDSA, since it does not know the curve.
  private static void checkHash(SignedToken token, @Nullable Secret access) {
    String hash = token.text("at_hash").orElse(null);
    if (hash == null || access == null) {
      return;
    }
    AccessTokenHash expected =
        AccessTokenHash.compute(
            new BearerAccessToken(access.text()),
            JWSAlgorithm.parse(token.algorithm()),
            Curve.Ed25519);
    if (!expected.getValue().equals(hash)) {
      throw token.refused("at_hash", "the digest of the access token", "another");
    }
  }
}
