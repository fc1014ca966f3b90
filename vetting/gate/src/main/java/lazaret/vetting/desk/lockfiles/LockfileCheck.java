package lazaret.vetting.desk.lockfiles;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.audits.AuditLookup;
import lazaret.vetting.desk.lockfiles.LockfileAnswerCache.Basis;
import lazaret.vetting.desk.lockfiles.LockfileAnswerCache.PackageKey;
import lazaret.vetting.desk.lockfiles.LockfileReport.Line;
import lazaret.vetting.desk.lockfiles.LockfileReport.Status;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.IndexRefresher;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.UnlistedVerdict;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.repair.RepairPlanner;
import lazaret.vetting.repair.RepairStep;
import lazaret.vetting.repair.ResolvableIndex;
import lazaret.vetting.repair.WorkspaceRequirement;
import lazaret.vetting.takeover.CrateHistory;
import org.jspecify.annotations.Nullable;

/// The check of a lockfile against the index and the rules.
public final class LockfileCheck {
  private static final int PARALLEL = 16;

  private final GateContext parts;
  private final Gate gate;
  private final LockfileAnswerCache answers;
  private final List<String> criteria;
  private final AuditLookup vouching;
  private final Basis basis;
  private final ForeignPackageCheck foreign;

  /// Prepares a check.
  ///
  /// @param answers the answers of earlier checks
  /// @param criteria audit criteria that apply in addition to the rules; empty if there are none
  public LockfileCheck(
      GateContext parts, Gate gate, LockfileAnswerCache answers, List<String> criteria) {
    this.parts = parts;
    this.gate = gate;
    this.answers = answers;
    this.criteria = List.copyOf(criteria);
    this.vouching = new AuditLookup(parts.clock(), gate.files(), gate.finder());
    Rulebook rulebook = gate.files().rulebook();
    this.basis = new Basis(rulebook, gate.files().head(), rulebook.age(parts.clock().instant()));
    this.foreign = new ForeignPackageCheck(parts, rulebook);
  }

  /// Checks each package of a lockfile that comes from outside of the project.
  public LockfileReport check(Lockfile lock) {
    BanWrappers wrappers = new BanWrappers(basis.rulebook().policy(), lock);
    return new LockfileReport(
        lock.packages().stream()
            .filter(p -> !(p.source() instanceof PackageSource.Local))
            .gather(Gatherers.mapConcurrent(PARALLEL, p -> wrappers.hold(check(p))))
            .toList(),
        lock.local());
  }

  private Line check(LockedPackage locked) {
    return switch (locked.source()) {
      case PackageSource.Git git ->
          foreign.check(locked, "comes from the git repository " + git.url());
      case PackageSource.OtherRegistry other ->
          foreign.check(locked, "comes from the registry " + other.url());
      case PackageSource.Local _ -> line(locked, Status.SERVED, "part of the workspace");
      case PackageSource.CratesIo _ -> registered(locked, NameOrigin.PUBLIC);
      case PackageSource.Private _ -> registered(locked, NameOrigin.PRIVATE);
    };
  }

  /// Returns the result for a package whose source is not the registry of its name: cargo would
  /// take another crate of this name.
  private Line misplaced(LockedPackage locked, CrateName name, NameOrigin origin) {
    String detail =
        switch (origin) {
          case PUBLIC -> "comes from a private registry, and this gate has no private crate of it";
          case PRIVATE ->
              "comes from the public registry, and the name belongs to the private one; add"
                  + " 'registry' to the dependency";
          case RESERVED -> "has a reserved name, which no registry serves here";
        };
    if (!(locked.source() instanceof PackageSource.CratesIo)) {
      return line(locked, Status.FOREIGN_SOURCE, detail);
    }
    alarm(
        name,
        origin == NameOrigin.PRIVATE ? name.collisionKey() : parts.upstream().reservedBy(name));
    Reason reason = new Reason(Code.PRIVATE_NAME_IN_PUBLIC_SOURCE, detail);
    return new Line(locked, Status.FOREIGN_SOURCE, List.of(reason), detail, null);
  }

  /// Raises the alarm about a private or reserved name, once a day for its subject. A client can
  /// make up reserved names: those of one pattern have one alarm.
  private void alarm(CrateName name, String subject) {
    Instant now = parts.clock().instant();
    String found =
        "expected the private registry as the source of this name, found crates.io in a lockfile;"
            + " add 'registry' to the dependency";
    Notice.Kind kind = Notice.Kind.PRIVATE_NAME_IN_PUBLIC_SOURCE;
    Notice notice = new Notice(kind, now, Notice.GATE, name, null, found);
    answers.alarm(subject, now, () -> parts.append(notice));
  }

  private Line registered(LockedPackage locked, NameOrigin expected) {
    Sha256 checksum = locked.checksum();
    CrateName name;
    try {
      name = CrateName.parse(locked.name());
    } catch (MalformedException e) {
      return line(locked, Status.UNKNOWN, e.getMessage());
    }
    NameOrigin origin = parts.upstream().origin(name);
    if (origin != expected) {
      return misplaced(locked, name, origin);
    }
    if (checksum == null) {
      return unlisted(locked, name, Status.FOREIGN_SOURCE, "the lockfile names no checksum for it");
    }
    PackageKey question = new PackageKey(name, locked.version(), checksum);
    Line known =
        criteria.isEmpty() ? answers.find(question, locked, basis, parts.clock().instant()) : null;
    return known != null ? known : looked(locked, question);
  }

  private Line looked(LockedPackage locked, PackageKey question) {
    long changes = answers.changes(question.name());
    return switch (gate.finder().find(question.name(), locked.version())) {
      case VersionLookup.NotFound(DownloadOutcome.Unavailable none) ->
          unlisted(locked, question.name(), Status.UNAVAILABLE, none.detail());
      case VersionLookup.NotFound(DownloadOutcome.Unknown none) ->
          unlisted(locked, question.name(), Status.UNKNOWN, none.detail());
      case VersionLookup.NotFound none ->
          throw new IllegalStateException("a look-up cannot end as " + none.outcome());
      case VersionLookup.Found found -> {
        CrateEvaluation evaluation = found.file().under(basis.rulebook());
        Instant now = parts.clock().instant();
        Line line = judged(locked, question.checksum(), found, evaluation, now);
        if (criteria.isEmpty()
            && found.file().head() == basis.head()
            && !dependsOnOthers(line, found.line(), evaluation, now)) {
          answers.entry(question, line, basis, evaluation.nextChange(now), changes, now);
        }
        yield line;
      }
    };
  }

  /// Returns the result for a package that the index does not list. Registries delete malware, so
  /// the feeds are consulted.
  private Line unlisted(LockedPackage locked, CrateName name, Status status, String detail) {
    UnlistedVerdict found = parts.unlisted(name, locked.version(), locked.checksum());
    Verdict verdict = found.verdict();
    boolean withheld =
        verdict != null
            && !basis.rulebook().policy().serves(verdict)
            && (status == Status.UNKNOWN || verdict.reason().code().holdsInEveryMode());
    List<Reason> reasons = new ArrayList<>(found.reasons());
    Sha256 checksum = locked.checksum();
    if (!criteria.isEmpty() && checksum != null) {
      vouching
          .verdict(new CrateId(name, locked.version(), checksum), criteria)
          .lack(criteria)
          .ifPresent(lack -> reasons.add(new Reason(Code.CRITERIA_NOT_MET, lack)));
    }
    if (withheld) {
      reasons.add(new Reason(Code.NOT_LISTED, detail));
    }
    CrateVersion instead =
        withheld
            ? gate.files()
                .find(name)
                .flatMap(f -> replacement(locked.version(), f, f.under(basis.rulebook())))
                .orElse(null)
            : null;
    return new Line(locked, withheld ? Status.WITHHELD : status, reasons, detail, instead)
        .with(verdict);
  }

  /// Returns whether a result may depend on other crates, for the package or for the version that
  /// replaces it. Only for young versions are dependencies and similar names considered.
  private static boolean dependsOnOthers(
      Line line, StoredLine asked, CrateEvaluation evaluation, Instant now) {
    return switch (line.status()) {
      case SERVED -> CrateHistory.young(asked, now);
      case WITHHELD, CRITERIA_NOT_MET ->
          evaluation.lines().stream().anyMatch(l -> CrateHistory.young(l, now));
      case FOREIGN_SOURCE, TAMPERED, UNKNOWN, UNAVAILABLE -> false;
    };
  }

  private Line judged(
      LockedPackage locked,
      Sha256 checksum,
      VersionLookup.Found found,
      CrateEvaluation evaluation,
      Instant now) {
    Sha256 held = found.line().entry().cksum();
    if (!held.equals(checksum)) {
      return new Line(
          locked,
          Status.TAMPERED,
          parts.unlisted(found.line().entry().name(), locked.version(), checksum).reasons(),
          "the lockfile says sha256 %s, the index says %s".formatted(checksum.hex(), held.hex()),
          null);
    }
    Verdict verdict = evaluation.evaluate(found.line(), now);
    boolean served = evaluation.rulebook().policy().serves(verdict);
    String lack = lack(found.file(), found.line()).orElse(null);
    List<Reason> reasons = new ArrayList<>(verdict.reasons());
    if (lack != null) {
      reasons.add(served ? 0 : reasons.size(), new Reason(Code.CRITERIA_NOT_MET, lack));
    }
    if (!served) {
      return new Line(
              locked,
              Status.WITHHELD,
              reasons,
              verdict.reason().detail(),
              replacement(locked.version(), found.file(), evaluation).orElse(null))
          .with(verdict);
    }
    if (lack == null) {
      return new Line(
          locked,
          Status.SERVED,
          reasons,
          verdict.reason().detail(),
          null,
          expiry(found.file().decisions(locked.version()).latest(), now),
          verdict);
    }
    return new Line(
            locked,
            Status.CRITERIA_NOT_MET,
            reasons,
            lack,
            replacement(locked.version(), found.file(), evaluation).orElse(null))
        .with(verdict);
  }

  private static @Nullable Instant expiry(@Nullable Decision latest, Instant now) {
    return latest != null && latest.approvesAt(now) ? latest.expires() : null;
  }

  private Optional<String> lack(CrateState file, StoredLine line) {
    return criteria.isEmpty()
        ? Optional.empty()
        : vouching.verdict(file, line, criteria).lack(criteria);
  }

  private Optional<CrateVersion> replacement(
      CrateVersion refused, CrateState file, CrateEvaluation evaluation) {
    Instant now = parts.clock().instant();
    Map<CrateVersion, StoredLine> lines = new HashMap<>();
    file.lines().stream()
        .filter(l -> !l.entry().yanked())
        .forEach(l -> lines.put(l.entry().version(), l));
    return NearestVersion.of(
        refused,
        lines.keySet(),
        version -> {
          StoredLine line = lines.get(version);
          return line != null
              && !gate.admission().refused(line.entry().cksum())
              && evaluation.serves(line, now)
              && lack(file, line).isEmpty();
        });
  }

  /// Returns the steps that bring the withheld packages of a lockfile to versions that pass.
  ///
  /// @param report the result of [#check] for the same lockfile
  /// @param plans the steps of earlier requests
  public List<RepairStep> repairs(
      Lockfile lock,
      LockfileReport report,
      List<WorkspaceRequirement> requirements,
      RepairPlanCache plans) {
    Set<LockedPackageId> withheld =
        report.lines().stream()
            .filter(l -> l.status() == Status.WITHHELD)
            .map(l -> l.locked().id())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (withheld.isEmpty()) {
      return List.of();
    }
    var question = new RepairPlanCache.Question(lock, requirements, withheld);
    var state = new RepairPlanCache.State(basis, answers.changes(), parts.clock().instant());
    List<RepairStep> known = plans.find(question, state, gate.admission()::refused);
    if (known != null) {
      return known;
    }
    Choices choices = new Choices();
    List<RepairStep> steps = new RepairPlanner(choices, requirements).plan(lock, withheld);
    plans.put(
        question, new RepairPlanCache.Plan(steps, lock.packages().size(), state, choices.refused));
    return steps;
  }

  /// The index as cargo currently sees it. Its entries are cached for one request.
  private final class Choices implements ResolvableIndex {
    private static final int MOST_FETCHES = 64;

    private final Instant now = parts.clock().instant();
    private final Map<String, List<IndexEntry>> known = new HashMap<>();
    private final Map<Sha256, Boolean> refused = new HashMap<>();
    private final DependencyOrigin origins = new DependencyOrigin(gate);
    private int fetches;

    @Override
    public List<IndexEntry> offered(CrateName name) {
      List<IndexEntry> offered = known.get(name.collisionKey());
      if (offered == null) {
        offered = file(name).map(this::offered).orElse(List.of());
        known.put(name.collisionKey(), offered);
      }
      return offered;
    }

    private List<IndexEntry> offered(CrateState file) {
      CrateEvaluation evaluation = file.under(basis.rulebook());
      return evaluation.lines().stream()
          .filter(line -> evaluation.resolvable(line, now))
          .map(StoredLine::entry)
          .sorted(Comparator.comparing(IndexEntry::version).reversed())
          .toList();
    }

    private Optional<CrateState> file(CrateName name) {
      Optional<CrateState> held = gate.files().find(name);
      if (held.isPresent() || fetches == MOST_FETCHES) {
        return held;
      }
      fetches++;
      return gate.keeper().lookup(name, parts.options().indexTtl())
              instanceof IndexRefresher.Lookup.Found found
          ? Optional.of(found.file())
          : Optional.empty();
    }

    @Override
    public Optional<IndexEntry> line(CrateName name, CrateVersion version) {
      return file(name).flatMap(f -> f.line(version)).map(StoredLine::entry);
    }

    @Override
    public boolean isElsewhere(CrateName by, CrateName needed) {
      return origins.isElsewhere(by, needed);
    }

    @Override
    public boolean bytesRefused(IndexEntry entry) {
      return refused.computeIfAbsent(entry.cksum(), gate.admission()::refused);
    }
  }

  private static Line line(LockedPackage locked, Status status, @Nullable String detail) {
    return new Line(locked, status, List.of(), detail == null ? "" : detail, null);
  }
}
