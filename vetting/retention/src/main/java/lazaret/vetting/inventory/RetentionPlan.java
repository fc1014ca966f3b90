package lazaret.vetting.inventory;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.crates.Sha256;

/// The artifacts that rules remove, as far as one pass over the store found them.
///
/// @param rules the id of the rules
/// @param at the begin of the pass
/// @param artifacts the number of stored artifacts
/// @param bytes their length together
/// @param counts the removals by rule
/// @param removals the first removals: those of rules by crate, then those for the limit of all
///   artifacts, the least useful first
/// @param complete whether all removals are among them
/// @param excess the bytes above the limit of all artifacts that nothing may remove; 0 if there are
///   none
record RetentionPlan(
    Sha256 rules,
    Instant at,
    long artifacts,
    long bytes,
    Map<String, Count> counts,
    List<PlannedRemoval> removals,
    boolean complete,
    long excess) {
  RetentionPlan {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    removals = List.copyOf(removals);
  }

  /// An artifact with the rule that removes it.
  record PlannedRemoval(ArtifactFacts facts, String rule) {}

  /// A number of artifacts with their length together.
  record Count(long artifacts, long bytes) {
    Count plus(Count other) {
      return new Count(artifacts + other.artifacts, bytes + other.bytes);
    }
  }
}
