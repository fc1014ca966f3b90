package lazaret.vetting.desk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Rulebook;
import lazaret.vetting.policy.Unlisted;
import lazaret.vetting.progress.Operation;
import lazaret.vetting.removal.RemovalReport;
import lazaret.vetting.repair.RepairStep;
import lazaret.vetting.repair.Requirement;
import lazaret.vetting.retention.Dropped;
import lazaret.vetting.review.DiffLimits;
import lazaret.vetting.search.CrateSearch;
import lazaret.vetting.search.SearchResult;
import org.jspecify.annotations.Nullable;

/// Where people work: see what is held, why it is or is not served, decide, and check lockfiles.
/// Thread-safe; every method blocks.
public final class Desk {
  private final GateParts parts;
  private final Gate gate;
  private final Tokens tokens;
  private final Feeds feeds;
  private final Audits audits;
  private final Policies policies;
  private final SnapshotDesk snapshots;
  private final CrateSearch search;
  private final Requests requests;

  /// Creates the desk beside a gate over the same parts.
  public Desk(GateParts parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
    this.tokens = new Tokens(parts);
    this.feeds = new Feeds(parts, gate.files(), gate.journal());
    this.audits = new Audits(parts, gate);
    this.policies = new Policies(parts, gate);
    this.snapshots = new SnapshotDesk(parts, gate);
    this.requests = new Requests(parts, gate);
    this.search = new CrateSearch(gate.files().names(), new Summaries(parts, gate.files()));
  }

  /// Returns the policy in force, and tries others.
  public Policies policies() {
    return policies;
  }

  /// Returns what makes snapshots and puts them in force.
  public SnapshotDesk snapshots() {
    return snapshots;
  }

  /// Returns the tokens of this store.
  public Tokens tokens() {
    return tokens;
  }

  /// Returns what others have audited, and what we have for them.
  public Audits audits() {
    return audits;
  }

  /// Returns the evidence of builds in the sandbox.
  public Detonations detonations() {
    return new Detonations(parts, gate);
  }

  /// Returns what takes over another mirror's folder.
  public Imports imports() {
    return new Imports(parts, gate);
  }

  /// Tells how the gate is. Reads counts that the store keeps, so it costs the same in every store.
  public StatusReport status() {
    gate.journal().flush();
    Store.Counts counts = parts.store().counts();
    return new StatusReport(
        parts.clock().instant(),
        parts.upstream().describe(),
        gate.files().rulebook().policy(),
        counts.crates(),
        counts.artifacts(),
        counts.requests(),
        parts.store().ledgerHead().map(LedgerEntry::sequence).orElse(0L),
        parts.store().room(),
        parts.store().condition(),
        feeds.state(),
        parts.growth().dropped().counts());
  }

  /// Returns the removals upstream that are not confirmed.
  public RemovalReport removals() {
    return gate.removals();
  }

  /// Notes that a person confirmed the removals upstream, as [Gate#confirmRemovals].
  public int confirmRemovals(String by) {
    return gate.confirmRemovals(by);
  }

  /// Returns what is known of a crate, asking upstream where it was never held; empty where there
  /// is no such crate.
  ///
  /// @throws UnavailableException if it is not held and upstream cannot be asked
  public Optional<CrateReport> show(CrateName name) {
    return file(name).map(new Explaining(parts, gate)::crate);
  }

  /// Explains one version; empty where there is no such crate or version.
  ///
  /// @throws UnavailableException if it is not held and upstream cannot be asked
  public Optional<VersionReport> why(CrateName name, CrateVersion version) {
    gate.journal().flush();
    return found(name, version).map(new Explaining(parts, gate)::version);
  }

  Optional<Gate.Finding.Line> found(CrateName name, CrateVersion version) {
    return switch (gate.find(name, version)) {
      case Gate.Finding.Line found -> Optional.of(found);
      case Gate.Finding.None(DownloadOutcome.Unavailable none) ->
          throw new UnavailableException(none.detail());
      case Gate.Finding.None _ -> Optional.empty();
    };
  }

  /// Judges a version that the index does not list, by the feeds and by what people decided.
  public Unlisted unlisted(CrateName name, CrateVersion version) {
    return parts.unlisted(name, version, null);
  }

  /// Returns the recent refusals and the requests that developers make about them.
  public RefusalDesk refusals() {
    return new RefusalDesk(parts, gate, this);
  }

  /// Explains what was said of one version at a past moment; empty where there is no such crate or
  /// version.
  ///
  /// @throws MalformedException if the moment is ahead
  /// @throws UnavailableException if it is not held and upstream cannot be asked
  public Optional<PastReport> why(CrateName name, CrateVersion version, Instant at) {
    Instant now = parts.clock().instant();
    if (at.isAfter(now)) {
      throw new MalformedException(
          "cannot tell what will be said at %s: it is %s now".formatted(at, now));
    }
    gate.journal().flush();
    return found(name, version).map(f -> new Hindsight(parts, gate, f, at).report());
  }

  /// Notes that somebody sent a lockfile, so that the sender can be told of what turns out bad.
  ///
  /// @param digest SHA-256 of its text
  /// @param name what the sender calls it; null where that is not known
  public void seen(Lockfile lock, Sha256 digest, @Nullable String name, Asker asker) {
    gate.journal().sightings().seen(lock, digest, name, asker);
  }

  /// Tells everything that a reviewer of one version wants to know; empty where there is no such
  /// crate or version. A version that is not held is fetched, checked, inspected and held, and
  /// handed out to nobody because of it.
  ///
  /// @param base what to compare it with; null leaves the choice to the least reading
  /// @throws UnavailableException if its crate is not held and upstream cannot be asked
  /// @throws MalformedException if there is no such base
  public Optional<ReviewReport> review(
      CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    Gate.Finding.Line found = found(name, version).orElse(null);
    if (found == null) {
      return Optional.empty();
    }
    Reviewing.Reading reading = new Reviewing(parts, gate, DiffLimits.DEFAULT).read(found, base);
    // Once more, now that it was looked into.
    return found(name, version).map(now -> new Explaining(parts, gate).review(now, reading));
  }

  /// Puts what is to be read so that a lockfile passes into the order of least reading, fetching
  /// what is not held as [#review] does. Takes as long as fetching and comparing all of it.
  public ReadingList readingList(Lockfile lock) {
    return new ReadingOrder(parts, gate).of(lock);
  }

  /// Returns the versions of a crate that match a requirement, oldest first; an exact version text
  /// selects that version alone. Empty where there is no such crate or nothing matches.
  ///
  /// @throws UnavailableException if the crate is not held and upstream cannot be asked
  public List<CrateVersion> select(CrateName name, VersionReq req) {
    return file(name).stream()
        .flatMap(f -> f.lines().stream())
        .map(l -> l.entry().version())
        .filter(req::matches)
        .sorted()
        .toList();
  }

  /// Returns the newest version of a crate that matches a requirement and would be served; empty
  /// where there is none.
  ///
  /// @throws UnavailableException if the crate is not held and upstream cannot be asked
  public Optional<CrateVersion> newestServed(CrateName name, VersionReq req) {
    Rulebook rulebook = gate.files().rulebook();
    Instant now = parts.clock().instant();
    return file(name).stream()
        .flatMap(
            f ->
                f.lines().stream()
                    .filter(l -> !l.entry().yanked() && f.under(rulebook).serves(l, now)))
        .map(l -> l.entry().version())
        .filter(req::matches)
        .max(CrateVersion::compareTo);
  }

  /// Searches the names of held crates, without regard to case and the two dashes.
  ///
  /// @param words part of a name; empty finds everything
  /// @param limit at most this many are returned, 1 to [CrateSearch#MAX_HITS]
  public SearchResult search(String words, int limit) {
    return search.search(words, limit);
  }

  private Optional<CaseFile> file(CrateName name) {
    return switch (gate.keeper().lookup(name, parts.options().indexTtl())) {
      case IndexKeeper.Lookup.Found found -> {
        boolean _ = gate.keeper().acquaint(found.file(), found.file().lines());
        yield Optional.of(found.file());
      }
      case IndexKeeper.Lookup.Absent _ -> Optional.empty();
      case IndexKeeper.Lookup.Unavailable none -> throw new UnavailableException(none.detail());
    };
  }

  /// Records a decision on each version of the order, or, where one cannot be decided on, none.
  /// What is returned as recorded is on disk and in force: the next answer of the gate follows it.
  ///
  /// @throws IllegalArgumentException if the reason is blank or too long, or the expiry is not
  ///   ahead
  public DecisionReport decide(DecisionOrder order) {
    return new Deciding(parts, gate).decide(order);
  }

  /// Returns the feeds of advisories.
  public Feeds feeds() {
    return feeds;
  }

  /// Tells who has a version. Reads all that was ever handed out.
  public BlastRadius who(CrateName name, CrateVersion version) {
    gate.journal().flush();
    Set<BlastRadius.Key> wanted = Set.of(BlastRadius.Key.of(name, version));
    return BlastRadius.search(parts.store(), wanted).of(name, version);
  }

  /// Checks every package of a lockfile against the index and the rules; fetches index files where
  /// they are not held, never artefacts.
  public LockReport verify(Lockfile lock) {
    return verify(lock, List.of());
  }

  /// As [#verify(Lockfile)], and asks that somebody vouches for each package: we or others, by
  /// audits that build on each other.
  ///
  /// @param criteria what must be vouched for; all of it
  public LockReport verify(Lockfile lock, List<String> criteria) {
    return new LockCheck(parts, gate, criteria).check(lock);
  }

  /// Returns the held index files without verdicts.
  public HeldIndex index() {
    return new HeldIndex(gate.files());
  }

  /// Returns the steps for cargo that bring the withheld packages of a lockfile to versions that
  /// pass.
  ///
  /// @param report the result of [#verify(Lockfile)] for the same lockfile
  public List<RepairStep> repairs(
      Lockfile lock, LockReport report, List<Requirement> requirements) {
    return new LockCheck(parts, gate, List.of()).repairs(lock, report, requirements);
  }

  /// Returns what is said of a crate, by us and others.
  public AuditReport audits(CrateName name) {
    return new Vouching(parts, gate).report(name);
  }

  /// Returns what is said of a version, and what follows for it; empty where the index does not
  /// have it.
  public Optional<AuditReport> audits(CrateName name, CrateVersion version) {
    return new Vouching(parts, gate).report(name, version);
  }

  /// Tells whether what versions require is served, and what would make it so; empty where the
  /// version that the order names does not exist. Nothing is changed.
  ///
  /// @throws UnavailableException if its crate is not held and upstream cannot be asked
  public Optional<ClosureReport> closure(ClosureOrder order) {
    return ClosureCheck.run(parts, gate, order);
  }

  /// Makes sure that a version is held where policy serves it. What is refused appears in the
  /// queue.
  public DownloadOutcome prefetch(Wanted wanted, Asker asker) {
    return gate.prefetch(wanted, asker);
  }

  /// Tells whether bytes come with a bundle or not at all, since none brought them yet: then no
  /// decision made here does.
  public boolean byBundle(Sha256 cksum) {
    return gate.files().byBundle(cksum);
  }

  /// Returns the open requests, the last asked for first; at most 10,000.
  public List<Request> queue() {
    return requests.list();
  }

  /// Returns the queue with the verdicts as they are now, and the handling by reviewers.
  public Requests requests() {
    return requests;
  }

  /// Returns the counts of what limits and retentions left out.
  public Dropped dropped() {
    return parts.growth().dropped();
  }

  /// Returns the number of open requests.
  public long openRequests() {
    return parts.store().counts().requests();
  }

  /// Returns what is served on credit: approvals and exemptions that run out.
  public DebtReport debt() {
    return new Debt(parts, gate).report();
  }

  /// Returns ledger entries after a sequence, oldest first.
  ///
  /// @param limit at most this many, 1 to 10 000
  public List<LedgerEntry> events(long after, int limit) {
    gate.journal().flush();
    try (Stream<LedgerEntry> entries = parts.store().ledger(after)) {
      return entries.limit(Math.clamp(limit, 1, 10_000)).toList();
    }
  }

  /// Checks the whole store: hashes every artefact, makes every view anew, checks the ledger's
  /// chain.
  public FsckReport fsck() {
    return fsck(true);
  }

  /// Checks the whole store.
  ///
  /// @param hashing whether each artifact is hashed, which reads all of them
  public FsckReport fsck(boolean hashing) {
    return new Fsck(parts, gate).run(hashing);
  }

  /// Accepts that acknowledged writes are missing: the ledger names what was lost and who accepted
  /// it, and the gate serves and writes again.
  ///
  /// @param by the administrator
  /// @return the clause that names what was lost; empty if nothing is missing
  public Optional<String> acceptLoss(String by) {
    String loss = parts.store().condition().loss();
    var notice =
        new Notice(
            Notice.Kind.LOSS_ACCEPTED,
            parts.clock().instant(),
            by,
            null,
            null,
            "accepted that acknowledged writes are missing: " + loss);
    return parts.store().acceptLoss(notice).map(_ -> loss);
  }

  /// Writes a consistent copy of the store, without tokens, into a new or empty folder.
  ///
  /// @throws StoreException if the folder is not empty or cannot be written
  public void backup(Path folder) {
    gate.journal().flush();
    Operation.current().begin("artifacts", parts.store().counts().artifacts());
    parts.store().backup(folder);
  }
}
