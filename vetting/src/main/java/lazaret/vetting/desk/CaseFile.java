package lazaret.vetting.desk;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Standing;
import lazaret.vetting.policy.Rulebook;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.YankWave;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.Neighbourhood;
import lazaret.vetting.takeover.Takeover;
import org.jspecify.annotations.Nullable;

/// Everything the gate knows about one crate at one moment, read together: what verdicts on its
/// versions rest on, and the view last made from it. Immutable but for what it remembers of its
/// last hearing; thread-safe.
final class CaseFile {
  private static final System.Logger LOG = System.getLogger(CaseFile.class.getName());

  private final HeldCrate crate;
  private final Freshness freshness;
  private final @Nullable IndexView view;
  private final Map<String, HeldLine> lines = new HashMap<>();
  private final Map<String, Standing> standing;
  private final Map<Sha256, Findings> findings;
  private final Neighbourhood neighbourhood;
  private final YankWave wave;
  private final long weight;
  private final long head;
  private volatile @Nullable Hearing hearing;
  private volatile @Nullable Takeover takeover;
  private volatile boolean acquainted;

  private CaseFile(
      HeldCrate crate,
      Freshness freshness,
      @Nullable IndexView view,
      Map<String, Standing> standing,
      Map<Sha256, Findings> findings,
      Neighbourhood neighbourhood,
      long head) {
    this.crate = crate;
    this.head = head;
    this.freshness = freshness;
    this.view = view;
    this.standing = standing;
    this.findings = findings;
    this.neighbourhood = neighbourhood;
    this.wave = YankWave.of(crate);
    crate.lines().forEach(l -> lines.put(l.entry().version().text(), l));
    this.weight = weigh(crate, view);
  }

  /// Opens the file of a crate from the store; empty where the crate is not held.
  static Optional<CaseFile> read(Store store, Neighbourhood neighbourhood, CrateName name) {
    long head = store.snapshots().head();
    Optional<HeldCrate> crate = unlessDamaged(name, () -> store.crate(name));
    Optional<Freshness> freshness = unlessDamaged(name, () -> store.freshness(name));
    if (crate.isEmpty() || freshness.isEmpty()) {
      return Optional.empty();
    }
    CaseFile file = of(crate.get(), freshness.get(), store, neighbourhood);
    if (head != file.head()) {
      // Another snapshot came in between: the lines may be of one and the decisions of the other.
      return read(store, neighbourhood, name);
    }
    return Optional.of(
        unlessDamaged(name, () -> store.view(name)).map(file::withView).orElse(file));
  }

  /// Reads a row that can be fetched or made again: one that is damaged counts as missing, so that
  /// upstream is asked, and the new row replaces it. Decisions are never read in this way.
  private static <T> Optional<T> unlessDamaged(CrateName name, Supplier<Optional<T>> read) {
    try {
      return read.get();
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.ERROR,
          "a stored row of {0} is damaged and is fetched or made again: {1}",
          name.published(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /// Opens a file on a crate as it is about to be held, with the decisions and findings of the
  /// store and no view.
  static CaseFile of(
      HeldCrate crate, Freshness freshness, Store store, Neighbourhood neighbourhood) {
    return of(crate, freshness, store.decisions(crate.name()), store, neighbourhood);
  }

  /// As [#of], on decisions that the caller has put together, oldest first.
  static CaseFile of(
      HeldCrate crate,
      Freshness freshness,
      List<Decision> decisions,
      Store store,
      Neighbourhood neighbourhood) {
    Map<String, Standing> standing = new HashMap<>();
    Map<Sha256, Findings> findings = new HashMap<>();
    long head = store.snapshots().head();
    decisions.forEach(
        d ->
            standing.compute(
                d.id().version().text(),
                (_, before) -> (before == null ? Standing.NONE : before).and(d)));
    for (HeldLine line : crate.lines()) {
      Sha256 cksum = line.entry().cksum();
      unlessDamaged(crate.name(), () -> store.findings(cksum))
          .filter(Findings::current)
          .ifPresent(f -> findings.put(cksum, f));
    }
    return new CaseFile(crate, freshness, null, standing, findings, neighbourhood, head);
  }

  /// Returns this file with the view made from it.
  CaseFile withView(IndexView made) {
    return new CaseFile(crate, freshness, made, standing, findings, neighbourhood, head);
  }

  /// Returns this file with another freshness.
  CaseFile withFreshness(Freshness other) {
    return new CaseFile(crate, other, view, standing, findings, neighbourhood, head);
  }

  /// Returns this file with one more decision, which stands from now on.
  CaseFile withDecision(Decision decision) {
    Map<String, Standing> more = new HashMap<>(standing);
    more.put(decision.id().version().text(), standing(decision.id().version()).and(decision));
    return new CaseFile(crate, freshness, view, more, findings, neighbourhood, head);
  }

  /// Returns this file with what inspection found in one artefact.
  CaseFile withFindings(Findings found) {
    Map<Sha256, Findings> more = new HashMap<>(findings);
    more.put(found.sha256(), found);
    return new CaseFile(crate, freshness, view, standing, more, neighbourhood, head);
  }

  HeldCrate crate() {
    return crate;
  }

  /// Returns which snapshot was served when the file was opened; 0 where none was.
  long head() {
    return head;
  }

  Freshness freshness() {
    return freshness;
  }

  @Nullable IndexView view() {
    return view;
  }

  Optional<HeldLine> line(CrateVersion version) {
    return Optional.ofNullable(lines.get(version.text()));
  }

  /// Returns how people's decisions on a version stand.
  Standing standing(CrateVersion version) {
    return standing.getOrDefault(version.text(), Standing.NONE);
  }

  Optional<Findings> findings(Sha256 cksum) {
    return Optional.ofNullable(findings.get(cksum));
  }

  YankWave wave() {
    return wave;
  }

  /// Tells whether a person's denial or revocation of a version stands.
  boolean denied(CrateVersion version) {
    Decision latest = standing(version).latest();
    return latest != null && !latest.kind().serves();
  }

  /// Tells whether a person's approval of a version stands at a moment.
  boolean approvedAt(CrateVersion version, Instant now) {
    Decision latest = standing(version).latest();
    return latest != null && latest.approvesAt(now);
  }

  /// Tells whether the crates that it newly depends on were looked up since this file was opened.
  boolean acquainted() {
    return acquainted;
  }

  void setAcquainted() {
    acquainted = true;
  }

  /// Returns what finds the signs of a takeover in the crate's versions. It is kept: what it knows
  /// of all versions is worked out once, not for every version.
  Takeover takeover() {
    Takeover known = takeover;
    if (known == null) {
      known = new Takeover(history(), neighbourhood);
      takeover = known;
    }
    return known;
  }

  /// Returns the crate's versions in time, with what people decided on them.
  private CrateHistory history() {
    Set<String> approved = new HashSet<>();
    Set<String> refused = new HashSet<>();
    standing.forEach(
        (version, decided) -> {
          HeldLine line = lines.get(version);
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

  /// Returns the case of this crate under a rulebook. The last one is kept: what advisories and
  /// audits say of every version is looked up once, not for every answer.
  Hearing under(Rulebook rulebook) {
    Hearing known = hearing;
    if (known == null || known.rulebook() != rulebook) {
      known = new Hearing(this, rulebook);
      hearing = known;
    }
    return known;
  }

  Verdict judge(HeldLine line, Rulebook rulebook, Instant now) {
    return under(rulebook).judge(line, now);
  }

  /// Source: Cargo reference, *SemVer compatibility*: the left-most non-zero part is the same.
  static boolean compatible(CrateVersion one, CrateVersion other) {
    if (one.major() != other.major()) {
      return false;
    }
    if (one.major() != 0) {
      return true;
    }
    return one.minor() == other.minor() && (one.minor() != 0 || one.patch() == other.patch());
  }

  /// Estimates the heap that this file holds, in bytes.
  long weight() {
    return weight;
  }

  private static long weigh(HeldCrate crate, @Nullable IndexView view) {
    long raw = 512;
    for (HeldLine line : crate.lines()) {
      raw += line.entry().weight();
    }
    return view == null ? raw : raw + view.body().length() + view.gzip().length();
  }

  /// Returns the versions of the crate, in upstream's order.
  List<HeldLine> lines() {
    return crate.lines();
  }

  /// Returns whether both files lead to one view. A finding in one version can change the verdict
  /// on another, whose base of comparison it may be.
  ///
  /// @param after the same crate with one more finding
  /// @param found the version that was inspected
  boolean judgesAs(CaseFile after, HeldLine found, Rulebook rulebook, Instant now) {
    Hearing one = under(rulebook);
    Hearing other = after.under(rulebook);
    return lines().stream()
        .filter(l -> l.equals(found) || one.connected() || one.compared(l, now))
        .allMatch(l -> sameView(one.judge(l, now), other.judge(l, now)));
  }

  private static boolean sameView(Verdict before, Verdict after) {
    return before.getClass() == after.getClass()
        && !(before instanceof Verdict.Hold one
            && after instanceof Verdict.Hold other
            && !one.until().equals(other.until()));
  }
}
