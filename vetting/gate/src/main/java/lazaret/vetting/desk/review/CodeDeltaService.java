package lazaret.vetting.desk.review;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lazaret.vetting.Deadline;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.TimeSpan;
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
  private static final System.Logger LOG = System.getLogger(CodeDeltaService.class.getName());

  /// The time for which the choice of a base is kept. A choice compares whole artifacts.
  private static final Duration CHOICE_AGE = Duration.ofMinutes(10);

  /// The time for which the choice of the queue is kept while the crate does not change.
  private static final Duration QUEUED_AGE = Duration.ofDays(1);

  private static final int MOST_CHOICES = 20_000;

  /// The number of differences that are compared, or wait for it, without a request.
  private static final int MOST_UNFINISHED = 8;

  /// The heap of all prepared differences: a sixteenth of the heap.
  private static final long HEAP =
      Math.clamp(Runtime.getRuntime().maxMemory() / 16, 16L << 20, 256L << 20);

  private final GateContext parts;
  private final Gate gate;
  private final ReviewService reviews;

  /// Fair, so that a page waits for one preparation at most.
  private final ReentrantLock preparation = new ReentrantLock(true);

  /// A large difference counts as an eighth of the heap at most, since the cache keeps none above.
  private final BoundedCache<Key, CodeDelta> prepared =
      new BoundedCache<>(HEAP, delta -> Math.min(delta.weight(), HEAP / 8));

  private final BoundedCache<Sha256, Choice> choices = new BoundedCache<>(MOST_CHOICES, _ -> 1);

  /// The states of the crates with a choice of the queue: another number after each change.
  private final Map<String, Long> states = new ConcurrentHashMap<>();

  private final AtomicLong changes = new AtomicLong();

  /// The differences that are compared without a request, or wait for it.
  private final Set<Key> unfinished = ConcurrentHashMap.newKeySet();

  private final ReentrantLock comparing = new ReentrantLock();

  /// Creates a service without prepared differences.
  public CodeDeltaService(GateContext parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
    this.reviews = new ReviewService(parts, gate.files(), gate.admission(), DiffLimits.COUNT);
    gate.files()
        .onChange(
            name ->
                states.computeIfPresent(name.collisionKey(), (_, _) -> changes.incrementAndGet()),
            states::clear);
  }

  private long state(CrateName name) {
    if (states.size() > MOST_CHOICES) {
      // Each choice is made again, which is correct and rare.
      states.clear();
    }
    return states.computeIfAbsent(name.collisionKey(), _ -> changes.incrementAndGet());
  }

  private record Key(@Nullable Sha256 base, Sha256 crate) {}

  /// A choice of a base.
  ///
  /// @param base the base; null if there is none
  /// @param at the time of the choice
  /// @param queued the state of the crate, of a choice of the queue; 0 for another choice
  private record Choice(@Nullable StoredLine base, Instant at, long queued) {}

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

  /// Refuses a difference for which an artifact must be fetched: that of the version, of the base,
  /// or of a candidate for the base.
  ///
  /// @param base the version for comparison, as in [#prepare(CrateName, CrateVersion,
  ///   CrateVersion)]
  /// @return whether the index lists the version
  /// @throws MalformedException if the base does not exist
  /// @throws ArtifactUnavailableException with code `bytes-missing` if an artifact is not stored
  public boolean requireStored(CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    Optional<VersionLookup.Found> found = gate.finder().listed(name, version);
    found.ifPresent(each -> requireStored(each, base));
    return found.isPresent();
  }

  private void requireStored(VersionLookup.Found found, @Nullable CrateVersion asked) {
    CrateId crate = found.line().entry().id();
    requireStored(crate);
    Choice choice = choices.get(crate.cksum());
    if (asked != null) {
      CrateId base = base(found, asked);
      if (base != null) {
        requireStored(base);
      }
    } else if (choice != null && holds(choice, crate.name(), parts.clock().instant())) {
      StoredLine base = choice.base();
      if (base != null) {
        requireStored(base.entry().id());
      }
    } else {
      reviews.candidateLines(found).forEach(line -> requireStored(line.entry().id()));
    }
  }

  private void requireStored(CrateId id) {
    if (!parts.store().hasArtifact(id.cksum())) {
      throw new ArtifactUnavailableException(
          id,
          new ReviewReport.NotReadable(
              ErrorCode.BYTES_MISSING, "its artifact is not stored, and is not fetched now"));
    }
  }

  private @Nullable CrateId base(VersionLookup.Found found, @Nullable CrateVersion asked) {
    if (asked == null) {
      StoredLine line = chosen(found);
      return line == null ? null : line.entry().id();
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

  /// Compares the files of a difference for a time. The rest is compared without the caller, unless
  /// too many others are.
  ///
  /// @param wait the time after which the caller continues
  /// @return whether all files are compared
  public boolean compare(Prepared difference, Duration wait) {
    CodeDelta delta = difference.delta();
    if (delta.complete() || delta.compare(Deadline.after(wait, Deadline.MONOTONIC))) {
      return true;
    }
    CrateId base = difference.base();
    Key key = new Key(base == null ? null : base.cksum(), difference.crate().cksum());
    if (unfinished.size() < MOST_UNFINISHED && unfinished.add(key)) {
      Thread.ofPlatform().daemon().name("difference").start(() -> compareRest(key, delta));
    }
    return false;
  }

  /// Compares the rest of a difference. One is compared at a time.
  private void compareRest(Key key, CodeDelta delta) {
    comparing.lock();
    try {
      boolean _ = delta.compare(Deadline.none());
    } catch (LazaretException e) {
      // The next request compares a file itself, and reports the failure.
      LOG.log(System.Logger.Level.DEBUG, "a difference was not compared: {0}", e.getMessage());
    } finally {
      comparing.unlock();
      unfinished.remove(key);
    }
  }

  /// Prepares the review of a queued version, so that its first page is a short request. Prepared
  /// are the choice of the base, the difference, and the rows that a page shows first.
  ///
  /// @param base the base that the queue has chosen; null if the whole version must be read
  /// @throws MalformedException if an archive breaks the rules
  /// @throws ArtifactUnavailableException if an artifact cannot be fetched
  public Prepared prepareQueued(VersionLookup.Found found, @Nullable StoredLine base) {
    CrateId crate = found.line().entry().id();
    Prepared difference = prepare(crate, base == null ? null : base.entry().id());
    boolean _ = difference.delta().compare(Deadline.none());
    difference.delta().files().stream()
        .findFirst()
        .ifPresent(file -> difference.delta().rows(file.path(), 0, 1, 0));
    // The first use of an artifact changes the state of the crate.
    choices.put(crate.cksum(), new Choice(base, parts.clock().instant(), state(crate.name())));
    return difference;
  }

  /// Returns the base that a review of a version selects, or null if there is none.
  ///
  /// @throws ArtifactUnavailableException if the artifact cannot be fetched
  @Nullable StoredLine chosen(VersionLookup.Found found) {
    CrateId crate = found.line().entry().id();
    Instant now = parts.clock().instant();
    Choice choice = choices.get(crate.cksum());
    if (choice == null || !holds(choice, crate.name(), now)) {
      choice = new Choice(selected(found), now, 0);
      choices.put(crate.cksum(), choice);
    }
    return choice.base();
  }

  private boolean holds(Choice choice, CrateName name, Instant now) {
    if (TimeSpan.from(choice.at(), CHOICE_AGE).holds(now)) {
      return true;
    }
    StoredLine base = choice.base();
    return choice.queued() == states.getOrDefault(name.collisionKey(), -1L)
        && TimeSpan.from(choice.at(), QUEUED_AGE).holds(now)
        && (base == null || reviews.vetted(base));
  }

  private @Nullable StoredLine selected(VersionLookup.Found found) {
    return switch (reviews.select(found)) {
      case ReviewService.Selection.Selected(StoredLine base) -> base;
      case ReviewService.Selection.Unread(ReviewReport.NotReadable why) ->
          throw new ArtifactUnavailableException(found.line().entry().id(), why);
    };
  }
}
