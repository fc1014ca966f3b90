package lazaret.vetting.access;

import lazaret.vetting.Secret;

/// The result of a sign-in.
public sealed interface SignInResult {
  /// The person signed in.
  ///
  /// @param session the new session
  /// @param secret the secret for the cookie of the browser
  record SignedIn(Session session, Secret secret) implements SignInResult {}

  /// The person may not sign in.
  ///
  /// @param sentence the reason for a page, without a full stop
  record Refused(String sentence) implements SignInResult {}
}
