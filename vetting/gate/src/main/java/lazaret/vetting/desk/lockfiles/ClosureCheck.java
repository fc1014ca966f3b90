package lazaret.vetting.desk.lockfiles;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.lockfiles.ClosureReport.Cause;
import lazaret.vetting.desk.lockfiles.ClosureReport.Match;
import lazaret.vetting.desk.lockfiles.ClosureReport.Unmet;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.serving.IndexRefresher;
import lazaret.vetting.gate.serving.UpstreamUnavailableException;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;

/// A check that each requirement of served versions is met by a served version. For unmet
/// requirements it finds the versions to approve or to withhold. One run; not thread-safe.
///
/// Approval prefers few and new versions. A requirement takes the newest matching release that may
/// be approved, unless a version that was chosen before already matches. A chosen version has
/// requirements of its own. Pruning works the other way: a served version with an unmet requirement
/// is withheld, then every version that only such versions would satisfy.
public final class ClosureCheck {
  /// The maximum number of versions in one run. Their lines stay in heap until it ends.
  private static final int MAX_VERSIONS = 20_000;

  /// The maximum number of index lines that one run reads or compares with a requirement: about two
  /// seconds of a processor.
  private static final long MAX_LINES = 300_000;

  private final GateContext parts;
  private final Gate gate;
  private final Rulebook rulebook;
  private final Instant now;
  private final boolean askUpstream;
  private final boolean walk;
  private final DependencyOrigin origins;
  private final Set<String> looked = new LinkedHashSet<>();
  private final Map<String, Cause> missing = new HashMap<>();
  private final Deque<Step> open = new ArrayDeque<>();
  private final Map<CrateId, Step> seen = new LinkedHashMap<>();
  private final List<Match> withheld = new ArrayList<>();
  private final List<Unmet> unmet = new ArrayList<>();
  private final Map<CrateName, List<CrateId>> chosen = new LinkedHashMap<>();
  private final Map<Requirement, Resolution> resolutions = new HashMap<>();
  private long lines;
  private long requirements;
  private boolean complete = true;

  /// Creates a check.
  ///
  /// @param askUpstream whether crates are fetched that are not stored or not recently confirmed
  /// @param walk whether versions that meet a requirement are checked in turn
  private ClosureCheck(GateContext parts, Gate gate, boolean askUpstream, boolean walk) {
    this.parts = parts;
    this.gate = gate;
    this.rulebook = gate.files().rulebook();
    this.now = parts.clock().instant();
    this.askUpstream = askUpstream;
    this.walk = walk;
    this.origins = new DependencyOrigin(gate);
  }

  /// Returns the report for a query, or empty if the version that it names does not exist.
  ///
  /// @throws UpstreamUnavailableException if its crate is not stored and upstream is unavailable
  public static Optional<ClosureReport> run(GateContext parts, Gate gate, ClosureQuery order) {
    return switch (order) {
      case ClosureQuery.Of of -> new ClosureCheck(parts, gate, true, true).of(of);
      case ClosureQuery.Locked locked -> {
        ClosureCheck check = new ClosureCheck(parts, gate, true, false);
        locked.lock().packages().forEach(check::locked);
        yield Optional.of(check.report());
      }
      case ClosureQuery.Everything _ -> {
        ClosureCheck check = new ClosureCheck(parts, gate, false, false);
        check.everything();
        yield Optional.of(check.report());
      }
    };
  }

  /// A requirement for a crate. Thousands of versions have the same one.
  private record Requirement(String crate, String req) {}

  /// The versions that match a requirement.
  ///
  /// @param met the newest offered version that matches
  /// @param matches the newest matching versions, if none is offered
  /// @param advice the newest matching version that may be approved
  private record Resolution(
      Optional<StoredLine> met, List<Match> matches, Optional<StoredLine> advice) {}

  /// A version to check.
  ///
  /// @param optional whether only an optional requirement leads to it
  private record Step(StoredLine line, boolean optional) {
    CrateId id() {
      return line.entry().id();
    }
  }

  private Optional<ClosureReport> of(ClosureQuery.Of order) {
    CrateState file = file(order.name()).orElse(null);
    if (file == null) {
      if (missing.get(order.name().collisionKey()) == Cause.NOT_LOOKED_UP) {
        throw new UpstreamUnavailableException(
            "'%s' is not stored, and upstream is not available".formatted(order.name()));
      }
      return Optional.empty();
    }
    CrateVersion version = order.version();
    Optional<StoredLine> root =
        version != null
            ? file.line(version)
            : evaluation(file)
                .newestServed(now)
                .flatMap(file::line)
                .or(() -> file.lines().stream().max(VersionPreference.newestLast()));
    root.ifPresent(line -> begin(file, line));
    return root.map(_ -> report());
  }

  private void locked(LockedPackage locked) {
    if (!locked.throughGate()) {
      return;
    }
    try {
      CrateState file = file(CrateName.parse(locked.name())).orElse(null);
      StoredLine line = file == null ? null : file.line(locked.version()).orElse(null);
      if (file == null || line == null) {
        complete = false;
      } else {
        begin(file, line);
      }
    } catch (MalformedException _) {
      complete = false;
    }
  }

  private void everything() {
    try (Stream<String> all = parts.store().names()) {
      for (Iterator<String> rest = all.iterator(); rest.hasNext() && !exhausted(); ) {
        CrateState file = gate.files().find(CrateName.parse(rest.next())).orElse(null);
        if (file != null) {
          lines += file.lines().size();
          file.lines().stream()
              .filter(line -> parts.store().hasArtifact(line.entry().cksum()))
              .filter(line -> evaluation(file).serves(line, now))
              .forEach(line -> begin(file, line));
        }
      }
    }
  }

  private void begin(CrateState file, StoredLine line) {
    if (!evaluation(file).serves(line, now)) {
      withheld.add(match(file, line));
      if (approvable(file, line) && !chosen(line.entry().name()).contains(line.entry().id())) {
        choose(line);
      }
    }
    open.add(new Step(line, false));
    look();
  }

  private CrateEvaluation evaluation(CrateState file) {
    return file.under(rulebook);
  }

  private void look() {
    while (!open.isEmpty()) {
      Step step = open.poll();
      Step before = seen.get(step.id());
      if (before != null && (!before.optional() || step.optional())) {
        continue;
      }
      if (exhausted()) {
        open.clear();
        return;
      }
      seen.put(step.id(), step);
      step.line().entry().deps().stream()
          .filter(d -> d.kind() != DependencyKind.DEV)
          .forEach(d -> require(step, d));
    }
  }

  /// Returns whether a limit is reached. The report is then incomplete.
  private boolean exhausted() {
    boolean exhausted = seen.size() >= MAX_VERSIONS || lines >= MAX_LINES;
    complete &= !exhausted;
    return exhausted;
  }

  private void require(Step step, IndexDependency dependency) {
    requirements++;
    boolean optional = step.optional() || dependency.optional();
    if (exhausted()) {
      return;
    }
    if (origins.isElsewhere(step.id().name(), dependency.packageName())) {
      tell(new Unmet(step.id(), dependency, optional, Cause.NO_CRATE, List.of()));
      return;
    }
    String key = dependency.packageName().collisionKey();
    Requirement requirement = new Requirement(key, dependency.req().text());
    Resolution found = resolutions.get(requirement);
    if (found == null) {
      CrateState file = file(dependency.packageName()).orElse(null);
      if (file == null) {
        Cause cause = missing.getOrDefault(key, Cause.NO_CRATE);
        complete &= optional || cause != Cause.NOT_LOOKED_UP;
        tell(new Unmet(step.id(), dependency, optional, cause, List.of()));
        return;
      }
      found = resolve(file, dependency);
      resolutions.put(requirement, found);
    }
    if (found.met().isPresent()) {
      if (walk || chosen(step.id().name()).contains(step.id())) {
        enqueue(new Step(found.met().get(), optional));
      }
      return;
    }
    Cause cause = found.matches().isEmpty() ? Cause.NO_MATCH : Cause.WITHHELD;
    tell(new Unmet(step.id(), dependency, optional, cause, found.matches()));
    if (!optional) {
      found.advice().ifPresent(newest -> advice(dependency, newest));
    }
  }

  private Resolution resolve(CrateState file, IndexDependency dependency) {
    lines += file.lines().size();
    List<StoredLine> matching = VersionPreference.matching(file, dependency);
    Optional<StoredLine> met =
        matching.stream().filter(l -> evaluation(file).resolvable(l, now)).findFirst();
    if (met.isPresent()) {
      return new Resolution(met, List.of(), Optional.empty());
    }
    List<Match> matches =
        matching.stream().limit(ClosureReport.MAX_MATCHES).map(line -> match(file, line)).toList();
    return new Resolution(
        met, matches, matching.stream().filter(line -> approvable(file, line)).findFirst());
  }

  private void tell(Unmet one) {
    if (unmet.size() < ClosureReport.MAX_UNMET) {
      unmet.add(one);
    } else {
      complete = false;
    }
  }

  /// Queues a version. Required versions come before optional ones, so that few are checked twice.
  private void enqueue(Step step) {
    if (step.optional()) {
      open.addLast(step);
    } else {
      open.addFirst(step);
    }
  }

  private List<CrateId> chosen(CrateName name) {
    return chosen.getOrDefault(name, List.of());
  }

  private void advice(IndexDependency dependency, StoredLine newest) {
    boolean already =
        chosen(newest.entry().name()).stream()
            .anyMatch(id -> dependency.req().matches(id.version()));
    if (!already) {
      choose(newest);
    }
  }

  private void choose(StoredLine line) {
    chosen.computeIfAbsent(line.entry().name(), _ -> new ArrayList<>()).add(line.entry().id());
    enqueue(new Step(line, false));
  }

  /// Returns whether a version can be approved in bulk. Yanked, removed and changed versions are
  /// excluded, and so are versions that the rules deny.
  private boolean approvable(CrateState file, StoredLine line) {
    return !line.entry().yanked()
        && line.removedSince() == null
        && line.changedCksum() == null
        && !(evaluation(file).evaluate(line, now) instanceof Verdict.Deny);
  }

  private Match match(CrateState file, StoredLine line) {
    CrateEvaluation evaluation = evaluation(file);
    return new Match(
        line.entry().id(), evaluation.serves(line, now), evaluation.evaluate(line, now));
  }

  /// Returns the state of a crate. If it is missing, [#missing] names the cause afterwards. States
  /// are not kept here, since their heap is limited elsewhere.
  private Optional<CrateState> file(CrateName name) {
    String key = name.collisionKey();
    if (missing.containsKey(key)) {
      return Optional.empty();
    }
    if (!askUpstream || !looked.add(key)) {
      Optional<CrateState> held = gate.files().find(name);
      if (held.isEmpty()) {
        missing.put(key, Cause.NOT_LOOKED_UP);
      }
      return held;
    }
    return switch (gate.keeper().lookup(name, parts.options().indexTtl())) {
      case IndexRefresher.Lookup.Found found -> Optional.of(found.file());
      case IndexRefresher.Lookup.Absent _ -> none(key, Cause.NO_CRATE);
      case IndexRefresher.Lookup.Unavailable _ -> none(key, Cause.NOT_LOOKED_UP);
    };
  }

  private Optional<CrateState> none(String key, Cause cause) {
    missing.put(key, cause);
    return Optional.empty();
  }

  private ClosureReport report() {
    List<CrateId> approve = chosen.values().stream().flatMap(List::stream).toList();
    return new ClosureReport(
        seen.size(), requirements, withheld, unmet, approve, pruned(), complete);
  }

  /// Returns the versions to withhold. Versions that cannot be resolved are withheld until no
  /// further one follows. Empty if a limit was reached, since the result would be incomplete.
  private List<CrateId> pruned() {
    if (exhausted()) {
      return List.of();
    }
    Set<CrateId> gone =
        unmet.stream()
            .filter(u -> !u.optional() && u.cause() != Cause.NOT_LOOKED_UP)
            .map(Unmet::by)
            .filter(this::served)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    boolean falls = !gone.isEmpty();
    while (falls) {
      Set<String> names =
          gone.stream().map(id -> id.name().collisionKey()).collect(Collectors.toSet());
      falls = false;
      for (Step step : seen.values()) {
        if (!gone.contains(step.id()) && served(step.id()) && !stands(step.line(), gone, names)) {
          falls |= gone.add(step.id());
        }
      }
    }
    return List.copyOf(gone);
  }

  private boolean served(CrateId id) {
    return gate.files()
        .find(id.name())
        .flatMap(file -> file.line(id.version()).map(line -> evaluation(file).serves(line, now)))
        .orElse(false);
  }

  /// Returns whether the requirements of a version for the named crates are still met.
  private boolean stands(StoredLine line, Set<CrateId> gone, Set<String> names) {
    return line.entry().deps().stream()
        .filter(d -> d.kind() != DependencyKind.DEV && !d.optional())
        .filter(d -> names.contains(d.packageName().collisionKey()))
        .allMatch(
            d ->
                file(d.packageName()).stream()
                    .flatMap(
                        f ->
                            VersionPreference.matching(f, d).stream()
                                .filter(l -> evaluation(f).resolvable(l, now)))
                    .anyMatch(l -> !gone.contains(l.entry().id())));
  }
}
