package lazaret.mirror.following;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lazaret.mirror.following.LockfilePackageSet.Locked;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.serving.Admission;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// One pass through the crates whose artifacts are fetched ahead. These are the packages of
/// lockfiles, the newest served versions of their crates, the most used crates, or all of them.
/// Each of the newest versions brings what it requires. Stored artifacts cost no request, so that a
/// stop repeats nothing. Withheld versions are not fetched, except for those that an inspection
/// would release. Not thread-safe.
final class ArtifactPass implements AutoCloseable {
  private static final int BATCH = 32;
  private static final int PARALLEL = 4;
  private static final int PAGE = 200;

  /// The maximum number of requirements that are followed in one pass.
  static final int MOST_REQUIREMENTS = 200_000;

  /// The maximum wait for one artifact.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// The order of preference, as cargo has it.
  private static final Comparator<StoredLine> PREFERENCE =
      Comparator.<StoredLine, Boolean>comparing(line -> !line.entry().version().isPreRelease())
          .thenComparing(line -> line.entry().version());

  private final FollowContext parts;
  private final FollowBudget budget;
  private final FollowMeters meters;
  private final FollowedIndexRefresher refresher;
  private final Set<Sha256> lockfiles;
  private final Iterator<Locked> locked;
  private final Iterator<CrateName> newest;
  private final CrateUseTable.@Nullable Rows mostUsed;
  private final Deque<Want> open = new ArrayDeque<>();
  private final Set<String> required = new HashSet<>();
  private final Set<Sha256> counted = new HashSet<>();
  private List<CrateId> batch = new ArrayList<>();
  private Iterator<CrateName> page = List.<CrateName>of().iterator();
  private String reached = "";
  private long size;
  private long considered;
  private long known;

  /// The versions of a crate that are fetched.
  private sealed interface Want {
    CrateName name();

    /// One version.
    record Exact(CrateName name, CrateVersion version) implements Want {}

    /// The newest served version that meets a requirement, with what it requires.
    ///
    /// @param spelled whether the name has its published spelling, so that upstream can be asked
    record Newest(CrateName name, Predicate<CrateVersion> meets, boolean spelled) implements Want {}

    /// All served versions.
    record All(CrateName name) implements Want {}
  }

  /// Begins a pass.
  ///
  /// @param table the crates of the last dump, for the most used ones; null if there is none
  /// @throws IOException if the table cannot be read
  ArtifactPass(
      FollowContext parts,
      FollowBudget budget,
      FollowMeters meters,
      FollowedIndexRefresher refresher,
      @Nullable CrateUseTable table)
      throws IOException {
    this.parts = parts;
    this.budget = budget;
    this.meters = meters;
    this.refresher = refresher;
    LockfilePackageSet packages = LockfilePackageSet.read(parts.store());
    this.lockfiles = Set.copyOf(packages.lockfiles());
    this.locked = packages.locked().iterator();
    List<CrateName> names = packages.names();
    this.newest = names.iterator();
    this.known = (long) packages.packages().size() + names.size();
    this.mostUsed =
        switch (parts.settings().mode()) {
          case TOP -> table == null ? null : table.byUse();
          case OFF, LOCKFILES, ALL -> null;
        };
  }

  /// Considers the next crate.
  ///
  /// @return false if nothing is left
  /// @throws IOException if the table cannot be read
  boolean step() throws IOException, InterruptedException {
    Want want = open.isEmpty() ? fresh() : open.remove();
    if (want == null) {
      fetchBatch();
      return !batch.isEmpty();
    }
    considered++;
    CrateState file = state(want).orElse(null);
    if (file != null) {
      consider(want, file.under(parts.gate().files().rulebook()));
    }
    if (batch.size() >= BATCH) {
      fetchBatch();
    }
    return true;
  }

  /// Returns the digests of the lockfiles whose packages are fetched.
  Set<Sha256> lockfiles() {
    return lockfiles;
  }

  /// Returns the work in progress.
  FollowMeters.Phase phase() {
    return new FollowMeters.Phase(
        "fetching artifacts", considered, Math.max(considered + open.size(), known), false);
  }

  private @Nullable Want fresh() throws IOException, InterruptedException {
    if (locked.hasNext()) {
      Locked next = locked.next();
      return new Want.Exact(next.name(), next.version());
    }
    if (newest.hasNext()) {
      return new Want.Newest(newest.next(), _ -> true, false);
    }
    return switch (parts.settings().mode()) {
      case OFF, LOCKFILES -> null;
      case TOP -> nextMostUsed();
      case ALL -> nextOfAll();
    };
  }

  private @Nullable Want nextMostUsed() throws IOException, InterruptedException {
    // The size of what was fetched decides whether there is a next one.
    fetchBatch();
    CrateUseTable.Rows rows = mostUsed;
    if (rows == null || size >= parts.settings().limits().size()) {
      return null;
    }
    CrateUseEntry next = rows.next();
    return next == null ? null : new Want.Newest(next.name(), _ -> true, true);
  }

  private @Nullable Want nextOfAll() {
    if (!page.hasNext()) {
      known = Math.max(known, parts.store().counts().crates());
      String after = reached;
      try (Stream<String> names = parts.store().names(after)) {
        List<String> keys = names.filter(key -> key.compareTo(after) > 0).limit(PAGE).toList();
        if (keys.isEmpty()) {
          return null;
        }
        reached = keys.getLast();
        page = keys.stream().map(CrateName::parse).iterator();
      }
    }
    return new Want.All(page.next());
  }

  /// Returns the state of a crate. One that is not stored is requested from upstream, if the
  /// spelling of its name is known.
  private Optional<CrateState> state(Want want) throws InterruptedException {
    Optional<CrateState> stored = parts.gate().files().find(want.name());
    boolean asks = stored.isEmpty() && want instanceof Want.Newest version && version.spelled();
    return asks && refresher.refresh(want.name()) ? parts.gate().files().find(want.name()) : stored;
  }

  private void consider(Want want, CrateEvaluation evaluation) {
    Instant now = parts.clock().instant();
    switch (want) {
      case Want.Exact(_, CrateVersion version) ->
          evaluation
              .file()
              .line(version)
              .filter(line -> evaluation.serves(line, now) || isReleased(evaluation, line, now))
              .ifPresent(line -> add(line, true));
      case Want.All _ ->
          evaluation.lines().stream()
              .filter(line -> line.removedSince() == null)
              .filter(line -> evaluation.serves(line, now) || isReleased(evaluation, line, now))
              .forEach(line -> add(line, false));
      case Want.Newest(_, Predicate<CrateVersion> meets, _) -> {
        List<StoredLine> lines =
            evaluation.lines().stream().filter(line -> meets.test(line.entry().version())).toList();
        lines.stream()
            .filter(line -> isReleased(evaluation, line, now))
            .forEach(line -> add(line, false));
        lines.stream()
            .filter(line -> evaluation.resolvable(line, now))
            .max(PREFERENCE)
            .ifPresent(
                line -> {
                  add(line, false);
                  require(line);
                });
      }
    }
  }

  /// Returns whether a version waits for an inspection alone: with it, the shorter cooldown
  /// applies, which is over.
  private static boolean isReleased(CrateEvaluation evaluation, StoredLine line, Instant now) {
    Policy policy = evaluation.rulebook().policy();
    if (line.entry().yanked()
        || line.removedSince() != null
        || now.isBefore(policy.ageFrom(line).plus(policy.cooldown()))) {
      return false;
    }
    return evaluation.evaluate(line, now) instanceof Verdict.Hold hold
        && hold.has(Reason.Code.NOT_INSPECTED);
  }

  private void require(StoredLine line) {
    line.entry().deps().stream()
        .filter(dependency -> dependency.kind() != DependencyKind.DEV)
        .forEach(
            dependency -> {
              VersionReq req = dependency.req();
              CrateName name = dependency.packageName();
              if (required.size() < MOST_REQUIREMENTS
                  && required.add(name.collisionKey() + ' ' + req.text())) {
                open.add(new Want.Newest(name, req::matches, true));
              }
            });
  }

  /// Adds a version.
  ///
  /// @param locked whether a lockfile has it; else it is not added if retention removed its
  ///   artifact
  private void add(StoredLine line, boolean locked) {
    CrateId id = line.entry().id();
    long stored = parts.store().artifactBytes(id.cksum()).orElse(-1);
    if (stored >= 0) {
      count(id, stored);
    } else if (!batch.contains(id)
        && (locked || parts.store().removedArtifact(id.cksum()).isEmpty())) {
      batch.add(id);
    }
  }

  /// Adds an artifact to the size of what is fetched ahead, which only the most used crates need.
  private void count(CrateId id, long bytes) {
    if (mostUsed != null && counted.size() < MOST_REQUIREMENTS && counted.add(id.cksum())) {
      size += bytes;
    }
  }

  /// Fetches the versions of the batch. Those that were not requested remain.
  private void fetchBatch() throws InterruptedException {
    List<Optional<CrateId>> left = ParallelCalls.all(parallel(), batch, this::unfetched);
    for (CrateId id : batch) {
      parts.store().artifactBytes(id.cksum()).ifPresent(bytes -> count(id, bytes));
    }
    batch = new ArrayList<>(left.stream().flatMap(Optional::stream).toList());
  }

  private int parallel() {
    return Math.min(PARALLEL, parts.settings().limits().parallel());
  }

  /// Fetches a version, and returns it if it was not requested.
  private Optional<CrateId> unfetched(CrateId id) throws InterruptedException {
    if (budget.isSpentForArtifacts() || refresher.isDown() || !parts.store().diskUsage().admits()) {
      return Optional.of(id);
    }
    budget.awaitTurn();
    Admission.Outcome outcome = parts.gate().admission().admit(id, PATIENCE).orElse(null);
    switch (outcome) {
      case Admission.Outcome.Ready ready -> {
        budget.received(ready.bytes().length());
        meters.fetched();
        refresher.succeeded();
      }
      case Admission.Outcome.Hostile _, Admission.Outcome.Tampered _, Admission.Outcome.Absent _ ->
          meters.failed();
      case Admission.Outcome.Failed failed -> refresher.failed(failed.why(), failed.retryAfter());
      case null -> {
        // It is still being fetched; the next pass finds it.
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    if (mostUsed != null) {
      mostUsed.close();
    }
  }
}
