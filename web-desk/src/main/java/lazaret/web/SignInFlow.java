package lazaret.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sign-in of persons, as the server provides it. Thread-safe; blocks.
public interface SignInFlow {
  /// Returns the host of the identity provider for the page; empty if none is configured.
  Optional<String> provider();

  /// Begins a sign-in at the identity provider.
  ///
  /// @param to the path of the desk to which the person returns
  /// @return a redirection with a cookie, or a page with the reason of the failure
  Outcome begin(String to);

  /// Ends a sign-in at the identity provider.
  ///
  /// @param query the query of the return, as sent
  /// @param begun the value of the cookie that [#begin] set; null if the request has none
  /// @param earlier the value of the cookie of the session; null if the request has none
  Outcome finish(String query, @Nullable String begun, @Nullable String earlier);

  /// Signs in by a token.
  ///
  /// @param token the secret of the token
  /// @param earlier the value of the cookie of the session; null if the request has none
  Outcome byToken(String token, @Nullable String earlier);

  /// Ends a session.
  ///
  /// @param secret the value of the cookie of the session
  /// @return the address at which the person signs out of the provider; empty if there is none
  Optional<String> end(String secret);

  /// The result of a step.
  sealed interface Outcome {
    /// The browser continues at another address.
    ///
    /// @param location a path of the desk, or the address of the provider
    /// @param cookie the cookie to set
    record Continues(String location, WebCookie cookie) implements Outcome {}

    /// The person signed in.
    ///
    /// @param to the path of the desk
    /// @param secret the secret for the cookie of the session
    record SignedIn(String to, String secret) implements Outcome {}

    /// The person may not sign in, or not now.
    ///
    /// @param status the HTTP status
    /// @param sentence the reason, without a full stop
    record Refused(int status, String sentence) implements Outcome {}
  }
}
