package lazaret.vetting.gate.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.EstablishedNames;
import lazaret.vetting.takeover.Lookalike;
import lazaret.vetting.takeover.NameVariants;
import lazaret.vetting.takeover.RelatedCrate;
import lazaret.vetting.takeover.RelatedCrates;

/// The stored data of other crates that a verdict on one crate may need. It takes no locks, since
/// the caller holds the crate's own lock, and sends no request to upstream. Thread-safe.
public final class StoredRelatedCrates implements RelatedCrates {
  /// The time for which a look-alike, or its absence, is cached. A search needs thousands of reads
  /// of the store.
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Store store;
  private final CurrentRulebook rules;
  private final Function<CrateName, Optional<CrateState>> files;
  private final BoundedCache<String, Boolean> absent = new BoundedCache<>(20_000, _ -> 1);
  private final BoundedCache<String, CachedLookalike> lookalikes =
      new BoundedCache<>(10_000, _ -> 1);

  /// Creates the data over the stored states.
  ///
  /// @param files the function that returns the state of a crate without taking its lock
  StoredRelatedCrates(
      Store store, CurrentRulebook rules, Function<CrateName, Optional<CrateState>> files) {
    this.store = store;
    this.rules = rules;
    this.files = files;
  }

  private record CachedLookalike(Instant at, Optional<Lookalike> lookalike) {}

  /// Records that upstream does not have a crate.
  public void absent(CrateName name) {
    absent.put(name.collisionKey(), true);
  }

  @Override
  public RelatedCrate relatedCrate(IndexDependency dependency, Instant now) {
    CrateState file = files.apply(dependency.packageName()).orElse(null);
    if (file == null) {
      return absent.get(dependency.packageName().collisionKey()) == null
          ? new RelatedCrate.Unknown()
          : new RelatedCrate.Absent();
    }
    boolean served =
        file.lines().stream()
            .filter(line -> dependency.req().matches(line.entry().version()))
            .anyMatch(line -> file.under(rules.current()).resolvableAlone(line, now));
    return new RelatedCrate.Stored(CrateHistory.firstPublished(file.crate()).orElse(null), served);
  }

  @Override
  public Optional<Lookalike> lookalike(CrateName name, Instant now) {
    if (EstablishedNames.contain(name.collisionKey())) {
      return Optional.empty();
    }
    CachedLookalike known = lookalikes.get(name.collisionKey());
    if (known == null || !TimeSpan.from(known.at(), REMEMBERED).holds(now)) {
      known = new CachedLookalike(now, look(name, now));
      lookalikes.put(name.collisionKey(), known);
    }
    return known.lookalike();
  }

  @Override
  public double likeness(MinHashSketch source, CrateName crate) {
    if (source.hashes().isEmpty()) {
      return 0;
    }
    return files.apply(crate).stream()
        .flatMap(
            file -> file.lines().stream().flatMap(l -> file.findings(l.entry().cksum()).stream()))
        .mapToDouble(findings -> source.likeness(findings.trace().sketch()))
        .max()
        .orElse(0);
  }

  private Optional<Lookalike> look(CrateName name, Instant now) {
    Instant own =
        files.apply(name).flatMap(f -> CrateHistory.firstPublished(f.crate())).orElse(now);
    for (Map.Entry<String, Lookalike.Rule> variant : NameVariants.of(name).entrySet()) {
      CrateName target = CrateName.parse(variant.getKey());
      Optional<CrateName> established =
          EstablishedNames.contain(variant.getKey())
              ? Optional.of(files.apply(target).map(f -> f.crate().name()).orElse(target))
              : established(target, own, now);
      if (established.isPresent()) {
        return Optional.of(new Lookalike(established.get(), variant.getValue()));
      }
    }
    return Optional.empty();
  }

  /// Returns a crate if it is established: stored, no longer young, older than the other one, and
  /// with a served version. Otherwise the look-alike could be the original.
  private Optional<CrateName> established(CrateName target, Instant own, Instant now) {
    if (store.freshness(target).isEmpty()) {
      return Optional.empty();
    }
    return files
        .apply(target)
        .filter(
            file ->
                CrateHistory.firstPublished(file.crate())
                    .filter(first -> first.isBefore(own))
                    .filter(first -> !now.isBefore(first.plus(CrateHistory.YOUTH)))
                    .isPresent())
        .filter(
            file ->
                file.lines().stream()
                    .anyMatch(line -> file.under(rules.current()).resolvableAlone(line, now)))
        .map(file -> file.crate().name());
  }
}
