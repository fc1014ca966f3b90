package lazaret.vetting.desk.lockfiles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.lockfiles.LockfileAnswerCache.Basis;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.repair.RepairStep;
import lazaret.vetting.repair.WorkspaceRequirement;
import org.jspecify.annotations.Nullable;

/// The cache of the steps that repair lockfiles. The search for them reads the index files of many
/// crates, and the jobs of one pipeline check the same lockfile within seconds.
///
/// A plan is valid while no crate, rulebook, snapshot or state of the feeds changes, while the same
/// bytes are refused, and for a minute at most, since verdicts depend on the time. Thread-safe.
public final class RepairPlanCache {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /// The maximum total number of packages of the cached lockfiles.
  private static final int MAX_PACKAGES = 40_000;

  private final BoundedCache<Question, Plan> plans =
      new BoundedCache<>(MAX_PACKAGES, plan -> plan.packages());

  /// A lockfile, with all of its properties that the steps depend on.
  record Question(
      Lockfile lock, List<WorkspaceRequirement> requirements, Set<LockedPackageId> withheld) {
    Question {
      requirements = List.copyOf(requirements);
      withheld = Set.copyOf(withheld);
    }
  }

  /// The state of the gate before a search.
  ///
  /// @param changes the number of changes of all crates
  record State(Basis basis, long changes, Instant at) {
    /// Returns whether a search in this state has the result of one in an earlier state.
    boolean continues(State earlier) {
      return changes == earlier.changes
          && basis.equalsButForTime(earlier.basis)
          && TimeSpan.from(earlier.at, LONGEST).holds(at);
    }
  }

  /// The steps and what they rest on.
  ///
  /// @param refused whether the bytes of a version were refused, for each version that the search
  ///   considered
  record Plan(List<RepairStep> steps, int packages, State state, Map<Sha256, Boolean> refused) {
    Plan {
      steps = List.copyOf(steps);
      refused = Map.copyOf(refused);
    }
  }

  /// Returns the valid steps, or null if there are none.
  ///
  /// @param refuses whether the bytes with a checksum are refused now
  @Nullable List<RepairStep> find(Question question, State state, Predicate<Sha256> refuses) {
    Plan plan = plans.get(question);
    return plan != null
            && state.continues(plan.state())
            && plan.refused().entrySet().stream()
                .allMatch(each -> refuses.test(each.getKey()) == each.getValue())
        ? plan.steps()
        : null;
  }

  /// Caches the steps for a lockfile.
  void put(Question question, Plan plan) {
    plans.put(question, plan);
  }
}
