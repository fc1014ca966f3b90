package lazaret.vetting.desk;

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
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.LockAnswers.Ground;
import lazaret.vetting.desk.LockAnswers.Question;
import lazaret.vetting.desk.LockReport.Line;
import lazaret.vetting.desk.LockReport.Standing;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.policy.UnlistedVerdict;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.repair.RepairPlanner;
import lazaret.vetting.repair.RepairStep;
import lazaret.vetting.repair.WorkspaceRequirement;
import lazaret.vetting.repair.ResolvableIndex;
import lazaret.vetting.takeover.CrateHistory;
import org.jspecify.annotations.Nullable;

/// The check of a lockfile against the index and the rules.
final class LockCheck {
  private static final int PARALLEL = 16;

  private final GateParts parts;
  private final Gate gate;
  private final LockAnswers answers;
  private final List<String> criteria;
  private final Vouching vouching;
  private final Ground ground;

  /// Prepares a check.
  ///
  /// @param answers the answers of earlier checks
  /// @param criteria what somebody must vouch for beside; empty where the rules are all
  LockCheck(GateParts parts, Gate gate, LockAnswers answers, List<String> criteria) {
    this.parts = parts;
    this.gate = gate;
    this.answers = answers;
    this.criteria = List.copyOf(criteria);
    this.vouching = new Vouching(parts.clock(), gate.files(), gate.finder());
    Rulebook rulebook = gate.files().rulebook();
    this.ground = new Ground(rulebook, gate.files().head(), rulebook.age(parts.clock().instant()));
  }

  LockReport check(Lockfile lock) {
    Wrappers wrappers = new Wrappers(ground.rulebook().policy(), lock);
    return new LockReport(
        lock.packages().stream()
            .filter(p -> !(p.source() instanceof PackageSource.Local))
            .gather(Gatherers.mapConcurrent(PARALLEL, p -> wrappers.hold(check(p))))
            .toList(),
        lock.local());
  }

  private Line check(LockedPackage locked) {
    return switch (locked.source()) {
      case PackageSource.Git git -> foreign(locked, "comes from the git repository " + git.url());
      case PackageSource.OtherRegistry other ->
          foreign(locked, "comes from the registry " + other.url());
      case PackageSource.Local _ -> line(locked, Standing.SERVED, "part of the workspace");
      case PackageSource.CratesIo _ -> registered(locked);
    };
  }

  /// Returns the result for a package from another source. A feed that names bytes means them under
  /// every name and from every registry.
  private Line foreign(LockedPackage locked, String told) {
    Sha256 checksum = locked.checksum();
    List<AdvisoryGroup> named =
        checksum == null ? List.of() : ground.rulebook().advisories().hits(checksum);
    UnlistedVerdict found = ground.rulebook().evaluate(named);
    if (found.verdict() != null) {
      return new Line(locked, Standing.WITHHELD, found.reasons(), told, null);
    }
    return ground.rulebook().policy().sources().allows(locked.source())
        ? line(locked, Standing.SERVED, told + ", as the policy allows")
        : line(locked, Standing.FOREIGN_SOURCE, told);
  }

  private Line registered(LockedPackage locked) {
    Sha256 checksum = locked.checksum();
    CrateName name;
    try {
      name = CrateName.parse(locked.name());
    } catch (MalformedException e) {
      return line(locked, Standing.UNKNOWN, e.getMessage());
    }
    if (checksum == null) {
      return unlisted(
          locked, name, Standing.FOREIGN_SOURCE, "the lockfile names no checksum for it");
    }
    Question question = new Question(name, locked.version(), checksum);
    Line known =
        criteria.isEmpty() ? answers.find(question, locked, ground, parts.clock().instant()) : null;
    return known != null ? known : looked(locked, question);
  }

  private Line looked(LockedPackage locked, Question question) {
    long changes = answers.changes(question.name());
    return switch (gate.finder().find(question.name(), locked.version())) {
      case VersionLookup.NotFound(DownloadOutcome.Unavailable none) ->
          unlisted(locked, question.name(), Standing.UNAVAILABLE, none.detail());
      case VersionLookup.NotFound(DownloadOutcome.Unknown none) ->
          unlisted(locked, question.name(), Standing.UNKNOWN, none.detail());
      case VersionLookup.NotFound none ->
          throw new IllegalStateException("a look-up cannot end as " + none.outcome());
      case VersionLookup.Found found -> {
        Hearing hearing = found.file().under(ground.rulebook());
        Instant now = parts.clock().instant();
        Line line = judged(locked, question.checksum(), found, hearing, now);
        if (criteria.isEmpty()
            && found.file().head() == ground.head()
            && !leans(line, found.line(), hearing, now)) {
          answers.given(question, line, ground, hearing.until(now), changes, now);
        }
        yield line;
      }
    };
  }

  /// Returns the result for a package that the index does not list. Registries delete malware, so
  /// the feeds are consulted.
  private Line unlisted(LockedPackage locked, CrateName name, Standing standing, String detail) {
    UnlistedVerdict found = parts.unlisted(name, locked.version(), locked.checksum());
    Verdict verdict = found.verdict();
    boolean withheld =
        verdict != null
            && !ground.rulebook().policy().serves(verdict)
            && (standing == Standing.UNKNOWN || verdict.reason().code().holdsInEveryMode());
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
                .held(name)
                .flatMap(f -> instead(locked.version(), f, f.under(ground.rulebook())))
                .orElse(null)
            : null;
    return new Line(locked, withheld ? Standing.WITHHELD : standing, reasons, detail, instead);
  }

  /// Returns whether a result may depend on other crates, for the package or for the version that
  /// replaces it. Only for young versions are dependencies and similar names considered.
  private static boolean leans(Line line, StoredLine asked, Hearing hearing, Instant now) {
    return switch (line.standing()) {
      case SERVED -> CrateHistory.young(asked, now);
      case WITHHELD, NOT_VOUCHED_FOR ->
          hearing.lines().stream().anyMatch(l -> CrateHistory.young(l, now));
      case FOREIGN_SOURCE, TAMPERED, UNKNOWN, UNAVAILABLE -> false;
    };
  }

  private Line judged(
      LockedPackage locked,
      Sha256 checksum,
      VersionLookup.Found found,
      Hearing hearing,
      Instant now) {
    Sha256 held = found.line().entry().cksum();
    if (!held.equals(checksum)) {
      return new Line(
          locked,
          Standing.TAMPERED,
          parts.unlisted(found.line().entry().name(), locked.version(), checksum).reasons(),
          "the lockfile says sha256 %s, the index says %s".formatted(checksum.hex(), held.hex()),
          null);
    }
    Verdict verdict = hearing.judge(found.line(), now);
    boolean served = hearing.rulebook().policy().serves(verdict);
    String lack = lack(found.file(), found.line()).orElse(null);
    List<Reason> reasons = new ArrayList<>(verdict.reasons());
    if (lack != null) {
      reasons.add(served ? 0 : reasons.size(), new Reason(Code.CRITERIA_NOT_MET, lack));
    }
    if (!served) {
      return new Line(
          locked,
          Standing.WITHHELD,
          reasons,
          verdict.reason().detail(),
          instead(locked.version(), found.file(), hearing).orElse(null));
    }
    if (lack == null) {
      return new Line(
          locked,
          Standing.SERVED,
          reasons,
          verdict.reason().detail(),
          null,
          expiry(found.file().standing(locked.version()).latest(), now));
    }
    return new Line(
        locked,
        Standing.NOT_VOUCHED_FOR,
        reasons,
        lack,
        instead(locked.version(), found.file(), hearing).orElse(null));
  }

  private static @Nullable Instant expiry(@Nullable Decision latest, Instant now) {
    return latest != null && latest.approvesAt(now) ? latest.expires() : null;
  }

  private Optional<String> lack(CaseFile file, StoredLine line) {
    return criteria.isEmpty()
        ? Optional.empty()
        : vouching.verdict(file, line, criteria).lack(criteria);
  }

  private Optional<CrateVersion> instead(CrateVersion refused, CaseFile file, Hearing hearing) {
    Instant now = parts.clock().instant();
    Map<CrateVersion, StoredLine> lines = new HashMap<>();
    file.lines().stream()
        .filter(l -> !l.entry().yanked())
        .forEach(l -> lines.put(l.entry().version(), l));
    return Nearest.of(
        refused,
        lines.keySet(),
        version -> {
          StoredLine line = lines.get(version);
          return line != null
              && !gate.admission().refused(line.entry().cksum())
              && hearing.serves(line, now)
              && lack(file, line).isEmpty();
        });
  }

  /// Returns the steps that bring the withheld packages of a lockfile to versions that pass.
  ///
  /// @param report the result of [#check] for the same lockfile
  List<RepairStep> repairs(Lockfile lock, LockReport report, List<WorkspaceRequirement> requirements) {
    Set<LockedPackageId> withheld =
        report.lines().stream()
            .filter(l -> l.standing() == Standing.WITHHELD)
            .map(l -> l.locked().id())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new RepairPlanner(new Choices(), requirements).plan(lock, withheld);
  }

  /// The index as cargo currently sees it. Its entries are cached for one request.
  private final class Choices implements ResolvableIndex {
    private static final int MOST_FETCHES = 64;

    private final Instant now = parts.clock().instant();
    private final Map<String, List<IndexEntry>> known = new HashMap<>();
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

    private List<IndexEntry> offered(CaseFile file) {
      Hearing hearing = file.under(ground.rulebook());
      return hearing.lines().stream()
          .filter(line -> hearing.offers(line, now))
          .map(StoredLine::entry)
          .sorted(Comparator.comparing(IndexEntry::version).reversed())
          .toList();
    }

    private Optional<CaseFile> file(CrateName name) {
      Optional<CaseFile> held = gate.files().held(name);
      if (held.isPresent() || fetches == MOST_FETCHES) {
        return held;
      }
      fetches++;
      return gate.keeper().lookup(name, parts.options().indexTtl())
              instanceof IndexKeeper.Lookup.Found found
          ? Optional.of(found.file())
          : Optional.empty();
    }

    @Override
    public Optional<IndexEntry> line(CrateName name, CrateVersion version) {
      return file(name).flatMap(f -> f.line(version)).map(StoredLine::entry);
    }

    @Override
    public boolean bytesRefused(IndexEntry entry) {
      return gate.admission().refused(entry.cksum());
    }
  }

  private static Line line(LockedPackage locked, Standing standing, @Nullable String detail) {
    return new Line(locked, standing, List.of(), detail == null ? "" : detail, null);
  }
}
