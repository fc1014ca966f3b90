package lazaret.vetting.retention;

import java.time.Duration;

/// Limits on what is kept of clients.
///
/// @param requests the most open requests
/// @param requestAge how long a request is kept after it was last asked for
/// @param accessAge how long downloads and lockfiles are kept
/// @param addresses the most addresses without a token that are listed for one version on one day
public record RetentionOptions(
    int requests, Duration requestAge, Duration accessAge, int addresses) {

  /// The limits of a new installation.
  public static final RetentionOptions DEFAULT =
      new RetentionOptions(10_000, Duration.ofDays(90), Duration.ofDays(400), 1_000);

  /// Returns the most open requests of one client without a token.
  public int requestsOfClient() {
    return Math.max(1, requests / 10);
  }
}
