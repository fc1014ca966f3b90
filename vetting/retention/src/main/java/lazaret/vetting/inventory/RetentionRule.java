package lazaret.vetting.inventory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A rule for the removal of stored artifacts. All of its conditions must hold.
///
/// @param name the name, for people and the ledger
/// @param unusedFor the least time since the last use; null for any
/// @param olderThan the least age of the version; null for any
/// @param largerThan the length in bytes that the artifact must exceed; null for any
/// @param origin the place from which the artifact must come; null for any
record RetentionRule(
    String name,
    @Nullable Duration unusedFor,
    @Nullable Duration olderThan,
    @Nullable Long largerThan,
    @Nullable ArtifactOrigin origin) {
  /// Returns whether the rule has a condition.
  boolean isConditional() {
    return unusedFor != null || olderThan != null || largerThan != null || origin != null;
  }

  /// Returns whether all conditions hold.
  boolean matches(ArtifactFacts facts, Instant now) {
    return (unusedFor == null || !facts.unusedSince().plus(unusedFor).isAfter(now))
        && (olderThan == null || !facts.published().plus(olderThan).isAfter(now))
        && (largerThan == null || facts.bytes() > largerThan)
        && (origin == null || facts.origin() == origin);
  }
}
