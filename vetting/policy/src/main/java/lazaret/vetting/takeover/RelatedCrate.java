package lazaret.vetting.takeover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of a crate that another one depends on, as known to the gate.
public sealed interface RelatedCrate {
  /// The crate is stored.
  ///
  /// @param firstPublished publish time of its first version; null if upstream has no publish times
  /// @param served whether a version that matches the dependency is served, judged by its own bytes
  ///   and age. The state of its own dependencies is not considered
  record Stored(@Nullable Instant firstPublished, boolean served) implements RelatedCrate {}

  /// Upstream does not have the crate.
  record Absent() implements RelatedCrate {}

  /// The gate has not looked the crate up yet, or the lookup failed.
  record Unknown() implements RelatedCrate {}
}
