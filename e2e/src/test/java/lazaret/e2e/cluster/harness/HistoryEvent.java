package lazaret.e2e.cluster.harness;

/// One operation of a client, by the monotonic clock of the tests.
///
/// @param kind the operation
/// @param node the server to which it was sent
/// @param version the version in the form `alpha@1.2.0`
/// @param id the identity of a decision, which is its reason; empty for a download
/// @param start the time before the request was sent, in nanoseconds
/// @param end the time after the response was received, or the connection ended
/// @param result the response
public record HistoryEvent(
    Kind kind, String node, String version, String id, long start, long end, Result result) {
  /// The operations.
  public enum Kind {
    /// A decision after which the version is served.
    APPROVE,
    /// A decision after which it is not.
    DENY,
    /// A download.
    DOWNLOAD
  }

  /// The responses.
  public enum Result {
    /// The decision is recorded.
    ACKNOWLEDGED,
    /// The right bytes came.
    SERVED,
    /// Other bytes came.
    WRONG_BYTES,
    /// The version is withheld.
    WITHHELD,
    /// Another response, or none: a decision may have been recorded.
    UNKNOWN
  }

  /// Returns whether it is a decision.
  boolean isDecision() {
    return kind != Kind.DOWNLOAD;
  }

  /// Returns the crate of the version.
  String crate() {
    return version.substring(0, version.indexOf('@'));
  }

  /// Returns the last time at which the decision may have taken effect. One without a response may
  /// take effect later than its end.
  long latestEffect() {
    return result == Result.ACKNOWLEDGED ? end : Long.MAX_VALUE;
  }
}
