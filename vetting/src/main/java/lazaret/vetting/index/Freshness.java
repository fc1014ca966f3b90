package lazaret.vetting.index;

import java.time.Instant;

/// How current a held index file is.
///
/// @param validators what to revalidate with
/// @param fetchedAt when the held bytes came from upstream
/// @param checkedAt when upstream last confirmed them (200 or 304); the visible age counts from
///   here
public record Freshness(Validators validators, Instant fetchedAt, Instant checkedAt) {
  /// Returns this freshness without validators: the next request is for the whole file.
  public Freshness unvalidated() {
    return new Freshness(Validators.NONE, fetchedAt, checkedAt);
  }
}
