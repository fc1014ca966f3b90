package lazaret.signin;

import lazaret.vetting.Bytes;

/// The result of a request to a provider of identities.
public sealed interface ProviderResponse {
  /// A whole response of any status, redirects included.
  ///
  /// @param status the HTTP status, from 200
  /// @param body at most as many bytes as the request permits
  record Received(int status, Bytes body) implements ProviderResponse {}

  /// A request without a whole response. Causes are a missing connection, an untrusted certificate,
  /// a timeout, a body over its limit, and an address to which the server may not connect.
  ///
  /// @param why the reason in one clause for a person, without secrets
  record Failed(String why) implements ProviderResponse {}
}
