package lazaret.vetting.takeover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the gate knows of a crate that another one depends on.
public sealed interface Neighbour {
  /// The crate is held.
  ///
  /// @param firstPublished when its first version ever was published; null where upstream names no
  ///   publish times
  /// @param served whether a version that the dependency takes is served, as far as that version's
  ///   own bytes and age go: its neighbours are not asked in turn
  record Held(@Nullable Instant firstPublished, boolean served) implements Neighbour {}

  /// Upstream has no such crate.
  record Absent() implements Neighbour {}

  /// The gate has not looked it up yet, or could not.
  record Unknown() implements Neighbour {}
}
