package lazaret.signin.oidc;

import lazaret.vetting.Secret;

/// The result of a sign-in.
public sealed interface AuthenticationResult {
  /// The provider attested an identity.
  ///
  /// @param idToken the ID token, for [OidcClient#signOutAddress]
  /// @param returnPath the page that the person wanted
  record SignedIn(SignedInIdentity identity, Secret idToken, ReturnPath returnPath)
      implements AuthenticationResult {}

  /// The sign-in was refused.
  ///
  /// @param code the reason, with a sentence for the person
  /// @param detail the reason for the log; lower case, no full stop, without secrets
  record Refused(SignInRefusalCode code, String detail) implements AuthenticationResult {}

  /// The provider does not answer, or its documents cannot be used.
  ///
  /// @param detail the reason for the log; lower case, no full stop
  record Unavailable(String detail) implements AuthenticationResult {}
}
