package lazaret.vetting.index;

import java.time.Instant;

/// The age and the validators of a stored index file.
///
/// @param validators validators for the next conditional request
/// @param fetchedAt time at which the stored bytes came from upstream
/// @param checkedAt time at which upstream last confirmed them (200 or 304); the reported age
///   counts from here
public record Freshness(Validators validators, Instant fetchedAt, Instant checkedAt) {
  /// Returns this freshness without validators, so that the next request is for the whole file.
  public Freshness unvalidated() {
    return new Freshness(Validators.NONE, fetchedAt, checkedAt);
  }
}
