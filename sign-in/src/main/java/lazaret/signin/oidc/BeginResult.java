package lazaret.signin.oidc;

import java.net.URI;
import lazaret.vetting.Secret;

/// The result of beginning a sign-in.
public sealed interface BeginResult {
  /// The browser must be sent to the provider.
  ///
  /// @param address the address at the provider, for the header `Location` of a redirect
  /// @param browserId the value of the cookie [OidcClient#COOKIE]: 43 characters of base64url
  record Begun(URI address, Secret browserId) implements BeginResult {}

  /// The provider does not answer, or its metadata cannot be used.
  ///
  /// @param detail the reason for the log; lower case, no full stop
  record Unavailable(String detail) implements BeginResult {}
}
