package lazaret.sandbox.relay;

/// The reason for which the gate did not serve a request, which lies with the gate or the token.
/// Another attempt may succeed later.
///
/// @param kind the kind of the failure
/// @param detail the status of the answer, or the failure of the connection
public record RelayProblem(Kind kind, String detail) {
  /// The kinds of failures.
  public enum Kind {
    /// The gate did not answer.
    NO_ANSWER("does not answer"),
    /// The gate answered with a failure of its own.
    FAILURE("cannot serve now"),
    /// The token is missing, unknown or expired.
    TOKEN_REFUSED("expects a valid token");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /// Returns the problem as the end of a sentence about the gate.
  public String words() {
    return "%s (%s)".formatted(kind.words, detail);
  }
}
