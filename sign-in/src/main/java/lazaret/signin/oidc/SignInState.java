package lazaret.signin.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.time.Instant;

/// A begun sign-in, until the browser returns from the provider.
///
/// @param state the value that the provider returns (RFC 6749 section 4.1.1)
/// @param nonce the value that the ID token contains (OpenID Connect Core 1.0 section 3.1.2.1)
/// @param verifier the code verifier of PKCE (RFC 7636 section 4.1)
/// @param returnPath the page that the person wanted
/// @param begun the time of the begin
record SignInState(
    State state, Nonce nonce, CodeVerifier verifier, ReturnPath returnPath, Instant begun) {
  /// Returns the time alone: the random values are secrets.
  @Override
  public String toString() {
    return "sign-in begun at " + begun;
  }
}
