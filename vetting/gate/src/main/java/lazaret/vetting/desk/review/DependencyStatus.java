package lazaret.vetting.desk.review;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.review.ReviewReport.Dependency;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.serving.IndexRefresher;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The look-up of the status of a version's dependencies.
final class DependencyStatus {
  private static final int MAX = 200;
  private static final int PARALLEL = 16;

  private final Function<CrateName, IndexRefresher.Lookup> crates;
  private final CrateStates files;
  private final Clock clock;

  /// Prepares look-ups.
  ///
  /// @param crates the look-up of a crate, which may ask upstream
  DependencyStatus(
      Function<CrateName, IndexRefresher.Lookup> crates, CrateStates files, Clock clock) {
    this.crates = crates;
    this.files = files;
    this.clock = clock;
  }

  /// Returns the dependencies that a user of the version builds, new ones first, at most 200.
  /// Development dependencies are omitted.
  ///
  /// @param base the version for comparison; null if all dependencies count as new
  List<Dependency> of(StoredLine line, @Nullable StoredLine base) {
    Set<String> known =
        base == null
            ? Set.of()
            : base.entry().deps().stream()
                .filter(DependencyStatus::built)
                .map(d -> d.packageName().collisionKey())
                .collect(Collectors.toSet());
    return line.entry().deps().stream()
        .filter(DependencyStatus::built)
        .sorted(
            Comparator.comparing(
                    (IndexDependency d) -> known.contains(d.packageName().collisionKey()))
                .thenComparing(IndexDependency::kind)
                .thenComparing(d -> d.packageName().collisionKey()))
        .limit(MAX)
        .gather(
            Gatherers.mapConcurrent(
                PARALLEL, d -> lookUp(d, !known.contains(d.packageName().collisionKey()))))
        .toList();
  }

  private static boolean built(IndexDependency dependency) {
    return dependency.kind() != DependencyKind.DEV;
  }

  private Dependency lookUp(IndexDependency dependency, boolean added) {
    return switch (crates.apply(dependency.packageName())) {
      case IndexRefresher.Lookup.Found found -> judged(dependency, added, found.file());
      case IndexRefresher.Lookup.Absent absent -> none(dependency, added, absent.detail());
      case IndexRefresher.Lookup.Unavailable none -> none(dependency, added, none.detail());
    };
  }

  private Dependency judged(IndexDependency dependency, boolean added, CrateState file) {
    CrateEvaluation evaluation = file.under(files.rulebook());
    Policy policy = evaluation.rulebook().policy();
    Instant now = clock.instant();
    List<StoredLine> matching =
        file.lines().stream()
            .filter(l -> dependency.req().matches(l.entry().version()))
            .sorted(Comparator.comparing((StoredLine l) -> l.entry().version()).reversed())
            .toList();
    if (matching.isEmpty()) {
      return none(dependency, added, "no version of it matches");
    }
    for (StoredLine line : matching) {
      Verdict verdict = evaluation.evaluate(line, now);
      if (!line.entry().yanked() && policy.serves(verdict)) {
        return new Dependency(dependency, added, version(line), verdict, true, "");
      }
    }
    StoredLine newest = matching.getFirst();
    Verdict verdict = evaluation.evaluate(newest, now);
    return new Dependency(dependency, added, version(newest), verdict, policy.serves(verdict), "");
  }

  private static CrateVersion version(StoredLine line) {
    return line.entry().version();
  }

  private static Dependency none(IndexDependency dependency, boolean added, String detail) {
    return new Dependency(dependency, added, null, null, false, detail);
  }
}
