package lazaret.vetting.desk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.admin.Fsck;
import lazaret.vetting.desk.admin.FsckReport;
import lazaret.vetting.desk.admin.LossAcceptance;
import lazaret.vetting.desk.admin.MirrorImport;
import lazaret.vetting.desk.admin.StatusReport;
import lazaret.vetting.desk.audits.AuditLookup;
import lazaret.vetting.desk.audits.AuditReport;
import lazaret.vetting.desk.audits.AuditService;
import lazaret.vetting.desk.audits.LineNoteLookup;
import lazaret.vetting.desk.decisions.ApprovalCheck;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.desk.decisions.DecisionService;
import lazaret.vetting.desk.decisions.ExpiringDecisions;
import lazaret.vetting.desk.decisions.ExpiringDecisionsReport;
import lazaret.vetting.desk.decisions.ReadingCheck;
import lazaret.vetting.desk.lockfiles.ClosureCheck;
import lazaret.vetting.desk.lockfiles.ClosureQuery;
import lazaret.vetting.desk.lockfiles.ClosureReport;
import lazaret.vetting.desk.lockfiles.LockfileAnswerCache;
import lazaret.vetting.desk.lockfiles.LockfileCheck;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.desk.lockfiles.ReadingList;
import lazaret.vetting.desk.lockfiles.ReadingListBuilder;
import lazaret.vetting.desk.lockfiles.RepairPlanCache;
import lazaret.vetting.desk.policies.PolicyService;
import lazaret.vetting.desk.policies.PolicyTrial;
import lazaret.vetting.desk.requests.RefusalService;
import lazaret.vetting.desk.requests.RequestQueue;
import lazaret.vetting.desk.requests.RequesterIndex;
import lazaret.vetting.desk.review.CrateReport;
import lazaret.vetting.desk.review.PastVerdict;
import lazaret.vetting.desk.review.PastVerdictReport;
import lazaret.vetting.desk.review.ReviewParts;
import lazaret.vetting.desk.review.ReviewReport;
import lazaret.vetting.desk.review.VersionExplainer;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.desk.search.RecordSearch;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateSummaries;
import lazaret.vetting.gate.evaluation.StoredIndex;
import lazaret.vetting.gate.feeds.BlastRadius;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.removal.RemovalReport;
import lazaret.vetting.gate.retention.DropCounts;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.UpstreamUnavailableException;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.UnlistedVerdict;
import lazaret.vetting.repair.RepairStep;
import lazaret.vetting.repair.WorkspaceRequirement;
import lazaret.vetting.search.CrateSearch;
import lazaret.vetting.search.SearchResult;
import org.jspecify.annotations.Nullable;

/// The functions of a gate for people. Thread-safe; every method blocks.
public final class Desk {
  private final GateContext parts;
  private final Gate gate;
  private final TokenService tokens;
  private final FeedService feeds;
  private final AuditService audits;
  private final PolicyService policies;
  private final SnapshotService snapshots;
  private final CrateSearch search;
  private final RecordSearch searches;
  private final RequestQueue requests;
  private final LockfileAnswerCache answers;
  private final RepairPlanCache plans = new RepairPlanCache();
  private final MatchingVersions versions;
  private final ReviewParts reviews;
  private final ApprovalCheck approvals;

  /// Creates the desk of a gate over the same parts, without a read ledger.
  public Desk(GateContext parts, Gate gate) {
    this(parts, gate, ReviewParts.of(parts, gate), ReadingCheck.NOTHING_READ, LineNoteLookup.NONE);
  }

  /// Creates the desk of a gate over the same parts, with what persons have read and noted.
  public Desk(
      GateContext parts,
      Gate gate,
      ReviewParts reviews,
      ReadingCheck reading,
      LineNoteLookup lineNotes) {
    this.parts = parts;
    this.gate = gate;
    this.tokens = new TokenService(parts.store(), parts.clock());
    this.feeds = new FeedService(parts, gate.files(), gate.usageLog());
    this.requests = new RequestQueue(parts.store(), parts.clock(), gate.files(), gate.usageLog());
    this.audits = new AuditService(parts, gate, lineNotes, requests::settled);
    PolicyTrial.Factory trials =
        proposed -> new PolicyTrial(parts, gate.files(), gate.finder(), proposed);
    this.policies = new PolicyService(parts.rules(), parts.clock(), trials);
    this.snapshots = new SnapshotService(parts, gate);
    var summaries = new CrateSummaries(parts.store(), parts.clock(), gate.files());
    this.search = new CrateSearch(gate.files().names(), summaries);
    this.searches = RecordSearch.of(parts, gate, search);
    this.answers = LockfileAnswerCache.of(gate.files());
    this.versions = new MatchingVersions(parts, gate);
    this.reviews = reviews;
    this.approvals = new ApprovalCheck(reading, new RequesterIndex(parts.store()));
  }

  /// Returns the service for the policy in force and for trials of others.
  public PolicyService policies() {
    return policies;
  }

  /// Returns the service that makes snapshots and puts them in force.
  public SnapshotService snapshots() {
    return snapshots;
  }

  /// Returns the service for the tokens of this store.
  public TokenService tokens() {
    return tokens;
  }

  /// Returns the service for imported audits and the export of own ones.
  public AuditService audits() {
    return audits;
  }

  /// Returns the services for the parts of a review.
  public ReviewParts reviews() {
    return reviews;
  }

  /// Returns the import of another mirror's folder.
  public MirrorImport imports() {
    return new MirrorImport(parts, gate);
  }

  /// Returns the status of the gate. The store keeps the counts, so the cost does not depend on its
  /// size.
  public StatusReport status() {
    gate.usageLog().flush();
    return StatusReport.of(parts, gate.files().rulebook().policy(), feeds.state());
  }

  /// Returns the unconfirmed removals upstream.
  public RemovalReport removals() {
    return gate.removals();
  }

  /// Records that a person confirmed the removals upstream, as [Gate#confirmRemovals].
  public int confirmRemovals(String by) {
    return gate.confirmRemovals(by);
  }

  /// Returns the report on a crate, or empty if it does not exist. Upstream is asked if the crate
  /// was never stored.
  ///
  /// @throws UpstreamUnavailableException if the crate is not stored and upstream is unavailable
  public Optional<CrateReport> show(CrateName name) {
    return versions.file(name).map(new VersionExplainer(parts, gate)::crate);
  }

  /// Returns the explanation of one version, or empty if the crate or version does not exist.
  ///
  /// @throws UpstreamUnavailableException if the crate is not stored and upstream is unavailable
  public Optional<VersionReport> why(CrateName name, CrateVersion version) {
    return new VersionExplainer(parts, gate).version(name, version);
  }

  /// Evaluates a version that the index does not list, by the feeds and the decisions of people.
  public UnlistedVerdict unlisted(CrateName name, CrateVersion version) {
    return parts.unlisted(name, version, null);
  }

  /// Returns the service for recent refusals and for the requests that developers make about them.
  public RefusalService refusals() {
    return new RefusalService(parts, gate, requests, new VersionExplainer(parts, gate));
  }

  /// Returns the verdict on one version at a past moment, or empty if the crate or version does not
  /// exist.
  ///
  /// @throws MalformedException if the moment is in the future
  /// @throws UpstreamUnavailableException if the crate is not stored and upstream is unavailable
  public Optional<PastVerdictReport> why(CrateName name, CrateVersion version, Instant at) {
    Instant now = parts.clock().instant();
    if (at.isAfter(now)) {
      throw new MalformedException(
          "cannot predict the verdict at %s: it is %s now".formatted(at, now));
    }
    gate.usageLog().flush();
    return gate.finder()
        .listed(name, version)
        .map(f -> new PastVerdict(parts, gate, f, at).report());
  }

  /// Records that a client submitted a lockfile, so that its sender hears about bad versions. The
  /// result has former addresses of the private registry as this one.
  ///
  /// @param digest the SHA-256 of its text
  /// @param name the sender's name for it; null if unknown
  public Lockfile seen(Lockfile lock, Sha256 digest, @Nullable String name, Requester asker) {
    Lockfile own = lock.withPrivate(parts.upstream()::isPrivateIndex);
    gate.usageLog().lockfileSightings().seen(own, digest, name, asker);
    return own;
  }

  /// Returns the review data of one version, or empty if the crate or version does not exist. A
  /// version that is not stored is fetched, checked, inspected and stored. It is not served because
  /// of that.
  ///
  /// @param base the version for comparison; null selects the one with the least to read
  /// @throws UpstreamUnavailableException if the crate is not stored and upstream is unavailable
  /// @throws MalformedException if the base does not exist
  public Optional<ReviewReport> review(
      CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    return new VersionExplainer(parts, gate).review(name, version, base);
  }

  /// Returns the versions to read before a lockfile passes, in the order of least reading. Versions
  /// that are not stored are fetched, as in [#review]. Takes as long as fetching and comparing all
  /// of them.
  public ReadingList readingList(Lockfile lock) {
    return new ReadingListBuilder(parts, gate, answers).of(lock);
  }

  /// Returns the search for versions of a crate by requirements.
  public MatchingVersions versions() {
    return versions;
  }

  /// Searches the names of stored public crates. Case and the difference between `-` and `_` are
  /// ignored.
  ///
  /// @param words a part of a name; empty finds all crates
  /// @param limit the maximum number of results, 1 to [CrateSearch#MAX_HITS]
  public SearchResult search(String words, int limit) {
    return search.search(words, limit, parts.upstream()::publicKeys);
  }

  /// Records a decision on each version of the order, or none if one version is refused. Recorded
  /// decisions are on disk and in force: the next response of the gate follows them.
  ///
  /// @throws IllegalArgumentException if the reason is blank or too long, or the expiry is not in
  ///   the future
  public DecisionReport decide(DecisionOrder order) {
    return new DecisionService(
            parts.store(), parts.clock(), gate.files(), gate.finder(), requests::settled, approvals)
        .decide(order);
  }

  /// Returns the service for advisory feeds.
  public FeedService feeds() {
    return feeds;
  }

  /// Returns the blast radius of a version.
  public BlastRadius who(CrateName name, CrateVersion version) {
    return searches().radius().of(name, version);
  }

  /// Checks every package of a lockfile against the index and the rules. Index files that are not
  /// stored are fetched; artifacts are not.
  public LockfileReport verify(Lockfile lock) {
    return verify(lock, List.of());
  }

  /// Checks a lockfile as [#verify(Lockfile)] does, and requires audits of each package. They may
  /// be own or imported and build on each other.
  ///
  /// @param criteria the criteria that must all be certified
  public LockfileReport verify(Lockfile lock, List<String> criteria) {
    return new LockfileCheck(parts, gate, answers, criteria).check(lock);
  }

  /// Returns the stored index files without verdicts.
  public StoredIndex index() {
    return new StoredIndex(gate.files());
  }

  /// Returns the steps for cargo that bring the withheld packages of a lockfile to other versions.
  ///
  /// @param report the result of [#verify(Lockfile)] for the same lockfile
  public List<RepairStep> repairs(
      Lockfile lock, LockfileReport report, List<WorkspaceRequirement> requirements) {
    return new LockfileCheck(parts, gate, answers, List.of())
        .repairs(lock, report, requirements, plans);
  }

  /// Returns the statements about a crate, own and imported.
  public AuditReport audits(CrateName name) {
    return new AuditLookup(parts.clock(), gate.files(), gate.finder()).report(name);
  }

  /// Returns the statements about a version and their result, or empty if the index does not list
  /// it.
  public Optional<AuditReport> audits(CrateName name, CrateVersion version) {
    return new AuditLookup(parts.clock(), gate.files(), gate.finder()).report(name, version);
  }

  /// Returns the unmet requirements of some versions and the decisions that would meet them. Empty
  /// if the version that the order names does not exist. Changes nothing.
  ///
  /// @throws UpstreamUnavailableException if the crate is not stored and upstream is unavailable
  public Optional<ClosureReport> closure(ClosureQuery order) {
    return ClosureCheck.run(parts, gate, order);
  }

  /// Fetches and stores a version if the policy serves it. A refused version appears in the queue.
  public DownloadOutcome prefetch(WantedVersion wanted, Requester asker) {
    return gate.prefetch(wanted, asker);
  }

  /// Returns whether an artifact can only arrive by a bundle import. No local decision makes it
  /// available.
  public boolean byBundle(Sha256 cksum) {
    return gate.files().onlyByBundle(cksum);
  }

  /// Returns the queued requests, latest first; at most 10,000.
  public List<QueuedRequest> queue() {
    return requests.list();
  }

  /// Returns the service for the queue with current verdicts, and its handling by reviewers.
  public RequestQueue requests() {
    return requests;
  }

  /// Returns the counts of records that limits and retentions left out.
  public DropCounts dropped() {
    return parts.growth().dropped();
  }

  /// Returns the approvals and exemptions that expire.
  public ExpiringDecisionsReport expiring() {
    return new ExpiringDecisions(parts.store(), parts.clock(), gate.files()).report();
  }

  /// Returns ledger entries after a sequence, oldest first.
  ///
  /// @param limit the maximum number of entries, 1 to 10 000
  public List<LedgerEntry> events(long after, int limit) {
    return searches().ledger().list(after, Math.clamp(limit, 1, 10_000));
  }

  /// Returns the searches in the records of the store.
  public RecordSearch searches() {
    gate.usageLog().flush();
    return searches;
  }

  /// Checks the whole store: hashes every artifact, builds every view again and checks the chain of
  /// the ledger.
  public FsckReport fsck() {
    return fsck(true);
  }

  /// Checks the whole store.
  ///
  /// @param hashing whether each artifact is hashed, which reads all of them
  public FsckReport fsck(boolean hashing) {
    return new Fsck(parts.store(), gate.files(), gate.artifactCache()).run(hashing);
  }

  /// Accepts that acknowledged writes are missing. The ledger records the loss and the person, and
  /// the gate serves and writes again.
  ///
  /// @param by the administrator
  /// @return the clause that names the loss, or empty if no write is missing
  public Optional<String> acceptLoss(String by) {
    return LossAcceptance.accept(parts.store(), parts.clock(), by);
  }

  /// Writes a consistent copy of the store, without tokens, into a new or empty folder.
  ///
  /// @return the number of artifacts that were left out, since they could not be read
  /// @throws StoreException if the folder is not empty or cannot be written
  public long backup(Path folder) {
    gate.usageLog().flush();
    RunningOperation.current().begin("artifacts", parts.store().counts().artifacts());
    return parts.store().backup(folder);
  }
}
