package lazaret.signin.oidc;

import org.jspecify.annotations.Nullable;

/// The result of verifying a logout token.
public sealed interface LogoutResult {
  /// Sessions ended: those with the session id if there is one, and those of the subject without an
  /// id; else all of the subject. The response to the provider is 200.
  ///
  /// @param issuer the issuer
  /// @param subject the id of the person; null only if there is a session id
  /// @param sid the id of the session at the provider; null only if there is a subject
  record Ending(String issuer, @Nullable String subject, @Nullable String sid)
      implements LogoutResult {
    /// Checks that one of them is there.
    ///
    /// @throws IllegalArgumentException if both are null
    public Ending {
      if (subject == null && sid == null) {
        throw new IllegalArgumentException("neither a person nor a session to end");
      }
    }
  }

  /// The token was refused. The response to the provider is 400.
  ///
  /// @param detail the reason; lower case, no full stop
  record Refused(String detail) implements LogoutResult {}

  /// The keys of the provider are unknown at the moment. The response to the provider is 503.
  ///
  /// @param detail the reason for the log; lower case, no full stop
  record Unavailable(String detail) implements LogoutResult {}
}
