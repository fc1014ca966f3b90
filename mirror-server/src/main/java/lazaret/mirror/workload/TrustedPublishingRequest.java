package lazaret.mirror.workload;

/// The body of a request for a token in the form of crates.io.
///
/// @param jwt the token of the CI system: foreign text
public record TrustedPublishingRequest(String jwt) {
  /// Returns a text without the token.
  @Override
  public String toString() {
    return "a request with a token of " + jwt.length() + " characters";
  }
}
