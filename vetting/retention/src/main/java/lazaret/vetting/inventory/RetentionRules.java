package lazaret.vetting.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.Sha256;

/// The rules for the removal of stored artifacts.
///
/// @param id the SHA-256 of their file: a changed file has other rules
/// @param rules the rules, in the order of the file
/// @param maxSize the limit of the length of all artifacts together, in bytes; 0 if there is none
/// @param perRun the maximum number of removals of one run
/// @param perRunBytes the maximum number of bytes of one run
record RetentionRules(
    Sha256 id, List<RetentionRule> rules, long maxSize, int perRun, long perRunBytes) {
  /// The name under which the limit of the length of all artifacts removes.
  static final String MAX_SIZE = "max-size";

  /// The part of the limit that is left free, so that the next artifacts fit: a twentieth.
  private static final long FREE = 20;

  RetentionRules {
    rules = List.copyOf(rules);
  }

  /// Returns the length of all artifacts together at which removals for the limit end.
  long roomySize() {
    return maxSize - maxSize / FREE;
  }

  /// Returns whether a rule depends on the origin of artifacts.
  boolean needsOrigin() {
    return rules.stream().anyMatch(rule -> rule.origin() != null);
  }

  /// Returns the name of the first rule whose conditions hold, or empty if there is none.
  Optional<String> first(ArtifactFacts facts, Instant now) {
    return rules.stream()
        .filter(rule -> rule.matches(facts, now))
        .map(RetentionRule::name)
        .findFirst();
  }
}
