package lazaret.vetting.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.inspect.rust.Sketch;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.EstablishedNames;
import lazaret.vetting.takeover.Lookalike;
import lazaret.vetting.takeover.NameVariants;
import lazaret.vetting.takeover.Neighbour;
import lazaret.vetting.takeover.Neighbourhood;
import lazaret.vetting.timing.TimeSpan;

/// The other crates as they are held: what a verdict on one crate may ask of them. Takes no locks,
/// since it is asked while a crate's own lock is held, and asks no upstream. Thread-safe.
final class Neighbours implements Neighbourhood {
  /// How long a look-alike, or that there is none, is remembered: looking takes thousands of
  /// questions to the store.
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final GateParts parts;
  private final Function<CrateName, Optional<CaseFile>> files;
  private final BoundedMemory<String, Boolean> absent = new BoundedMemory<>(20_000, _ -> 1);
  private final BoundedMemory<String, Seen> lookalikes = new BoundedMemory<>(10_000, _ -> 1);

  /// @param files finds what is held of a crate without taking its lock
  Neighbours(GateParts parts, Function<CrateName, Optional<CaseFile>> files) {
    this.parts = parts;
    this.files = files;
  }

  private record Seen(Instant at, Optional<Lookalike> lookalike) {}

  /// Notes that upstream has no such crate.
  void absent(CrateName name) {
    absent.put(name.collisionKey(), true);
  }

  @Override
  public Neighbour neighbour(IndexDependency dependency, Instant now) {
    CaseFile file = files.apply(dependency.packageName()).orElse(null);
    if (file == null) {
      return absent.get(dependency.packageName().collisionKey()) == null
          ? new Neighbour.Unknown()
          : new Neighbour.Absent();
    }
    boolean served =
        file.lines().stream()
            .filter(line -> dependency.req().matches(line.entry().version()))
            .anyMatch(line -> file.under(parts.rules().current()).offersAlone(line, now));
    return new Neighbour.Held(CrateHistory.firstPublished(file.crate()).orElse(null), served);
  }

  @Override
  public Optional<Lookalike> lookalike(CrateName name, Instant now) {
    if (EstablishedNames.contain(name.collisionKey())) {
      return Optional.empty();
    }
    Seen known = lookalikes.get(name.collisionKey());
    if (known == null || !TimeSpan.from(known.at(), REMEMBERED).holds(now)) {
      known = new Seen(now, look(name, now));
      lookalikes.put(name.collisionKey(), known);
    }
    return known.lookalike();
  }

  @Override
  public double likeness(Sketch source, CrateName crate) {
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

  /// A crate is established where it is held, is no longer young, was there first and serves
  /// something: else the look-alike would be the target.
  private Optional<CrateName> established(CrateName target, Instant own, Instant now) {
    if (parts.store().freshness(target).isEmpty()) {
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
                    .anyMatch(line -> file.under(parts.rules().current()).offersAlone(line, now)))
        .map(file -> file.crate().name());
  }
}
