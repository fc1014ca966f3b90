package lazaret.credential;

import org.jspecify.annotations.Nullable;

/// The result of the search for the token of an index: a token, or the kind and the message of a
/// refusal. It is one class, because the JDK generates a class for a switch over sealed types.
final class TokenOutcome {
  private final @Nullable OriginToken token;
  private final String kind;
  private final String message;

  private TokenOutcome(@Nullable OriginToken token, String kind, String message) {
    this.token = token;
    this.kind = kind;
    this.message = message;
  }

  static TokenOutcome of(OriginToken token) {
    return new TokenOutcome(token, "", "");
  }

  /// Returns the refusal of an index at which the person did not sign in.
  static TokenOutcome otherUrl(String message) {
    return new TokenOutcome(null, "url-not-supported", message);
  }

  /// Returns the refusal of a gate without a valid token.
  static TokenOutcome notFound(String message) {
    return new TokenOutcome(null, "not-found", message);
  }

  /// Returns the refusal of an action that a person must do with a command.
  static TokenOutcome notSupported(String message) {
    return new TokenOutcome(null, "operation-not-supported", message);
  }

  /// Returns a failure.
  static TokenOutcome failed(String message) {
    return new TokenOutcome(null, "other", message);
  }

  /// Returns the token; null for a refusal.
  @Nullable OriginToken token() {
    return token;
  }

  /// Returns the kind of a refusal, as the protocol of cargo names it; empty for a token.
  String kind() {
    return kind;
  }

  /// Returns the message of a refusal in printable ASCII; empty for a token.
  String message() {
    return message;
  }

  /// Returns the outcome without the secret.
  @Override
  public String toString() {
    return token == null ? kind : token.toString();
  }
}
