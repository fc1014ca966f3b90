package lazaret.vetting.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lazaret.vetting.advisory.AdvisoryHit;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.rust.Sketch;
import lazaret.vetting.ledger.Grounds;
import lazaret.vetting.policy.Dossier;
import lazaret.vetting.policy.Judge;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Rulebook;
import lazaret.vetting.policy.SignalRules;
import lazaret.vetting.policy.Testimony;
import lazaret.vetting.policy.Testimony.Gains;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.YankWave;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.TakeoverSignal;
import org.jspecify.annotations.Nullable;

/// The case of one crate under one rulebook: what the advisories and audits say of its versions,
/// and what follows. Immutable but for what it remembers; thread-safe.
final class Hearing {
  private final CaseFile file;
  private final Rulebook rulebook;
  private final Policy policy;
  private final CrateName name;
  private final Judge judge;
  private final Map<String, List<AdvisoryHit>> hits = new HashMap<>();
  private final Alternatives alternatives;
  private volatile @Nullable Span span;
  private volatile @Nullable VersionsInUse used;

  /// A time in which verdicts stay as they are, as far as they depend on time.
  private record Span(Instant from, @Nullable Instant end) {
    boolean covers(Instant moment) {
      return !moment.isBefore(from) && (end == null || moment.isBefore(end));
    }
  }

  Hearing(CaseFile file, Rulebook rulebook) {
    this.file = file;
    this.rulebook = rulebook;
    this.policy = rulebook.policy();
    this.name = file.crate().name();
    this.judge = new Judge(policy);
    AdvisorySet advisories = rulebook.advisories();
    boolean named = !advisories.digest(name).isEmpty();
    for (HeldLine line : file.lines()) {
      CrateVersion version = line.entry().version();
      if (named || advisories.namesBytes(line.entry().cksum())) {
        hits.put(version.text(), advisories.hits(name, version, line.entry().cksum()));
      }
    }
    this.alternatives = new Alternatives(this);
  }

  /// Tells whether advisories say anything of the crate, so that what is known of one version can
  /// change the verdict on another.
  boolean connected() {
    return !hits.isEmpty();
  }

  CaseFile file() {
    return file;
  }

  List<HeldLine> lines() {
    return file.lines();
  }

  Rulebook rulebook() {
    return rulebook;
  }

  /// Returns the advisories that affect a version, the worst first.
  List<AdvisoryHit> hits(CrateVersion version) {
    return hits.getOrDefault(version.text(), List.of());
  }

  /// Returns what a verdict or a decision on a version rests on now.
  ///
  /// @param token the name of the token that decides; null where nobody does
  Grounds grounds(HeldLine line, @Nullable String token) {
    return new Grounds(
        token,
        rulebook.policyGeneration(),
        file.findings(line.entry().cksum()).map(Findings::inspectorVersion).orElse(0),
        rulebook.feeds(),
        hits(line.entry().version()).stream().flatMap(h -> h.ids().stream()).distinct().toList());
  }

  Verdict judge(HeldLine line, Instant now) {
    return judge(dossier(line, now), now);
  }

  Verdict judge(Dossier dossier, Instant now) {
    return judge.judge(dossier, now);
  }

  boolean serves(HeldLine line, Instant now) {
    return policy.serves(judge(line, now));
  }

  /// Tells whether a fresh resolution may choose a version: it is served, and its line says so.
  boolean offers(HeldLine line, Instant now) {
    return !yanked(line, now) && serves(line, now);
  }

  /// As [#offers], by the version's own bytes, age and advisories: the neighbours of a neighbour
  /// are not asked, or two crates that depend on each other would ask for ever.
  boolean offersAlone(HeldLine line, Instant now) {
    return !yanked(line, now) && policy.serves(judge(dossier(line, List.of(), now), now));
  }

  /// Tells whether upstream's yank counts: of what a person approved, and of what was yanked in a
  /// wave, the line from before is served.
  boolean yanked(HeldLine line, Instant now) {
    boolean kept =
        line.unyanked() != null
            && (file.approvedAt(line.entry().version(), now)
                || file.wave().part(line) == YankWave.Part.YANKED);
    return line.entry().yanked() && !kept;
  }

  /// Returns when time changes what is said of the crate, at the earliest, as [Horizon] finds it;
  /// null where it does not.
  @Nullable Instant until(Instant now) {
    Span known = span;
    if (known == null || !known.covers(now)) {
      known = new Span(now, Horizon.of(this, now));
      span = known;
    }
    return known.end();
  }

  /// Tells whether signs of a takeover are looked for: of young versions, and never within a
  /// snapshot of another gate. It has what was chosen and no more, so that each crate seems new and
  /// strangers abound; where the snapshot was made it was judged with all that there is.
  private boolean suspected(HeldLine line, Instant now) {
    return file.head() == 0 && CrateHistory.young(line, now);
  }

  /// Tells whether the verdict on a version depends on other crates.
  boolean leansOnNeighbours(HeldLine line, Instant now) {
    return suspected(line, now) && !file.takeover().newDependencies(line, now).isEmpty();
  }

  /// Tells whether the verdict on any version does.
  boolean leansOnNeighbours(Instant now) {
    return file.lines().stream().anyMatch(line -> leansOnNeighbours(line, now));
  }

  private List<TakeoverSignal> takeover(HeldLine line, Instant now) {
    if (!suspected(line, now)) {
      return List.of();
    }
    Sketch source =
        file.findings(line.entry().cksum()).map(f -> f.trace().sketch()).orElse(Sketch.NONE);
    return file.takeover().signals(line, source, now);
  }

  /// Returns everything that the rules look at for one version.
  Dossier dossier(HeldLine line, Instant now) {
    return dossier(line, takeover(line, now), now);
  }

  private Dossier dossier(HeldLine line, List<TakeoverSignal> takeover, Instant now) {
    CrateVersion version = line.entry().version();
    List<String> fixes = fixes(line, now);
    // Within a snapshot the verdict stands that was given where it was made.
    boolean gained = file.head() == 0 && (compared(line, now) || !fixes.isEmpty());
    Testimony testimony =
        new Testimony(
            hits(version),
            rulebook.age(now),
            audit(version, line.entry().cksum()),
            takeover,
            fixes,
            gained ? gains(line, now) : null,
            missingBase(line, fixes, now).map(base -> base.entry().version()).orElse(null));
    return new Dossier(
        line,
        file.findings(line.entry().cksum()).orElse(null),
        file.standing(version),
        file.wave().part(line),
        testimony);
  }

  private @Nullable AuditVerdict audit(CrateVersion version, Sha256 cksum) {
    return rulebook.audits().speaksOf(name)
        ? rulebook.audits().verdict(name, version, cksum, policy.evidence().criteria())
        : null;
  }

  /// The ids of the vulnerabilities that a young version is the smallest fix for, on behalf of
  /// older versions in use.
  private List<String> fixes(HeldLine line, Instant now) {
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

  /// Returns the versions that upstream has and offers, and that no person denied.
  List<CrateVersion> offered() {
    return file.lines().stream()
        .filter(l -> !l.entry().yanked() && l.goneSince() == null)
        .filter(l -> !file.denied(l.entry().version()))
        .map(l -> l.entry().version())
        .toList();
  }

  private boolean hasVulnerability(CrateVersion version) {
    return hits(version).stream().anyMatch(h -> h.kind() == AdvisoryKind.VULNERABILITY);
  }

  /// Tells whether a version was, or but for an advisory would be, handed out: approved, or past
  /// its wait.
  boolean inUse(HeldLine line, Instant now) {
    CrateVersion version = line.entry().version();
    return !file.denied(version)
        && (!file.standing(version).holdingAt(now).isEmpty()
            || !now.isBefore(policy.ageFrom(line).plus(policy.buildCooldown())));
  }

  /// Tells whether a rule asks what a version can do that another could not.
  boolean compared(HeldLine line, Instant now) {
    Duration wait = policy.buildCooldown();
    Duration longer = wait.compareTo(SignalRules.YOUNG) > 0 ? wait : SignalRules.YOUNG;
    return policy.signals().namesDelta() || now.isBefore(policy.ageFrom(line).plus(longer));
  }

  /// Returns the version that an inspected one must be compared with before it is judged, if that
  /// was not inspected itself; empty where nothing is missing. Within a snapshot of another gate
  /// nothing is: what is in it was compared where it was made, and that verdict stands.
  Optional<HeldLine> missingBase(HeldLine line, Instant now) {
    return missingBase(line, null, now);
  }

  /// @param known the fixes as already found; null where they were not looked for
  private Optional<HeldLine> missingBase(HeldLine line, @Nullable List<String> known, Instant now) {
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

  /// Returns the moment from which on a version may be compared with another one; null where time
  /// changes nothing.
  @Nullable Instant sameBasesUntil(Instant now) {
    return inUse(now).end();
  }

  /// Returns what a version can do that the nearest lower vetted version could not; null where
  /// there is none, or one of the two was not inspected.
  @Nullable Gains gains(HeldLine line, Instant now) {
    Findings own = file.findings(line.entry().cksum()).orElse(null);
    if (own == null) {
      return null;
    }
    HeldLine base = inUse(now).base(line.entry().version());
    Findings before = base == null ? null : file.findings(base.entry().cksum()).orElse(null);
    if (base == null || before == null) {
      return null;
    }
    List<String> manifest = new ArrayList<>(capabilities(own));
    manifest.removeAll(capabilities(before));
    return new Gains(base.entry().version(), manifest, CapabilityDelta.between(before, own));
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

  /// Returns the newest version that would be served, releases before pre-releases and never a
  /// yanked one; empty where there is none.
  Optional<CrateVersion> newestServed(Instant now) {
    return alternatives.best(now, _ -> true);
  }

  /// Returns what to use in place of a version. Where an advisory is why it is refused: the
  /// smallest later version that is served and that no vulnerability affects, a compatible one
  /// before others. Else, and where there is none, the newest served one that cargo takes for
  /// compatible, else the newest served one; empty where nothing would be served.
  ///
  /// @param obtainable asked of a version's SHA-256: whether its bytes were not refused
  Optional<CrateVersion> instead(CrateVersion refused, Instant now, Predicate<Sha256> obtainable) {
    Predicate<CrateVersion> wanted =
        v ->
            file.line(v)
                .filter(line -> obtainable.test(line.entry().cksum()))
                .filter(_ -> !v.equals(refused))
                .isPresent();
    boolean endangered = hits(refused).stream().anyMatch(h -> h.kind().isSecurity());
    return (endangered ? alternatives.fix(refused, now, wanted) : Optional.<CrateVersion>empty())
        .or(() -> alternatives.best(now, wanted.and(v -> CaseFile.compatible(v, refused))))
        .or(() -> alternatives.best(now, wanted));
  }

  static boolean better(CrateVersion one, CrateVersion other) {
    if (one.isPreRelease() != other.isPreRelease()) {
      return other.isPreRelease();
    }
    return one.compareTo(other) > 0;
  }
}
