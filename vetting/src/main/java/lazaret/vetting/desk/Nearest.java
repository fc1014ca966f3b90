package lazaret.vetting.desk;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import lazaret.vetting.crates.CrateVersion;

/// The version to go to from one that is refused, with as little change as possible. A refusal that
/// cargo prints names the newest instead, because cargo would take that one by itself.
final class Nearest {
  private Nearest() {}

  /// Returns the nearest version that passes: releases before pre-releases, then what cargo takes
  /// for compatible, then the smallest above, then the greatest below; empty where none passes.
  ///
  /// @param candidates versions of the crate, in any order; the refused one does not count
  /// @param passes asked of as few as possible, because a verdict costs more than a comparison
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
        .thenComparing(v -> !CaseFile.compatible(v, refused))
        .thenComparing(v -> v.compareTo(refused) < 0)
        .thenComparing(
            (one, other) ->
                one.compareTo(refused) < 0 ? other.compareTo(one) : one.compareTo(other));
  }
}
