package lazaret.vetting.desk.review;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.review.CodeDelta;
import lazaret.vetting.review.DiffLimits;
import org.jspecify.annotations.Nullable;

/// The service for the code of reviews in parts. It keeps prepared differences, so that each window
/// of a long one is a short request. Thread-safe; one difference is prepared at a time, which
/// limits the heap.
public final class CodeDeltaService {
  /// The time for which the choice of a base is kept. A choice compares whole artifacts.
  private static final Duration CHOICE_AGE = Duration.ofMinutes(10);

  private static final int MOST_CHOICES = 1_000;

  /// The heap of all prepared differences: a sixteenth of the heap.
  private static final long HEAP =
      Math.clamp(Runtime.getRuntime().maxMemory() / 16, 16L << 20, 256L << 20);

  private final GateContext parts;
  private final Gate gate;
  private final ReviewService reviews;
  private final ReentrantLock preparation = new ReentrantLock();

  /// A large difference counts as an eighth of the heap at most, since the cache keeps none above.
  private final BoundedCache<Key, CodeDelta> prepared =
      new BoundedCache<>(HEAP, delta -> Math.min(delta.weight(), HEAP / 8));

  private final BoundedCache<Sha256, Choice> choices = new BoundedCache<>(MOST_CHOICES, _ -> 1);

  /// Creates a service without prepared differences.
  public CodeDeltaService(GateContext parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
    this.reviews = new ReviewService(parts, gate.files(), gate.admission(), DiffLimits.COUNT);
  }

  private record Key(@Nullable Sha256 base, Sha256 crate) {}

  private record Choice(@Nullable CrateId base, Instant at) {}

  /// A prepared difference.
  ///
  /// @param crate the reviewed version
  /// @param base the version that is compared; null if the difference is the whole crate
  /// @param delta the difference
  public record Prepared(CrateId crate, @Nullable CrateId base, CodeDelta delta) {}

  /// Prepares the difference of a version, or returns the one that is prepared. Empty if the index
  /// does not list the version. Artifacts that are not stored are fetched, as for a review.
  ///
  /// @param base the version for comparison; null selects the one with the least to read. The
  ///   version itself selects none: the difference is the whole crate then
  /// @throws MalformedException if the base does not exist, or an archive breaks the rules
  /// @throws ArtifactUnavailableException if an artifact cannot be fetched
  /// @throws lazaret.vetting.gate.serving.UpstreamUnavailableException if the crate is not stored
  ///   and upstream is unavailable
  public Optional<Prepared> prepare(
      CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    return gate.finder().listed(name, version).map(found -> prepare(found, base));
  }

  private Prepared prepare(VersionLookup.Found found, @Nullable CrateVersion asked) {
    CrateId base = base(found, asked);
    return prepare(found.line().entry().id(), base);
  }

  /// Prepares the difference of a version to another one of the same crate, or to nothing.
  ///
  /// @param base the version for comparison; null for the whole version
  /// @throws MalformedException if an archive breaks the rules
  /// @throws ArtifactUnavailableException if an artifact cannot be fetched
  public Prepared prepare(CrateId crate, @Nullable CrateId base) {
    Key key = new Key(base == null ? null : base.cksum(), crate.cksum());
    CodeDelta delta = prepared.get(key);
    if (delta == null) {
      // Fetched and stored first, so that others do not wait for upstream.
      archive(crate);
      if (base != null) {
        archive(base);
      }
      preparation.lock();
      try {
        delta = prepared.get(key);
        if (delta == null) {
          delta = delta(base, crate);
          prepared.put(key, delta);
        }
      } finally {
        preparation.unlock();
      }
    }
    return new Prepared(crate, base, delta);
  }

  private @Nullable CrateId base(VersionLookup.Found found, @Nullable CrateVersion asked) {
    if (asked == null) {
      return chosen(found);
    }
    return asked.equals(found.line().entry().version()) ? null : named(found, asked);
  }

  private CodeDelta delta(@Nullable CrateId base, CrateId crate) {
    InspectLimits inspect = parts.options().inspectLimits();
    Supplier<CrateArchive> before = base == null ? null : () -> archive(base);
    return CodeDelta.of(before, () -> archive(crate), inspect, DiffLimits.WINDOWS);
  }

  private CrateArchive archive(CrateId id) {
    return switch (reviews.fetch(id)) {
      case ReviewService.Fetched.Available(CrateArchive archive) -> archive;
      case ReviewService.Fetched.Unavailable(ReviewReport.NotReadable why) ->
          throw new ArtifactUnavailableException(id, why);
    };
  }

  private static CrateId named(VersionLookup.Found found, CrateVersion asked) {
    StoredLine line =
        found
            .file()
            .line(asked)
            .orElseThrow(
                () ->
                    new MalformedException(
                        "cannot compare with '%s %s': there is no such version"
                            .formatted(found.line().entry().name().published(), asked.text())));
    return line.entry().id();
  }

  /// Returns the base that a review selects, or null if there is none.
  private @Nullable CrateId chosen(VersionLookup.Found found) {
    CrateId crate = found.line().entry().id();
    Instant now = parts.clock().instant();
    Choice choice = choices.get(crate.cksum());
    if (choice == null || choice.at().plus(CHOICE_AGE).isBefore(now)) {
      ReviewService.Comparison read = reviews.read(found, null);
      if (read.unread() != null) {
        throw new ArtifactUnavailableException(crate, read.unread());
      }
      StoredLine line = read.baseLine();
      choice = new Choice(line == null ? null : line.entry().id(), now);
      choices.put(crate.cksum(), choice);
    }
    return choice.base();
  }
}
