package lazaret.vetting.gate.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.EstablishedNames;
import lazaret.vetting.takeover.Lookalike;
import lazaret.vetting.takeover.NameVariants;
import lazaret.vetting.takeover.RelatedCrate;
import lazaret.vetting.takeover.RelatedCrates;
import lazaret.vetting.takeover.TakeoverDetector;

/// The stored data of other crates that a verdict on one crate may need. It takes no locks, since
/// the caller holds the crate's own lock, and sends no request to upstream. Thread-safe.
public final class StoredRelatedCrates implements RelatedCrates {
  /// The time for which a look-alike, or its absence, is cached. A search needs thousands of reads
  /// of the store.
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Store store;
  private final CurrentRulebook rules;
  private final Upstream upstream;
  private final CrateStateCache cache;
  private final BoundedCache<String, Boolean> absent = new BoundedCache<>(20_000, _ -> 1);
  private final BoundedCache<String, CachedLookalike> lookalikes =
      new BoundedCache<>(10_000, _ -> 1);

  /// Creates the data over the stored states.
  StoredRelatedCrates(GateContext parts, CrateStateCache cache) {
    this.store = parts.store();
    this.rules = parts.rules();
    this.upstream = parts.upstream();
    this.cache = cache;
  }

  private record CachedLookalike(Instant at, Optional<Lookalike> lookalike) {}

  /// Returns the current state of a crate without waiting for writers. The result is not cached,
  /// since it may be old when it is returned.
  private Optional<CrateState> peek(CrateName name) {
    return Optional.ofNullable(cache.recall(name))
        .or(() -> CrateState.read(store, this, upstream, name));
  }

  /// Records that upstream does not have a crate.
  public void absent(CrateName name) {
    absent.put(name.collisionKey(), true);
  }

  /// Records that a crate may be stored now, because another node changed it.
  void stored(CrateName name) {
    absent.remove(name.collisionKey());
  }

  /// Forgets which crates upstream does not have.
  void forget() {
    absent.dropAll();
  }

  /// Returns the crates on which some versions newly depend and that are not stored, at most
  /// [TakeoverDetector#MAX_NEW_DEPENDENCIES]. They must be looked up before the versions are
  /// evaluated. Empty while a snapshot is served.
  public List<CrateName> missing(CrateState file, List<StoredLine> lines, Instant now) {
    if (file.head() != 0 || file.isHosted() || !anyYoung(lines, now)) {
      return List.of();
    }
    return lines.stream()
        .flatMap(line -> file.takeover().newDependencies(line, now).stream())
        .map(IndexDependency::packageName)
        .distinct()
        .filter(name -> upstream.origin(name) == NameOrigin.PUBLIC)
        .filter(name -> cache.recall(name) == null)
        .filter(name -> store.freshness(name).isEmpty())
        .limit(TakeoverDetector.MAX_NEW_DEPENDENCIES)
        .toList();
  }

  /// Returns whether a version is young; without a stream, since each download asks.
  private static boolean anyYoung(List<StoredLine> lines, Instant now) {
    for (StoredLine line : lines) {
      if (CrateHistory.young(line, now)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public RelatedCrate relatedCrate(IndexDependency dependency, Instant now) {
    if (upstream.origin(dependency.packageName()) != NameOrigin.PUBLIC) {
      // Only public crates have related ones, and cargo finds no private crate for them.
      return new RelatedCrate.Absent();
    }
    CrateState file = peek(dependency.packageName()).orElse(null);
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
    return peek(crate).stream()
        .flatMap(
            file -> file.lines().stream().flatMap(l -> file.findings(l.entry().cksum()).stream()))
        .mapToDouble(findings -> source.likeness(findings.trace().sketch()))
        .max()
        .orElse(0);
  }

  private Optional<Lookalike> look(CrateName name, Instant now) {
    Instant own = peek(name).flatMap(f -> CrateHistory.firstPublished(f.crate())).orElse(now);
    for (Map.Entry<String, Lookalike.Rule> variant : NameVariants.of(name).entrySet()) {
      CrateName target = CrateName.parse(variant.getKey());
      Optional<CrateName> established =
          EstablishedNames.contain(variant.getKey())
              ? Optional.of(peek(target).map(f -> f.crate().name()).orElse(target))
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
    return peek(target)
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
