package lazaret.signin.oidc;

import java.time.Instant;

/// The port to the register of logout tokens that were accepted, so that none is accepted twice
/// (OpenID Connect Back-Channel Logout 1.0 section 2.6). Implementations are thread-safe.
public interface LogoutTokenIds {
  /// Returns whether an id was used before.
  ///
  /// @param issuer the issuer; an id is unique within it
  /// @param jti the id: 1 to 255 printable characters
  boolean isUsed(String issuer, String jti);

  /// Records the use of an id.
  ///
  /// @param issuer the issuer; an id is unique within it
  /// @param jti the id: 1 to 255 printable characters
  /// @param until the time from which the token is expired in any case
  /// @return false if the id was used before
  boolean use(String issuer, String jti, Instant until);
}
