package lazaret.signin.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import lazaret.vetting.Secret;

/// A begun sign-in, until the browser returns from the provider.
///
/// @param state the value that the provider returns (RFC 6749 section 4.1.1)
/// @param nonce the value that the ID token contains (OpenID Connect Core 1.0 section 3.1.2.1)
/// @param verifier the code verifier of PKCE (RFC 7636 section 4.1)
/// @param returnPath the page that the person wanted
/// @param begun the time of the begin
record SignInState(
    State state, Nonce nonce, CodeVerifier verifier, ReturnPath returnPath, Instant begun) {
  /// Returns whether a value is the state of this sign-in, in a time that does not depend on the
  /// position of a difference.
  boolean isOf(State found) {
    return MessageDigest.isEqual(
        state.getValue().getBytes(StandardCharsets.UTF_8),
        found.getValue().getBytes(StandardCharsets.UTF_8));
  }

  boolean isOld(Instant now) {
    return now.isAfter(begun.plus(SignInStates.MAX_AGE)) || now.isBefore(begun);
  }

  /// Returns the sign-in as a document of five lines. None of the values has a line feed.
  Secret document() {
    return new Secret(
        String.join(
            "\n",
            state.getValue(),
            nonce.getValue(),
            verifier.getValue(),
            returnPath.text(),
            begun.toString()));
  }

  /// Reads a document of [#document()].
  static SignInState of(Secret document) {
    String[] lines = document.text().split("\n", -1);
    return new SignInState(
        new State(lines[0]),
        new Nonce(lines[1]),
        new CodeVerifier(lines[2]),
        new ReturnPath(lines[3]),
        Instant.parse(lines[4]));
  }

  /// Returns the time alone: the random values are secrets.
  @Override
  public String toString() {
    return "sign-in begun at " + begun;
  }
}
