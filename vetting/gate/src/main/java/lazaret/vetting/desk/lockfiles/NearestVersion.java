package lazaret.vetting.desk.lockfiles;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.evaluation.CrateState;

/// The choice of a replacement for a refused version, with as little change as possible. The
/// refusal that cargo prints names the newest version instead, because cargo would select that one
/// itself.
final class NearestVersion {
  private NearestVersion() {}

  /// Returns the nearest version that passes, or empty if none does. Releases precede pre-releases,
  /// then compatible versions, then the smallest above, then the greatest below.
  ///
  /// @param candidates the versions of the crate in any order; the refused one is ignored
  /// @param passes the test, called for as few versions as possible because a verdict costs more
  ///   than a comparison
  static Optional<CrateVersion> of(
      CrateVersion refused, Collection<CrateVersion> candidates, Predicate<CrateVersion> passes) {
    return candidates.stream()
        .filter(v -> !v.equals(refused))
        .sorted(byDistance(refused))
        .filter(passes)
        .findFirst();
  }

  private static Comparator<CrateVersion> byDistance(CrateVersion refused) {
    return Comparator.comparing(CrateVersion::isPreRelease)
        .thenComparing(v -> !CrateState.compatible(v, refused))
        .thenComparing(v -> v.compareTo(refused) < 0)
        .thenComparing(
            (one, other) ->
                one.compareTo(refused) < 0 ? other.compareTo(one) : one.compareTo(other));
  }
}
