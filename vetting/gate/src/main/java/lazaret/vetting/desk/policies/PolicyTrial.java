package lazaret.vetting.desk.policies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.policies.PolicyTrialReport.Change;
import lazaret.vetting.desk.policies.PolicyTrialReport.Outcome;
import lazaret.vetting.desk.policies.PolicyTrialReport.Unjudged;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.VersionFinder;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyPart;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;

/// The evaluation under the policy in force, under another one, and under each part of the other
/// one alone. Changes nothing. One run; not thread-safe.
public final class PolicyTrial {
  private static final int PARALLEL = 16;

  private final GateContext parts;
  private final CrateStates files;
  private final VersionFinder finder;
  private final Instant now;
  private final Rulebook before;
  private final Rulebook after;
  private final Map<PolicyPart, Rulebook> alone = new EnumMap<>(PolicyPart.class);
  private final List<Change> changes = new ArrayList<>();
  private final List<Unjudged> unjudged = new ArrayList<>();
  private int judged;
  private boolean complete = true;

  /// A maker of trials.
  public interface Factory {
    /// Prepares the trial of a policy.
    PolicyTrial of(Policy proposed);
  }

  public PolicyTrial(GateContext parts, CrateStates files, VersionFinder finder, Policy proposed) {
    this.parts = parts;
    this.files = files;
    this.finder = finder;
    this.now = parts.clock().instant();
    this.before = files.rulebook();
    this.after = before.with(proposed);
    for (PolicyPart part : PolicyPart.values()) {
      Policy mixed = part.of(proposed, before.policy());
      if (!mixed.equals(before.policy())) {
        alone.put(part, before.with(mixed));
      }
    }
  }

  /// Evaluates every version whose bytes are stored.
  PolicyTrialReport everything() {
    try (Stream<StoredCrate> all = parts.store().crates()) {
      for (Iterator<StoredCrate> rest = all.iterator(); rest.hasNext(); ) {
        StoredCrate crate = rest.next();
        List<StoredLine> held =
            crate.lines().stream()
                .filter(line -> parts.store().hasArtifact(line.entry().cksum()))
                .toList();
        if (!held.isEmpty()) {
          files.find(crate.name()).ifPresent(file -> evaluate(file, held));
        }
      }
    }
    return report();
  }

  private record Found(LockedPackage locked, VersionLookup finding) {}

  /// Evaluates every package of a lockfile.
  PolicyTrialReport of(Lockfile given) {
    Lockfile lock = given.withPrivate(parts.upstream()::isPrivateIndex);
    lock.packages().stream()
        .filter(p -> !p.throughGate() && !(p.source() instanceof PackageSource.Local))
        .forEach(this::foreign);
    List<Found> found =
        lock.throughGate().stream()
            .gather(Gatherers.mapConcurrent(PARALLEL, p -> new Found(p, find(p))))
            .toList();
    for (Found one : found) {
      switch (one.finding()) {
        case VersionLookup.Found line -> evaluate(line.file(), List.of(line.line()));
        case VersionLookup.NotFound(DownloadOutcome.Unavailable none) ->
            unjudged(one.locked(), true, none.detail());
        case VersionLookup.NotFound(DownloadOutcome.Unknown none) ->
            unjudged(one.locked(), false, none.detail());
        case VersionLookup.NotFound none ->
            throw new IllegalStateException("a look-up cannot end as " + none.outcome());
      }
    }
    return report();
  }

  private VersionLookup find(LockedPackage locked) {
    try {
      return finder.find(CrateName.parse(locked.name()), locked.version());
    } catch (MalformedException e) {
      return new VersionLookup.NotFound(
          new DownloadOutcome.Unknown(String.valueOf(e.getMessage())));
    }
  }

  private void unjudged(LockedPackage locked, boolean unavailable, String why) {
    unjudged.add(new Unjudged(locked.name(), locked.version().text(), unavailable, why));
  }

  private PolicyTrialReport report() {
    return new PolicyTrialReport(judged, changes, unjudged, complete);
  }

  private void evaluate(CrateState file, List<StoredLine> lines) {
    CrateEvaluation now = file.under(before);
    CrateEvaluation then = new CrateEvaluation(file, after);
    Map<PolicyPart, CrateEvaluation> each = new EnumMap<>(PolicyPart.class);
    alone.forEach((part, rulebook) -> each.put(part, new CrateEvaluation(file, rulebook)));
    for (StoredLine line : lines) {
      Map<PolicyPart, Outcome> sides = new EnumMap<>(PolicyPart.class);
      each.forEach((part, evaluation) -> sides.put(part, side(evaluation, line)));
      add(
          Change.of(
              line.entry().name().published(),
              line.entry().version().text(),
              side(now, line),
              side(then, line),
              sides));
    }
  }

  private Outcome side(CrateEvaluation evaluation, StoredLine line) {
    Verdict verdict = evaluation.evaluate(line, now);
    return new Outcome(
        verdict.code(),
        evaluation.rulebook().policy().serves(verdict),
        verdict instanceof Verdict.Hold hold ? hold.until() : null,
        verdict.reason().code().code(),
        verdict.reason().detail());
  }

  private void foreign(LockedPackage locked) {
    Map<PolicyPart, Outcome> sides = new EnumMap<>(PolicyPart.class);
    alone.forEach((part, rulebook) -> sides.put(part, foreign(locked, rulebook)));
    add(
        Change.of(
            locked.name(),
            locked.version().text(),
            foreign(locked, before),
            foreign(locked, after),
            sides));
  }

  private static Outcome foreign(LockedPackage locked, Rulebook rulebook) {
    boolean allowed = rulebook.policy().sources().allows(locked.source());
    return new Outcome(
        allowed ? "allow" : "foreign",
        allowed,
        null,
        "source",
        switch (locked.source()) {
          case PackageSource.Git git -> "comes from the git repository " + git.url();
          case PackageSource.OtherRegistry other -> "comes from the registry " + other.url();
          case PackageSource.CratesIo _, PackageSource.Private _, PackageSource.Local _ ->
              "comes through the gate";
        });
  }

  private void add(Change change) {
    judged++;
    if (!change.matters()) {
      return;
    }
    if (changes.size() < PolicyTrialReport.MAX_CHANGES) {
      changes.add(change);
    } else {
      complete = false;
    }
  }
}
