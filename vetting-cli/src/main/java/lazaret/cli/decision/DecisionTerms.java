package lazaret.cli.decision;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The terms of decisions of one kind.
///
/// @param expires the end of the decisions; null for none, or the end that the policy sets
/// @param criteria the cargo-vet criteria of approvals
/// @param delta the base of the difference that was read; null if the whole version was read
/// @param waives the advisories that the decisions set aside
record DecisionTerms(
    @Nullable Instant expires,
    List<String> criteria,
    @Nullable CrateVersion delta,
    List<String> waives) {
  /// The terms of decisions that have none.
  static final DecisionTerms NONE = new DecisionTerms(null, List.of(), null, List.of());

  DecisionTerms {
    criteria = List.copyOf(criteria);
    waives = List.copyOf(waives);
  }

  /// Returns these terms for an approval that a person confirmed.
  DecisionTerms withReview(List<String> reviewed, @Nullable CrateVersion base) {
    return new DecisionTerms(expires, reviewed, base, waives);
  }
}
