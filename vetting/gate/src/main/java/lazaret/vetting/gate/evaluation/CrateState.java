package lazaret.vetting.gate.evaluation;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.PublishHold;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.policy.rules.YankWave;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.RelatedCrates;
import lazaret.vetting.takeover.TakeoverDetector;
import org.jspecify.annotations.Nullable;

/// The data on which all verdicts on one crate rest, read at one moment, and the last index view.
/// Immutable except for a cache of the last evaluation; thread-safe.
public final class CrateState {
  /// The owners of a private crate yank its versions, and no hijacked account.
  private static final YankWave NO_WAVE = new YankWave(Set.of(), Set.of());

  private final StoredCrate crate;
  private final Freshness freshness;
  private final @Nullable IndexView view;
  private final Map<String, StoredLine> lines = new HashMap<>();
  private final Map<String, VersionDecisions> decisions;
  private final Map<Sha256, Findings> findings;
  private final Origin origin;
  private final YankWave wave;
  private final long weight;
  private volatile @Nullable CrateEvaluation lastEvaluation;
  private volatile @Nullable TakeoverDetector takeover;
  private volatile boolean acquainted;

  /// The moment of the read, as far as later changes are compared with it.
  ///
  /// @param head the sequence of the served snapshot; 0 if there is none
  /// @param revision the revision of the stored rows
  /// @param holds the holds of versions of a private crate, by version; null if the crate is public
  private record Origin(
      RelatedCrates relatedCrates,
      long head,
      long revision,
      @Nullable Map<String, PublishHold> holds) {}

  private CrateState(
      StoredCrate crate,
      Freshness freshness,
      @Nullable IndexView view,
      Map<String, VersionDecisions> decisions,
      Map<Sha256, Findings> findings,
      Origin origin) {
    this.crate = crate;
    this.origin = origin;
    this.freshness = freshness;
    this.view = view;
    this.decisions = decisions;
    this.findings = findings;
    this.wave = origin.holds() == null ? YankWave.of(crate) : NO_WAVE;
    crate.lines().forEach(l -> lines.put(l.entry().version().text(), l));
    this.weight = weigh(crate, view);
  }

  /// Reads the state of a crate from the store, or returns empty if the crate is not stored. A
  /// damaged row counts as missing if it can be fetched or made again.
  static Optional<CrateState> read(
      Store store, RelatedCrates relatedCrates, Upstream upstream, CrateName name) {
    while (true) {
      long head = store.snapshots().head();
      Optional<CrateState> read =
          store
              .records(name)
              .map(rows -> of(rows, new Origin(relatedCrates, head, rows.revision(), null)))
              .map(file -> file.ofOrigin(upstream));
      if (head == store.snapshots().head()) {
        return read;
      }
      // The snapshot changed during the read: lines and decisions may be of different snapshots.
    }
  }

  private static @Nullable Map<String, PublishHold> holds(Upstream upstream, CrateName name) {
    return upstream.confirmedOrigin(name) == NameOrigin.PRIVATE ? upstream.holds(name) : null;
  }

  private static CrateState of(CrateRecords rows, Origin origin) {
    return new CrateState(
        rows.crate(),
        rows.freshness(),
        rows.view(),
        VersionDecisions.byVersion(rows.decisions()),
        current(rows.findings()),
        origin);
  }

  /// Returns the state of a crate before it is stored, with the decisions and findings of the store
  /// and without a view.
  ///
  /// @param revision the revision that was read before the index file that this one replaces
  static CrateState of(
      StoredCrate crate,
      Freshness freshness,
      Store store,
      RelatedCrates relatedCrates,
      long revision) {
    long head = store.snapshots().head();
    return new CrateState(
        crate,
        freshness,
        null,
        VersionDecisions.byVersion(store.decisions(crate.name())),
        current(store.findingsOf(CrateRecords.digests(crate))),
        new Origin(relatedCrates, head, revision, null));
  }

  /// Returns a state that is never stored, with the findings of the store and without a view.
  ///
  /// @param decisions all decisions on the crate, oldest first
  public static CrateState of(
      StoredCrate crate,
      Freshness freshness,
      List<Decision> decisions,
      Store store,
      RelatedCrates relatedCrates) {
    return new CrateState(
        crate,
        freshness,
        null,
        VersionDecisions.byVersion(decisions),
        current(store.findingsOf(CrateRecords.digests(crate))),
        new Origin(relatedCrates, store.snapshots().head(), 0, null));
  }

  private static Map<Sha256, Findings> current(Map<Sha256, Findings> stored) {
    Map<Sha256, Findings> findings = new HashMap<>(stored);
    findings.values().removeIf(each -> !each.current());
    return findings;
  }

  /// Returns this state with a view that was built from it.
  CrateState withView(IndexView made) {
    return new CrateState(crate, freshness, made, decisions, findings, origin);
  }

  /// Returns this state as it is stored with another revision.
  CrateState at(long revision) {
    return revision == origin.revision()
        ? this
        : new CrateState(
            crate,
            freshness,
            view,
            decisions,
            findings,
            new Origin(origin.relatedCrates(), origin.head(), revision, origin.holds()));
  }

  /// Returns this state as that of a private crate, or of a public one, as an upstream says. It has
  /// no findings on bytes that belong to a private crate with another name.
  CrateState ofOrigin(Upstream upstream) {
    Map<String, PublishHold> holds = holds(upstream, crate.name());
    Map<Sha256, Findings> own = new HashMap<>(findings);
    own.keySet().removeIf(cksum -> upstream.isForeign(crate.name(), cksum));
    return holds == null && origin.holds() == null && own.size() == findings.size()
        ? this
        : new CrateState(crate, freshness, view, decisions, own, origin).withHolds(holds);
  }

  /// Returns this state as that of a private crate.
  ///
  /// @param holds the holds of its versions, by version; null for a public crate
  public CrateState withHolds(@Nullable Map<String, PublishHold> holds) {
    return new CrateState(
        crate,
        freshness,
        view,
        decisions,
        findings,
        new Origin(origin.relatedCrates(), origin.head(), origin.revision(), holds));
  }

  /// Returns this state with another freshness.
  public CrateState withFreshness(Freshness other) {
    return new CrateState(crate, other, view, decisions, findings, origin);
  }

  /// Returns this state with one more decision, which is in force from then on.
  public CrateState withDecision(Decision decision) {
    Map<String, VersionDecisions> more = new HashMap<>(decisions);
    more.put(decision.id().version().text(), decisions(decision.id().version()).plus(decision));
    return new CrateState(crate, freshness, view, more, findings, origin);
  }

  /// Returns this state with the findings of one artifact.
  public CrateState withFindings(Findings found) {
    Map<Sha256, Findings> more = new HashMap<>(findings);
    more.put(found.sha256(), found);
    return new CrateState(crate, freshness, view, decisions, more, origin);
  }

  /// Returns the stored crate.
  public StoredCrate crate() {
    return crate;
  }

  /// Returns the sequence of the snapshot that was served when the state was read, or 0 if there
  /// was none.
  public long head() {
    return origin.head();
  }

  /// Returns the revision of the stored rows on which this state rests.
  public long revision() {
    return origin.revision();
  }

  /// Returns the age of the index file.
  public Freshness freshness() {
    return freshness;
  }

  /// Returns the index view, or null if the state has none.
  @Nullable
  public IndexView view() {
    return view;
  }

  /// Returns the stored line of a version.
  public Optional<StoredLine> line(CrateVersion version) {
    return Optional.ofNullable(lines.get(version.text()));
  }

  /// Returns the decisions on a version.
  public VersionDecisions decisions(CrateVersion version) {
    return decisions.getOrDefault(version.text(), VersionDecisions.NONE);
  }

  /// Returns the findings on the artifact with a checksum.
  public Optional<Findings> findings(Sha256 cksum) {
    return Optional.ofNullable(findings.get(cksum));
  }

  YankWave wave() {
    return wave;
  }

  /// Returns whether this is a private crate.
  public boolean isHosted() {
    return origin.holds() != null;
  }

  /// Returns the hold of a version since it was published here, or null if there is none.
  @Nullable
  public PublishHold hold(CrateVersion version) {
    Map<String, PublishHold> holds = origin.holds();
    return holds == null ? null : holds.get(version.text());
  }

  /// Returns whether a denial or revocation of a version is in force.
  public boolean denied(CrateVersion version) {
    Decision latest = decisions(version).latest();
    return latest != null && !latest.kind().serves();
  }

  /// Returns whether an approval of a version is in force at a moment.
  public boolean approvedAt(CrateVersion version, Instant now) {
    Decision latest = decisions(version).latest();
    return latest != null && latest.approvesAt(now);
  }

  /// Returns whether the new dependencies of the crate were looked up since this state was read.
  public boolean acquainted() {
    return acquainted;
  }

  /// Records that later changes of the crate cause notices.
  public void setAcquainted() {
    acquainted = true;
  }

  /// Returns the takeover detector of the crate. It is cached because its data about all versions
  /// is computed once.
  TakeoverDetector takeover() {
    TakeoverDetector known = takeover;
    if (known == null) {
      known = new TakeoverDetector(history(), origin.relatedCrates());
      takeover = known;
    }
    return known;
  }

  /// Returns the history of the crate with the approved and refused versions.
  private CrateHistory history() {
    Set<String> approved = new HashSet<>();
    Set<String> refused = new HashSet<>();
    decisions.forEach(
        (version, decided) -> {
          StoredLine line = lines.get(version);
          Decision latest = decided.latest();
          if (line == null || latest == null) {
            return;
          }
          if (!latest.kind().serves()) {
            refused.add(version);
          } else if (latest.id().cksum().equals(line.entry().cksum())) {
            approved.add(version);
          }
        });
    return new CrateHistory(crate, approved, refused, Map.of());
  }

  /// Returns the evaluation of this crate under a rulebook. The last one is cached, so that
  /// advisories and audits are looked up once for each version.
  public CrateEvaluation under(Rulebook rulebook) {
    CrateEvaluation known = lastEvaluation;
    if (known == null || known.rulebook() != own(rulebook)) {
      known = new CrateEvaluation(this, rulebook);
      lastEvaluation = known;
    }
    return known;
  }

  /// Returns the rulebook that applies to the crate.
  Rulebook own(Rulebook rulebook) {
    return isHosted() ? rulebook.hosted() : rulebook;
  }

  /// Evaluates a version under a rulebook.
  public Verdict evaluate(StoredLine line, Rulebook rulebook, Instant now) {
    return under(rulebook).evaluate(line, now);
  }

  /// Returns whether two versions are compatible: the left-most non-zero part is the same. Source:
  /// Cargo reference, *SemVer compatibility*.
  public static boolean compatible(CrateVersion one, CrateVersion other) {
    if (one.major() != other.major()) {
      return false;
    }
    if (one.major() != 0) {
      return true;
    }
    return one.minor() == other.minor() && (one.minor() != 0 || one.patch() == other.patch());
  }

  /// Returns an estimate of the heap that this state uses, in bytes.
  long weight() {
    return weight;
  }

  private static long weigh(StoredCrate crate, @Nullable IndexView view) {
    long raw = 512 + KeptVerdicts.weight(crate.lines().size());
    for (StoredLine line : crate.lines()) {
      raw += line.entry().weight();
    }
    return view == null ? raw : raw + view.body().length() + view.gzip().length();
  }

  /// Returns the versions of the crate, in upstream's order.
  public List<StoredLine> lines() {
    return crate.lines();
  }

  /// Returns whether two states lead to the same view. A finding in one version can change the
  /// verdict on another one that is compared with it.
  ///
  /// @param after the same crate with one more finding
  /// @param found the version that was inspected
  boolean evaluatesAs(CrateState after, StoredLine found, Rulebook rulebook, Instant now) {
    CrateEvaluation one = under(rulebook);
    CrateEvaluation other = after.under(rulebook);
    return lines().stream()
        .filter(l -> l.equals(found) || one.hasAdvisories() || one.compared(l, now))
        .allMatch(l -> sameView(one.evaluate(l, now), other.evaluate(l, now)));
  }

  private static boolean sameView(Verdict before, Verdict after) {
    return before.getClass() == after.getClass()
        && !(before instanceof Verdict.Hold one
            && after instanceof Verdict.Hold other
            && !one.until().equals(other.until()));
  }
}
