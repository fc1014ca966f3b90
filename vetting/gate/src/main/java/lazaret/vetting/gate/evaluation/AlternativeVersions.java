package lazaret.vetting.gate.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.rules.RuleInput;
import org.jspecify.annotations.Nullable;

/// The versions of a crate that can replace a refused one. The best few are evaluated for each
/// request. If none of them is served, all versions are evaluated once. That result is cached until
/// time changes a verdict. Immutable except for the cache; thread-safe.
final class AlternativeVersions {
  /// The maximum number of versions that are evaluated for one request before all are.
  private static final int JUDGED = 16;

  /// The time for which an offer that depends on other crates is cached. Changes of those crates
  /// are not observed here.
  private static final Duration LEANING = Duration.ofMinutes(1);

  private final CrateEvaluation evaluation;
  private final List<StoredLine> bestFirst;
  private volatile @Nullable Offer offer;

  /// The versions that are offered.
  ///
  /// @param from the moment from which the offer is valid
  /// @param end the moment from which the offer may differ; null if time does not change it
  /// @param best the served versions: releases before pre-releases, newest first
  /// @param secure the served versions without a vulnerability or malware record, ascending
  private record Offer(
      Instant from, @Nullable Instant end, List<CrateVersion> best, List<CrateVersion> secure) {
    boolean covers(Instant moment) {
      return !moment.isBefore(from) && (end == null || moment.isBefore(end));
    }
  }

  AlternativeVersions(CrateEvaluation evaluation) {
    this.evaluation = evaluation;
    this.bestFirst = new ArrayList<>(evaluation.lines());
    bestFirst.sort(
        Comparator.comparing(line -> line.entry().version(), AlternativeVersions::byMerit));
  }

  private static int byMerit(CrateVersion one, CrateVersion other) {
    return one.isPreRelease() == other.isPreRelease()
        ? other.compareTo(one)
        : Boolean.compare(one.isPreRelease(), other.isPreRelease());
  }

  /// Returns the best offered version that is also wanted, or empty if there is none.
  ///
  /// @param wanted the condition of the caller
  Optional<CrateVersion> best(Instant now, Predicate<CrateVersion> wanted) {
    Offer known = offer;
    if (known == null || !known.covers(now)) {
      int judged = 0;
      for (StoredLine line : bestFirst) {
        CrateVersion version = line.entry().version();
        if (wanted.test(version)) {
          if (evaluation.resolvable(line, now)) {
            return Optional.of(version);
          }
          if (++judged == JUDGED) {
            return offer(now).best().stream().filter(wanted).findFirst();
          }
        }
      }
      return Optional.empty();
    }
    return known.best().stream().filter(wanted).findFirst();
  }

  /// Returns the smallest offered version above the refused one that is wanted and has no
  /// vulnerability. A compatible version takes precedence. Empty if there is none.
  Optional<CrateVersion> fix(CrateVersion refused, Instant now, Predicate<CrateVersion> wanted) {
    List<CrateVersion> above =
        offer(now).secure().stream()
            .filter(v -> v.compareTo(refused) > 0)
            .filter(wanted)
            .filter(v -> refused.isPreRelease() || !v.isPreRelease())
            .toList();
    return above.stream()
        .filter(v -> CrateState.compatible(v, refused))
        .findFirst()
        .or(() -> above.stream().findFirst());
  }

  private Offer offer(Instant now) {
    Offer known = offer;
    if (known == null || !known.covers(now)) {
      known = judgeAll(now);
      offer = known;
    }
    return known;
  }

  private Offer judgeAll(Instant now) {
    AdvisorySet advisories = evaluation.rulebook().advisories();
    CrateName name = evaluation.file().crate().name();
    NextChange nextChange = new NextChange(evaluation, now);
    List<CrateVersion> best = new ArrayList<>();
    boolean leans = false;
    for (StoredLine line : bestFirst) {
      RuleInput ruleInput = evaluation.ruleInput(line, now);
      var verdict = evaluation.evaluate(ruleInput, now);
      nextChange.add(line, ruleInput, verdict);
      leans |= evaluation.dependsOnRelatedCrates(line, now);
      if (!evaluation.yanked(line, now) && evaluation.rulebook().policy().serves(verdict)) {
        best.add(line.entry().version());
      }
    }
    if (leans) {
      nextChange.endsAt(now.plus(LEANING));
    }
    List<CrateVersion> secure =
        best.stream().filter(v -> !advisories.endangers(name, v)).sorted().toList();
    return new Offer(now, nextChange.end(), best, secure);
  }
}
