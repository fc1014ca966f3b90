package lazaret.bench.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.EstablishedNames;
import lazaret.vetting.takeover.Lookalike;
import lazaret.vetting.takeover.NameVariants;
import lazaret.vetting.takeover.RelatedCrate;
import lazaret.vetting.takeover.RelatedCrates;

/// The crates of a story as related crates, in the state in which a gate has them. A crate outside
/// of the story counts as an old and served one.
///
/// @param crates crates by collision key
record StoryRelatedCrates(Map<String, StoredCrate> crates) implements RelatedCrates {
  private static final Instant LONG_AGO = Instant.parse("2018-01-01T00:00:00Z");

  @Override
  public RelatedCrate relatedCrate(IndexDependency dependency, Instant now) {
    StoredCrate held = crates.get(dependency.packageName().collisionKey());
    if (held == null) {
      return new RelatedCrate.Stored(LONG_AGO, true);
    }
    Duration cooldown = Policy.DEFAULT.cooldown();
    boolean served =
        held.lines().stream()
            .filter(line -> dependency.req().matches(line.entry().version()))
            .anyMatch(line -> !now.isBefore(line.ageFrom().plus(cooldown)));
    return new RelatedCrate.Stored(CrateHistory.firstPublished(held).orElse(null), served);
  }

  @Override
  public Optional<Lookalike> lookalike(CrateName name, Instant now) {
    if (EstablishedNames.contain(name.collisionKey())) {
      return Optional.empty();
    }
    Instant own = first(name.collisionKey()).orElse(now);
    return NameVariants.of(name).entrySet().stream()
        .filter(v -> EstablishedNames.contain(v.getKey()) || established(v.getKey(), own, now))
        .map(v -> new Lookalike(CrateName.parse(v.getKey()), v.getValue()))
        .findFirst();
  }

  /// Returns 0, since a story has no bytes.
  @Override
  public double likeness(MinHashSketch source, CrateName crate) {
    return 0;
  }

  private boolean established(String key, Instant own, Instant now) {
    return first(key)
        .filter(first -> first.isBefore(own))
        .filter(first -> !now.isBefore(first.plus(CrateHistory.YOUTH)))
        .isPresent();
  }

  private Optional<Instant> first(String key) {
    return Optional.ofNullable(crates.get(key)).flatMap(CrateHistory::firstPublished);
  }
}
