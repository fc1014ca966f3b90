package lazaret.vetting.gate.retention;

import java.time.Duration;

/// The limits of records about clients.
///
/// @param requests the maximum number of queued requests
/// @param requestAge the time for which a queued request is kept after its last repetition
/// @param accessAge the time for which downloads and lockfiles are kept
/// @param addresses the maximum number of addresses without a token that are listed for one version
///   on one day
public record RetentionOptions(
    int requests, Duration requestAge, Duration accessAge, int addresses) {

  /// The limits of a new installation.
  public static final RetentionOptions DEFAULT =
      new RetentionOptions(10_000, Duration.ofDays(90), Duration.ofDays(400), 1_000);

  /// Returns the maximum number of queued requests of one client without a token.
  public int requestsOfClient() {
    return Math.max(1, requests / 10);
  }
}
