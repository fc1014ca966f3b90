package lazaret.signin;

/// The port over which this module sends HTTP requests to providers of identities. An
/// implementation bounds the time of a request, follows no redirects, keeps no cookies, and checks
/// the address against the configured destinations. Thread-safe; blocks.
@FunctionalInterface
public interface ProviderTransport {
  /// Sends a request once and waits for the whole response. Failures are part of the result.
  ProviderResponse fetch(ProviderRequest request);
}
