package lazaret.vetting.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.inventory.RetentionPlan.PlannedRemoval;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.text.SizeText;
import org.jspecify.annotations.Nullable;

/// The hourly removal of artifacts by the rules in force. One node at a time works, by a lease that
/// each write proves. Once a day, a pass over the store plans removals, which are in heap only: a
/// restart makes a new pass. Thread-safe.
final class ArtifactRetentionTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ArtifactRetentionTask.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration RUN_EVERY = Duration.ofHours(1);
  private static final Duration PLAN_EVERY = Duration.ofDays(1);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  /// The number of removals that one entry of the ledger names.
  private static final int GROUP = 100;

  /// The number of artifacts that a notice names.
  private static final int NAMED = 5;

  /// The number of artifacts that one run examines for each one that it may remove.
  private static final int TRIES = 2;

  /// The usual pause before upstream is asked again: clients may have used its budget.
  static final Duration PAUSE = Duration.ofSeconds(1);

  /// The number of pauses for one artifact.
  private static final int PAUSES = 5;

  /// The number of crates that upstream did not confirm, after which a run ends.
  private static final int MAX_UNCONFIRMED = 5;

  private final GateContext parts;
  private final Supplier<Optional<RetentionRules>> inForce;
  private final RetentionPlanner planner;
  private final ArtifactRemoval removal;
  private final RetentionRegister register;
  private final Duration pause;
  private final LeaseRun turns;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile @Nullable RetentionPlan plan;

  /// The removals of the plan that are left. Used by one run at a time.
  private final Deque<PlannedRemoval> left = new ArrayDeque<>();

  /// The services of the task.
  ///
  /// @param inForce returns the rules to follow, or empty if there are none
  /// @param pause the pause before upstream is asked again
  record Parts(
      Supplier<Optional<RetentionRules>> inForce,
      RetentionPlanner planner,
      ArtifactRemoval removal,
      RetentionRegister register,
      Duration pause) {}

  ArtifactRetentionTask(GateContext parts, Parts services) {
    this.parts = parts;
    this.inForce = services.inForce();
    this.planner = services.planner();
    this.removal = services.removal();
    this.register = services.register();
    this.pause = services.pause();
    this.turns = new LeaseRun(parts.store(), "retention");
  }

  void start() {
    thread = Thread.ofVirtual().name("artifact retention").start(this::watch);
  }

  /// Ends the task after the artifact that is being removed.
  @Override
  public void close() {
    ended.countDown();
    Thread running = thread;
    if (running != null) {
      try {
        boolean _ = running.join(STOP_WAIT);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Returns the plan of the last pass of this node, or empty if it made none.
  Optional<RetentionPlan> plan() {
    return Optional.ofNullable(plan);
  }

  private void watch() {
    try {
      while (!ended.await(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Follows the rules if they are in force and the last run was an hour ago, unless another node
  /// does so.
  void look() {
    try {
      Optional<RetentionRules> rules = inForce.get();
      if (rules.isPresent() && isDue()) {
        Optional<Integer> _ = turns.tryRun(() -> isDue() ? run(rules.get()) : 0);
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the removal of artifacts failed and goes on later", e);
    }
  }

  private boolean isDue() {
    Instant now = parts.clock().instant();
    return !parts.store().condition().withholds()
        && register.followed().filter(last -> TimeSpan.from(last, RUN_EVERY).holds(now)).isEmpty();
  }

  /// Removes artifacts up to the limits of one run.
  ///
  /// @return the number of removed artifacts
  private int run(RetentionRules rules) {
    removal.begin();
    prepare(rules);
    // Stored first: the limits of an hour also hold for a run that fails or is killed.
    register.follow();
    List<PlannedRemoval> group = new ArrayList<>();
    try {
      return removeAll(rules, group);
    } finally {
      report(group, 1);
    }
  }

  /// Removes artifacts and reports them.
  ///
  /// @param group gets the removals that are not reported yet
  /// @return the number of removed artifacts
  private int removeAll(RetentionRules rules, List<PlannedRemoval> group) {
    int removed = 0;
    long bytes = 0;
    Set<CrateName> unconfirmed = new HashSet<>();
    // Each artifact can cost a request to upstream, also if it is kept.
    for (int tried = 0; tried < TRIES * rules.perRun() && !left.isEmpty(); tried++) {
      if (ended.getCount() == 0 || removed == rules.perRun() || !follows(rules)) {
        break;
      }
      PlannedRemoval next = left.removeFirst();
      CrateName name = next.facts().id().name();
      long after = bytes + next.facts().bytes();
      if (unconfirmed.contains(name) || (after > rules.perRunBytes() && removed > 0)) {
        left.addFirst(next);
        break;
      }
      ArtifactRemoval.Outcome outcome = remove(next, rules);
      if (outcome == ArtifactRemoval.Outcome.UNCONFIRMED) {
        postpone(next);
        boolean _ = unconfirmed.add(name);
        if (unconfirmed.size() == MAX_UNCONFIRMED) {
          // Upstream does not answer, or clients need its budget: the next run tries again.
          break;
        }
      }
      if (outcome == ArtifactRemoval.Outcome.REMOVED) {
        removed++;
        bytes = after;
        group.add(next);
        report(group, GROUP);
      }
    }
    return removed;
  }

  /// Moves an artifact and the others of its crate behind those of other crates.
  private void postpone(PlannedRemoval next) {
    CrateName name = next.facts().id().name();
    List<PlannedRemoval> others =
        left.stream().filter(each -> each.facts().id().name().equals(name)).toList();
    boolean _ = left.removeIf(each -> each.facts().id().name().equals(name));
    left.addLast(next);
    boolean _ = left.addAll(others);
  }

  /// Returns whether rules are still in force: their file may have changed during the run.
  private boolean follows(RetentionRules rules) {
    return inForce.get().filter(current -> current.id().equals(rules.id())).isPresent();
  }

  /// Removes an artifact, with pauses until upstream confirms that it lists the version.
  private ArtifactRemoval.Outcome remove(PlannedRemoval next, RetentionRules rules) {
    ArtifactRemoval.Outcome outcome = removal.remove(next, rules);
    for (int i = 0; i < PAUSES && outcome == ArtifactRemoval.Outcome.UNCONFIRMED; i++) {
      if (!goesOnAfterPause()) {
        break;
      }
      outcome = removal.remove(next, rules);
    }
    return outcome;
  }

  private boolean goesOnAfterPause() {
    try {
      return !ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Makes a plan unless there is one of the last day for these rules, which is complete or has
  /// removals left.
  private void prepare(RetentionRules rules) {
    RetentionPlan known = plan;
    boolean usable =
        known != null
            && known.rules().equals(rules.id())
            && TimeSpan.from(known.at(), PLAN_EVERY).holds(parts.clock().instant())
            && (!left.isEmpty() || known.complete());
    if (!usable) {
      left.clear();
      RetentionPlan made = planner.plan(rules, () -> ended.getCount() > 0);
      left.addAll(made.removals());
      plan = made;
      if (made.excess() > 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the limit of all artifacts is exceeded by {0} that nothing may remove",
            SizeText.text(made.excess()));
      }
    }
  }

  /// Appends an entry of the ledger for removals, and forgets them, if there are enough.
  private void report(List<PlannedRemoval> group, int least) {
    if (group.size() < least) {
      return;
    }
    long bytes = group.stream().mapToLong(each -> each.facts().bytes()).sum();
    String rules =
        group.stream()
            .map(PlannedRemoval::rule)
            .distinct()
            .map(rule -> "'" + rule + "'")
            .collect(Collectors.joining(", "));
    String names =
        group.stream()
            .limit(NAMED)
            .map(each -> each.facts().id())
            .map(id -> id.name() + " " + id.version())
            .collect(Collectors.joining(", "));
    Notice notice =
        new Notice(
            Notice.Kind.ARTIFACTS_REMOVED,
            parts.clock().instant(),
            Notice.GATE,
            null,
            null,
            "%d artifacts with %d bytes by %s: %s%s"
                .formatted(group.size(), bytes, rules, names, group.size() > NAMED ? ", .." : ""));
    List<Write> writes = parts.appends(notice);
    if (!writes.isEmpty()) {
      List<LedgerEntry> _ = parts.store().commit(Batch.synced(writes));
    }
    group.clear();
  }
}
