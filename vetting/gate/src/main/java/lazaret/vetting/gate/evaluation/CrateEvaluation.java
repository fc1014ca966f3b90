package lazaret.vetting.gate.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.upstream.PublishHold;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.ledger.DecisionContext;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.SignalPolicy;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import lazaret.vetting.policy.rules.PolicyEvaluator;
import lazaret.vetting.policy.rules.RuleInput;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.policy.rules.YankWave;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.TakeoverSignal;
import org.jspecify.annotations.Nullable;

/// The evaluation of one crate under one rulebook: the advisories and audits of its versions, and
/// the verdicts. Immutable except for caches; thread-safe.
public final class CrateEvaluation {
  private final CrateState file;
  private final Rulebook rulebook;
  private final Policy policy;
  private final CrateName name;
  private final PolicyEvaluator evaluate;
  private final Map<String, List<AdvisoryGroup>> hits = new HashMap<>();
  private final AlternativeVersions alternatives;
  private final KeptVerdicts kept;
  private volatile @Nullable ValidityPeriod span;
  private volatile @Nullable VersionsInUse used;

  /// A period in which time does not change a verdict.
  private record ValidityPeriod(Instant from, @Nullable Instant end) {
    boolean covers(Instant moment) {
      return !moment.isBefore(from) && (end == null || moment.isBefore(end));
    }
  }

  public CrateEvaluation(CrateState file, Rulebook rulebook) {
    this.file = file;
    this.rulebook = file.own(rulebook);
    this.policy = this.rulebook.policy();
    this.name = file.crate().name();
    this.evaluate = new PolicyEvaluator(policy);
    AdvisorySet advisories = this.rulebook.advisories();
    boolean named = !advisories.digest(name).isEmpty();
    for (StoredLine line : file.lines()) {
      CrateVersion version = line.entry().version();
      if (named || advisories.namesBytes(line.entry().cksum())) {
        hits.put(version.text(), advisories.hits(name, version, line.entry().cksum()));
      }
    }
    this.alternatives = new AlternativeVersions(this);
    this.kept = new KeptVerdicts(this);
  }

  /// Returns whether advisories name the crate. Data about one version can then change the verdict
  /// on another one.
  boolean hasAdvisories() {
    return !hits.isEmpty();
  }

  /// Returns the state of the crate.
  public CrateState file() {
    return file;
  }

  /// Returns the stored lines of all versions.
  public List<StoredLine> lines() {
    return file.lines();
  }

  /// Returns the rulebook of the evaluation.
  public Rulebook rulebook() {
    return rulebook;
  }

  /// Returns the advisories that affect a version, the worst first.
  public List<AdvisoryGroup> hits(CrateVersion version) {
    return hits.getOrDefault(version.text(), List.of());
  }

  /// Returns the current context of a verdict or decision on a version.
  public DecisionContext context(StoredLine line) {
    return new DecisionContext(
        null,
        rulebook.policyGeneration(),
        file.findings(line.entry().cksum()).map(Findings::inspectorVersion).orElse(0),
        rulebook.feeds(),
        hits(line.entry().version()).stream().flatMap(h -> h.ids().stream()).distinct().toList());
  }

  /// Evaluates a version.
  public Verdict evaluate(StoredLine line, Instant now) {
    return evaluate(ruleInput(line, now), now);
  }

  /// Returns the verdict of [#evaluate(StoredLine, Instant)], for a version that is downloaded. The
  /// verdict on an old version is computed once, until time can change it.
  public Verdict keptVerdict(StoredLine line, Instant now) {
    return kept.verdict(line, now);
  }

  /// Evaluates the input of the rules for a version.
  public Verdict evaluate(RuleInput ruleInput, Instant now) {
    return evaluate.evaluate(ruleInput, now);
  }

  /// Returns whether the policy serves a version.
  public boolean serves(StoredLine line, Instant now) {
    return policy.serves(evaluate(line, now));
  }

  /// Returns whether a new resolution may choose a version: it is served and its line is not
  /// yanked.
  public boolean resolvable(StoredLine line, Instant now) {
    return !yanked(line, now) && serves(line, now);
  }

  /// Returns whether a version is offered, as [#resolvable] does, by its own bytes, age and
  /// advisories alone. Related crates of a related crate are not considered, since two crates that
  /// depend on each other would recurse without end.
  boolean resolvableAlone(StoredLine line, Instant now) {
    return !yanked(line, now) && policy.serves(evaluate(ruleInput(line, List.of(), now), now));
  }

  /// Returns whether a yank of a version counts. One of upstream does not count if a person
  /// approved the version or if it is part of a yank wave. The line from before the yank is then
  /// served.
  public boolean yanked(StoredLine line, Instant now) {
    boolean kept =
        !file.isHosted()
            && line.unyanked() != null
            && (file.approvedAt(line.entry().version(), now)
                || file.wave().part(line) == YankWave.Role.YANKED);
    return line.entry().yanked() && !kept;
  }

  /// Returns the earliest moment at which time changes a verdict of the crate, as [NextChange]
  /// finds it, or null if there is none.
  @Nullable
  public Instant nextChange(Instant now) {
    ValidityPeriod known = span;
    if (known == null || !known.covers(now)) {
      known = new ValidityPeriod(now, NextChange.of(this, now));
      span = known;
    }
    return known.end();
  }

  /// Returns whether takeover signals are computed for a version: only if it is young and public,
  /// and never within a snapshot of another gate. A snapshot has only selected crates, so each
  /// crate would seem new and many would be unknown. Its origin evaluated the version with complete
  /// data.
  boolean suspected(StoredLine line, Instant now) {
    return file.head() == 0 && !file.isHosted() && CrateHistory.young(line, now);
  }

  /// Returns whether the verdict on a version depends on other crates.
  boolean dependsOnRelatedCrates(StoredLine line, Instant now) {
    return suspected(line, now) && !file.takeover().newDependencies(line, now).isEmpty();
  }

  /// Returns whether the verdict on any version depends on other crates.
  boolean dependsOnRelatedCrates(Instant now) {
    return file.lines().stream().anyMatch(line -> dependsOnRelatedCrates(line, now));
  }

  private List<TakeoverSignal> takeover(StoredLine line, Instant now) {
    if (!suspected(line, now)) {
      return List.of();
    }
    MinHashSketch source =
        file.findings(line.entry().cksum()).map(f -> f.trace().sketch()).orElse(MinHashSketch.NONE);
    return file.takeover().signals(line, source, now);
  }

  /// Returns the complete input of the rules for one version.
  public RuleInput ruleInput(StoredLine line, Instant now) {
    return ruleInput(line, takeover(line, now), now);
  }

  private RuleInput ruleInput(StoredLine line, List<TakeoverSignal> takeover, Instant now) {
    CrateVersion version = line.entry().version();
    List<String> fixes = fixes(line, now);
    // Within a snapshot, the verdict of its origin applies.
    boolean gained = file.head() == 0 && (compared(line, now) || !fixes.isEmpty());
    ExternalEvidence evidence =
        new ExternalEvidence(
            hits(version),
            rulebook.age(now),
            audit(version, line.entry().cksum()),
            takeover,
            fixes,
            gained ? newCapabilities(line, now) : null,
            missingBase(line, fixes, now).map(base -> base.entry().version()).orElse(null));
    PublishHold hold = file.hold(version);
    return new RuleInput(
        line,
        file.findings(line.entry().cksum()).orElse(null),
        file.decisions(version),
        file.wave().part(line),
        evidence,
        hold == null ? null : hold.reason());
  }

  private @Nullable AuditVerdict audit(CrateVersion version, Sha256 cksum) {
    return rulebook.audits().speaksOf(name)
        ? rulebook.audits().verdict(name, version, cksum, policy.evidence().criteria())
        : null;
  }

  /// Returns the ids of the vulnerabilities for which a young version is the smallest fix of an
  /// older version in use.
  private List<String> fixes(StoredLine line, Instant now) {
    CrateVersion version = line.entry().version();
    boolean young = now.isBefore(policy.ageFrom(line).plus(policy.buildCooldown()));
    if (hits.isEmpty() || !young || hasVulnerability(version)) {
      return List.of();
    }
    return inUse(now).fixedBy(version);
  }

  private VersionsInUse inUse(Instant now) {
    VersionsInUse known = used;
    if (known == null || !known.covers(now)) {
      known = VersionsInUse.at(this, now);
      used = known;
    }
    return known;
  }

  /// Returns the versions that upstream lists and has not yanked, and that no person denied.
  List<CrateVersion> offered() {
    return file.lines().stream()
        .filter(l -> !l.entry().yanked() && l.removedSince() == null)
        .filter(l -> !file.denied(l.entry().version()))
        .map(l -> l.entry().version())
        .toList();
  }

  private boolean hasVulnerability(CrateVersion version) {
    return hits(version).stream().anyMatch(h -> h.kind() == AdvisoryKind.VULNERABILITY);
  }

  /// Returns whether a version is approved or past its cooldown, regardless of advisories. Denied
  /// versions are not in use.
  boolean inUse(StoredLine line, Instant now) {
    CrateVersion version = line.entry().version();
    return !file.denied(version)
        && (!file.decisions(version).approvalsAt(now).isEmpty()
            || !now.isBefore(policy.ageFrom(line).plus(policy.buildCooldown())));
  }

  /// Returns whether a rule asks for the capabilities that a version has and another one does not.
  boolean compared(StoredLine line, Instant now) {
    Duration wait = policy.buildCooldown();
    Duration longer = wait.compareTo(SignalPolicy.YOUNG) > 0 ? wait : SignalPolicy.YOUNG;
    return policy.signals().namesDelta() || now.isBefore(policy.ageFrom(line).plus(longer));
  }

  /// Returns the base of an inspected version if that base was not inspected itself, or empty if no
  /// base is missing. Within a snapshot of another gate none is missing: the comparison was made at
  /// its origin, and that verdict applies.
  public Optional<StoredLine> missingBase(StoredLine line, Instant now) {
    return missingBase(line, null, now);
  }

  /// Returns the missing base for a caller that may know the fixes.
  ///
  /// @param known the fixes; null if they were not computed
  private Optional<StoredLine> missingBase(
      StoredLine line, @Nullable List<String> known, Instant now) {
    Findings own = file.findings(line.entry().cksum()).orElse(null);
    if (own == null || !own.conformant() || file.head() != 0) {
      return Optional.empty();
    }
    if (!compared(line, now) && (known == null ? fixes(line, now) : known).isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(inUse(now).base(line.entry().version()))
        .filter(base -> file.findings(base.entry().cksum()).isEmpty());
  }

  /// Returns the moment from which a version may have another base, or null if time changes none.
  @Nullable Instant sameBasesUntil(Instant now) {
    return inUse(now).end();
  }

  /// Returns the capabilities that a version gained over the nearest lower vetted version. Null if
  /// there is no such version, or if one of the two was not inspected.
  @Nullable
  public NewCapabilities newCapabilities(StoredLine line, Instant now) {
    Findings own = file.findings(line.entry().cksum()).orElse(null);
    if (own == null) {
      return null;
    }
    StoredLine base = inUse(now).base(line.entry().version());
    Findings before = base == null ? null : file.findings(base.entry().cksum()).orElse(null);
    if (base == null || before == null) {
      return null;
    }
    List<String> manifest = new ArrayList<>(capabilities(own));
    manifest.removeAll(capabilities(before));
    return new NewCapabilities(
        base.entry().version(), manifest, CapabilityDelta.between(before, own));
  }

  private static List<String> capabilities(Findings findings) {
    List<String> found = new ArrayList<>();
    if (findings.facts().buildScript()) {
      found.add("build-script");
    }
    if (findings.facts().procMacro()) {
      found.add("proc-macro");
    }
    if (findings.facts().links() != null) {
      found.add("links " + findings.facts().links());
    }
    return found;
  }

  /// Returns the newest version that would be served, or empty if there is none. Releases precede
  /// pre-releases, and yanked versions are excluded.
  public Optional<CrateVersion> newestServed(Instant now) {
    return alternatives.best(now, _ -> true);
  }

  /// Returns the version to use in place of a refused one, or empty if none would be served. If a
  /// security advisory affects the refused one, it is the smallest later served version without a
  /// vulnerability. A compatible version takes precedence. Otherwise, or if there is none, it is
  /// the newest served version that cargo considers compatible, else the newest served one.
  ///
  /// @param obtainable the test of a version's SHA-256: whether its bytes were not refused
  public Optional<CrateVersion> replacement(
      CrateVersion refused, Instant now, Predicate<Sha256> obtainable) {
    Predicate<CrateVersion> wanted =
        v ->
            file.line(v)
                .filter(line -> obtainable.test(line.entry().cksum()))
                .filter(_ -> !v.equals(refused))
                .isPresent();
    boolean endangered = hits(refused).stream().anyMatch(h -> h.kind().isSecurity());
    return (endangered ? alternatives.fix(refused, now, wanted) : Optional.<CrateVersion>empty())
        .or(() -> alternatives.best(now, wanted.and(v -> CrateState.compatible(v, refused))))
        .or(() -> alternatives.best(now, wanted));
  }

  static boolean better(CrateVersion one, CrateVersion other) {
    if (one.isPreRelease() != other.isPreRelease()) {
      return other.isPreRelease();
    }
    return one.compareTo(other) > 0;
  }
}
