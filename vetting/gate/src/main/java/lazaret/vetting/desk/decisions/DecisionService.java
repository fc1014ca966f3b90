package lazaret.vetting.desk.decisions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lazaret.vetting.Durations;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.decisions.DecisionReport.Refused;
import lazaret.vetting.desk.decisions.DecisionReport.Withheld;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.VersionFinder;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.DecisionContext;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.policy.EvidencePolicy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The execution of one [DecisionOrder]. All versions are looked up first. If none is refused, each
/// decision is recorded with its crate's new view in one synced batch.
public final class DecisionService {
  /// The maximum number of versions of one approval if policy requires reading. The lines that the
  /// person read are counted for each version before anything is recorded.
  public static final int MOST_READ = 200;

  private final Store store;
  private final CrateStates files;
  private final VersionFinder finder;
  private final Settlement settlement;
  private final ApprovalCheck approvals;
  private final Instant now;
  private final List<Decision> recorded = new ArrayList<>();
  private final List<Decision> unchanged = new ArrayList<>();
  private final List<Withheld> withheld = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  /// The source of the notices about settled requests.
  public interface Settlement {
    /// Returns the notice that a decision settles the request of persons, or empty if there is no
    /// such request.
    Optional<Notice> of(Decision decision);
  }

  /// Creates a service for one order.
  ///
  /// @param settlement the notices that are recorded with decisions
  /// @param approvals the conditions on the person who approves
  public DecisionService(
      Store store,
      Clock clock,
      CrateStates files,
      VersionFinder finder,
      Settlement settlement,
      ApprovalCheck approvals) {
    this.store = store;
    this.files = files;
    this.finder = finder;
    this.settlement = settlement;
    this.approvals = approvals;
    this.now = clock.instant();
  }

  /// Records the decisions of an order one after the other, none if a version is refused. They
  /// follow all that other nodes acknowledged before. A crash leaves those that are recorded; the
  /// same order again records the rest.
  ///
  /// @throws MalformedException if policy requires reading, and the order approves more than
  ///   [#MOST_READ] versions
  public DecisionReport decide(DecisionOrder order) {
    requireFew(order);
    store.shared().ifPresent(nodes -> nodes.refresh());
    Instant expires = expiry(order);
    List<Decision> decisions = new ArrayList<>();
    for (WantedVersion wanted : order.wanted()) {
      VersionLookup.Found found = permitted(order, wanted);
      if (found != null) {
        ReadingResult read = approvals.check(order, found, files.rulebook().policy());
        if (read.refusal() != null) {
          refuse(wanted, ErrorCode.REFUSED_BY_POLICY, read.refusal());
        } else {
          decisions.add(decision(order, found, expires, read.shares()));
        }
      }
    }
    if (refused.isEmpty()) {
      decisions.forEach(decision -> record(order, decision));
    }
    return new DecisionReport(recorded, unchanged, withheld, refused);
  }

  private void requireFew(DecisionOrder order) {
    int count = order.wanted().size();
    if (order.kind() == Decision.Kind.APPROVE
        && !approver().minRead().isEmpty()
        && count > MOST_READ) {
      throw new MalformedException(
          "cannot approve: expected at most %d versions, because policy requires reading (min-read), found %d; approve fewer at once"
              .formatted(MOST_READ, count));
    }
  }

  private ApproverPolicy approver() {
    return files.rulebook().policy().evidence().approver();
  }

  /// Returns a version that an order can concern, or null after a refusal.
  private VersionLookup.@Nullable Found permitted(DecisionOrder order, WantedVersion wanted) {
    VersionLookup.Found found = find(wanted);
    if (found != null && order.kind().serves() && byBundle(found)) {
      found = refuse(wanted, ErrorCode.BYTES_MISSING, missing(found));
    }
    if (found != null && liftsUnnamed(order, found)) {
      found = refuse(wanted, ErrorCode.REFUSED_BY_POLICY, refusal(found));
    }
    return found == null ? null : comparable(order, wanted, found);
  }

  /// Returns a version that has a difference to the base of the order, or null after a refusal.
  private VersionLookup.@Nullable Found comparable(
      DecisionOrder order, WantedVersion wanted, VersionLookup.Found found) {
    CrateVersion base = order.delta();
    if (base == null) {
      return found;
    }
    if (base.equals(found.line().entry().id().version())) {
      return refuse(
          wanted,
          ErrorCode.MALFORMED_INPUT,
          "cannot compare %s with itself: expected another base; omit the base for the whole version"
              .formatted(base.text()));
    }
    if (found.file().line(base).isEmpty()) {
      return refuse(
          wanted,
          ErrorCode.UNKNOWN,
          "cannot compare with %s: there is no such version".formatted(base.text()));
    }
    return found;
  }

  /// Returns the expiry of the decisions. An exemption always expires; the policy sets the default
  /// and the maximum.
  private @Nullable Instant expiry(DecisionOrder order) {
    Instant expires = order.expires();
    if (expires != null && !expires.isAfter(now)) {
      throw new IllegalArgumentException(
          "the %s would expire at %s, which is not after now, %s"
              .formatted(
                  order.kind() == Decision.Kind.EXEMPT ? "exemption" : "approval", expires, now));
    }
    if (order.kind() != Decision.Kind.EXEMPT) {
      return expires;
    }
    EvidencePolicy rules = files.rulebook().policy().evidence();
    if (expires == null) {
      return now.plus(rules.exemption());
    }
    Duration longest = rules.longest();
    if (expires.isAfter(now.plus(longest))) {
      throw new IllegalArgumentException(
          "the exemption would expire at %s, and the policy allows at most %s ([approvals] longest)"
              .formatted(expires, Durations.words(longest)));
    }
    return expires;
  }

  private Decision decision(
      DecisionOrder order,
      VersionLookup.Found found,
      @Nullable Instant expires,
      List<String> reading) {
    return new Decision(
        order.kind(),
        found.line().entry().id(),
        now,
        order.by().name(),
        order.reason(),
        expires,
        order.criteria(),
        order.evidence(),
        order.delta(),
        order.waives(),
        found
            .file()
            .under(files.rulebook())
            .context(found.line())
            .decided(order.by().token(), order.by().signIn(), reading));
  }

  private VersionLookup.@Nullable Found find(WantedVersion wanted) {
    return switch (finder.find(wanted.name(), wanted.version())) {
      case VersionLookup.Found found -> bound(wanted, found);
      case VersionLookup.NotFound(DownloadOutcome.Unavailable none) ->
          refuse(wanted, ErrorCode.UPSTREAM_UNAVAILABLE, none.detail());
      case VersionLookup.NotFound(DownloadOutcome.Unknown none) ->
          refuse(wanted, ErrorCode.UNKNOWN, none.detail());
      case VersionLookup.NotFound none ->
          throw new IllegalStateException("a look-up cannot end as " + none.outcome());
    };
  }

  private VersionLookup.@Nullable Found bound(WantedVersion wanted, VersionLookup.Found found) {
    Sha256 expected = wanted.expected();
    Sha256 held = found.line().entry().cksum();
    if (expected != null && !expected.equals(held)) {
      return refuse(
          wanted,
          ErrorCode.CKSUM_MISMATCH,
          "expected sha256 %s, the index says %s".formatted(expected.hex(), held.hex()));
    }
    return found;
  }

  private boolean byBundle(VersionLookup.Found found) {
    return files.onlyByBundle(found.line().entry().cksum());
  }

  /// Returns the text for a version without bytes. The index would offer it, but no download could
  /// succeed.
  private String missing(VersionLookup.Found found) {
    CrateId id = found.line().entry().id();
    return "snapshot %d does not have its bytes, and a decision here cannot add them; approve it outside, then: vetting-cli bundle export FOLDER --keys KEYS --crate %s@%s"
        .formatted(files.head(), id.name().published(), id.version().text());
  }

  private VersionLookup.@Nullable Found refuse(
      WantedVersion wanted, ErrorCode code, String detail) {
    refused.add(new Refused(wanted, code, detail));
    return null;
  }

  /// Returns whether an order that does not name the version itself would lift a person's refusal.
  private static boolean liftsUnnamed(DecisionOrder order, VersionLookup.Found found) {
    return order.kind().serves()
        && !order.lifts()
        && found.file().denied(found.line().entry().version());
  }

  private static String refusal(VersionLookup.Found found) {
    CrateId id = found.line().entry().id();
    Decision latest = Objects.requireNonNull(found.file().decisions(id.version()).latest());
    return "%s %s it on %s: %s; only an approval that names it lifts that: vetting-cli approve %s@%s --reason TEXT"
        .formatted(
            latest.by(),
            latest.kind() == Decision.Kind.DENY ? "denied" : "revoked",
            latest.at().truncatedTo(ChronoUnit.SECONDS),
            Excerpt.of(latest.reason()),
            id.name().published(),
            id.version().text());
  }

  private void record(DecisionOrder order, Decision decision) {
    CrateId id = decision.id();
    // Before the lock of the crate is taken.
    Notice settled =
        store.request(id.name(), id.version()).flatMap(_ -> settlement.of(decision)).orElse(null);
    int others = withheld.size();
    boolean written =
        files.update(
            id.name(),
            file ->
                stands(file, decision)
                    || refusesOvertaken(order, id)
                    || remainsDenied(order, file, decision),
            file -> file.withDecision(decision),
            file -> writes(file, decision, settled));
    if (!refused.isEmpty() || withheld.size() > others) {
      return;
    }
    (written ? recorded : unchanged).add(decision);
    approvals.reading().recorded(decision.by(), id);
    if (decision.kind().serves()) {
      files
          .find(id.name())
          .map(file -> verdict(file, id))
          .filter(verdict -> !files.rulebook().policy().serves(verdict))
          .ifPresent(verdict -> withheld.add(new Withheld(id, verdict)));
    }
  }

  /// Lists the version of a decision as withheld if a person denied it since the look-up, and the
  /// order does not name it. The caller holds the crate's lock.
  ///
  /// @return whether it is listed
  private boolean remainsDenied(DecisionOrder order, CrateState file, Decision decision) {
    CrateId id = decision.id();
    if (!decision.kind().serves() || order.lifts() || !file.denied(id.version())) {
      return false;
    }
    withheld.add(new Withheld(id, verdict(file, id)));
    return true;
  }

  /// Refuses an order if other decisions on its only version are recorded than the person saw. The
  /// caller holds the crate's lock.
  ///
  /// @return whether it is refused
  private boolean refusesOvertaken(DecisionOrder order, CrateId id) {
    Integer seen = order.seen();
    if (seen == null) {
      return false;
    }
    long count =
        store.decisions(id.name()).stream()
            .filter(each -> each.id().version().equals(id.version()))
            .count();
    if (count == seen) {
      return false;
    }
    refuse(
        order.wanted().getFirst(),
        ErrorCode.STALE,
        "expected the %d decisions that were seen, found %d; read the latest one, then decide again"
            .formatted(seen, count));
    return true;
  }

  /// Returns the writes of a decision. The queued request is removed, unless the version should be
  /// served and is not. Then it keeps waiting. If a second person is needed, it is created even if
  /// no client requested the version.
  ///
  /// @param settled the notice that is recorded if the decision ends the request; null if there is
  ///   none
  private List<Write> writes(CrateState file, Decision decision, @Nullable Notice settled) {
    CrateId id = decision.id();
    Write append = new Write.Append(decision);
    Verdict verdict = verdict(file, id);
    if (!decision.kind().serves() || files.rulebook().policy().serves(verdict)) {
      List<Write> writes = new ArrayList<>();
      writes.add(append);
      writes.add(new Write.DropRequest(id.name(), id.version()));
      // Another decision may have settled the request since the notice was made.
      if (settled != null && store.request(id.name(), id.version()).isPresent()) {
        writes.add(new Write.Append(settled));
      }
      return List.copyOf(writes);
    }
    if (!verdict.has(Reason.Code.SECOND_PERSON_NEEDED)) {
      return List.of(append);
    }
    QueuedRequest waiting =
        new QueuedRequest(id, now, now, 0, List.of(), List.of(), QueuedRequest.waitsFor(verdict));
    QueuedRequest open = store.request(id.name(), id.version()).orElse(waiting);
    return List.of(append, new Write.PutRequest(open.and(waiting)));
  }

  private Verdict verdict(CrateState file, CrateId id) {
    return file.line(id.version())
        .map(line -> file.evaluate(line, files.rulebook(), now))
        .orElseThrow(() -> new IllegalStateException("not held: " + id));
  }

  /// Returns whether a decision would change nothing. Decider, reason, expiry and known advisories
  /// must be equal. An exemption of a version that an approval serves changes nothing either, since
  /// it would replace the approval and expire.
  private boolean stands(CrateState file, Decision decision) {
    Decision last = file.decisions(decision.id().version()).latest();
    if (last == null || !last.id().equals(decision.id())) {
      return false;
    }
    if (decision.kind() == Decision.Kind.EXEMPT
        && last.kind() == Decision.Kind.APPROVE
        && files.rulebook().policy().serves(verdict(file, decision.id()))) {
      return true;
    }
    return last.kind() == decision.kind()
        && last.by().equals(decision.by())
        && last.reason().equals(decision.reason())
        && last.criteria().equals(decision.criteria())
        && last.waives().equals(decision.waives())
        && known(last).equals(known(decision))
        && Objects.equals(last.delta(), decision.delta())
        && Objects.equals(last.expires(), decision.expires());
  }

  private static List<String> known(Decision decision) {
    DecisionContext context = decision.context();
    return context == null ? List.of() : context.advisories();
  }
}
