package lazaret.vetting.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.retention.PlannedRemovalInfo;
import lazaret.vetting.deskapi.retention.RetentionReply;
import lazaret.vetting.deskapi.retention.RetentionReply.State;
import lazaret.vetting.deskapi.retention.RetentionRuleInfo;
import lazaret.vetting.deskapi.retention.RetentionTrialReply;
import lazaret.vetting.deskapi.retention.ScrubInfo;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.feeds.LockfilePackageIndex;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.inventory.RetentionPlan.PlannedRemoval;
import lazaret.vetting.scrub.ScrubPosition;
import lazaret.vetting.scrub.ScrubTask;
import org.jspecify.annotations.Nullable;

/// The stored artifacts of a gate: their inventory, their removal by rules, and their scrub. A file
/// of rules that is new or changed is not followed until a person put it in force after a trial.
/// Thread-safe, except that [#start] and [#close] are for one thread.
public final class RetentionService implements AutoCloseable {
  /// The maximum number of removals of which a plan has the facts in heap.
  static final int MAX_REMOVALS = 50_000;

  /// The maximum number of removals that a trial lists.
  private static final int MAX_LISTED = 500;

  private final Store store;
  private final RetentionSettings settings;
  private final RetentionRegister register;
  private final RetentionPlanner planner;
  private final ArtifactLookup lookup;
  private final ArtifactRetentionTask task;
  private final ScrubTask scrub;

  /// Creates the service of a gate. Nothing is read from the store before the first request or
  /// [#start].
  public RetentionService(GateContext parts, Gate gate, RetentionSettings settings) {
    this.store = parts.store();
    this.settings = settings;
    this.register = new RetentionRegister(parts.store(), parts.clock());
    ArtifactFactsReader facts = new ArtifactFactsReader(parts);
    ProtectedArtifacts kept =
        new ProtectedArtifacts(parts, LockfilePackageIndex.of(parts.store(), gate.usageLog()));
    this.planner = new RetentionPlanner(parts, facts, kept, MAX_REMOVALS);
    this.lookup = new ArtifactLookup(parts, facts, kept);
    this.task =
        new ArtifactRetentionTask(
            parts,
            new ArtifactRetentionTask.Parts(
                this::followed,
                planner,
                new ArtifactRemoval(parts, gate, facts, kept),
                register,
                ArtifactRetentionTask.PAUSE));
    this.scrub = new ScrubTask(parts, gate.artifactCache(), settings.scrubRate());
  }

  /// The rules of the file with their state.
  ///
  /// @param rules the rules; null without a valid file
  /// @param detail the reason for the state; null if there is none
  record Current(State state, @Nullable RetentionRules rules, @Nullable String detail) {}

  /// Returns the handlers for the desk API.
  ///
  /// @param api lists the trial as a long operation
  public HandlerSource handlers(Supplier<DeskApi> api) {
    return new RetentionHandlers(this, lookup, api);
  }

  /// Starts the hourly removal and the scrub.
  public void start() {
    task.start();
    scrub.start();
  }

  /// Follows the rules once, as the background work does each hour.
  void followOnce() {
    task.look();
  }

  /// Ends the background work. Closing twice is allowed.
  @Override
  public void close() {
    task.close();
    scrub.close();
  }

  /// Reads the file and returns its rules with their state.
  Current current() {
    RetentionSettings.RulesFile file = settings.rules();
    if (file == null) {
      return new Current(State.OFF, null, null);
    }
    RetentionRules rules;
    try {
      rules = RetentionRulesReader.read(file.read());
    } catch (MalformedException e) {
      return new Current(State.INVALID, null, e.getMessage());
    }
    String suspended = suspended();
    if (suspended != null) {
      return new Current(State.SUSPENDED, rules, suspended);
    }
    if (!register.isInForce(rules.id())) {
      return new Current(
          State.PAUSED, rules, "the rules are new or changed: try them, then resume them");
    }
    return register.isPaused()
        ? new Current(
            State.PAUSED,
            rules,
            "the rules were not followed for over seven days by the clock: check the clock, try"
                + " them, then resume them")
        : new Current(State.IN_FORCE, rules, null);
  }

  private @Nullable String suspended() {
    long head = store.snapshots().head();
    return head == 0
        ? settings.suspended()
        : "snapshot %d is served, and artifacts come with bundles alone".formatted(head);
  }

  private Optional<RetentionRules> followed() {
    Current current = current();
    return current.state() == State.IN_FORCE
        ? Optional.ofNullable(current.rules())
        : Optional.empty();
  }

  /// Returns the state of retention and of the scrub.
  RetentionReply state() {
    Current current = current();
    RetentionRules rules = current.rules();
    return new RetentionReply(
        current.state(),
        current.detail() == null ? excess().orElse(null) : current.detail(),
        rules == null ? null : rules.id(),
        register.trial().orElse(null),
        register.followed().orElse(null),
        scrub.position().map(RetentionService::info).orElse(null));
  }

  /// Returns the warning that protected artifacts alone exceed the limit of all, as far as the last
  /// pass of this node knows.
  private Optional<String> excess() {
    return task.plan()
        .filter(plan -> plan.excess() > 0)
        .map(plan -> "protected artifacts exceed 'max-size' by %d bytes".formatted(plan.excess()));
  }

  private static ScrubInfo info(ScrubPosition at) {
    return new ScrubInfo(at.begun(), at.ended(), at.artifacts(), at.bytes(), at.damaged());
  }

  /// Evaluates the rules of the file at one moment, and stores the result. Nothing is removed.
  ///
  /// @param by the person who tries them
  /// @throws ProblemException with code `config-invalid` if there are no valid rules
  RetentionTrialReply trial(String by) {
    RetentionRules rules = requireRules("try");
    RetentionPlan plan = planner.plan(rules, () -> true);
    RetentionTrialReply trial =
        new RetentionTrialReply(
            plan.rules(),
            plan.at(),
            by,
            plan.artifacts(),
            plan.bytes(),
            counts(plan),
            plan.removals().stream().limit(MAX_LISTED).map(RetentionService::info).toList(),
            plan.excess());
    register.tried(trial);
    return trial;
  }

  private static List<RetentionRuleInfo> counts(RetentionPlan plan) {
    return plan.counts().entrySet().stream().map(RetentionService::info).toList();
  }

  private static RetentionRuleInfo info(Map.Entry<String, RetentionPlan.Count> each) {
    return new RetentionRuleInfo(
        each.getKey(), each.getValue().artifacts(), each.getValue().bytes());
  }

  private static PlannedRemovalInfo info(PlannedRemoval planned) {
    ArtifactFacts facts = planned.facts();
    return new PlannedRemovalInfo(
        facts.id().name(), facts.id().version(), facts.bytes(), facts.used(), planned.rule());
  }

  /// Puts the rules of the file in force.
  ///
  /// @param id the id that a person saw in the trial
  /// @param by the person
  /// @throws ProblemException with code `stale` if the file or the last trial has other rules, or
  ///   if that trial is older than seven days
  void resume(Sha256 id, String reason, String by) {
    RetentionRules rules = requireRules("resume");
    if (!rules.id().equals(id)) {
      throw new ProblemException(
          ErrorCode.STALE,
          "cannot resume the rules: expected SHA-256 %s, found %s in the file; try them again"
              .formatted(id.hex(), rules.id().hex()));
    }
    Optional<Sha256> tried = register.tried();
    if (tried.filter(id::equals).isEmpty()) {
      throw new ProblemException(
          ErrorCode.STALE,
          "cannot resume the rules: expected a trial of them, found %s; try them first"
              .formatted(tried.map(other -> "one of " + other.hex()).orElse("none")));
    }
    register.resume(id, reason, by);
  }

  private RetentionRules requireRules(String verb) {
    Current current = current();
    RetentionRules rules = current.rules();
    if (rules == null) {
      throw new ProblemException(
          ErrorCode.CONFIG_INVALID,
          current.detail() == null
              ? "cannot %s the rules: expected a file, found none; set 'retention.artifacts'"
                  .formatted(verb)
              : current.detail());
    }
    return rules;
  }
}
