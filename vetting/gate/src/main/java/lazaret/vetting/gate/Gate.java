package lazaret.vetting.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.feeds.IndicatorRescan;
import lazaret.vetting.gate.removal.RemovalReport;
import lazaret.vetting.gate.retention.RecentRefusals;
import lazaret.vetting.gate.retention.RefusedDownload;
import lazaret.vetting.gate.serving.Admission;
import lazaret.vetting.gate.serving.ArtifactCache;
import lazaret.vetting.gate.serving.BaseVersionFetcher;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.gate.serving.IndexRefresher;
import lazaret.vetting.gate.serving.IndicatorsInForce;
import lazaret.vetting.gate.serving.RetainedSnapshots;
import lazaret.vetting.gate.serving.UsageLog;
import lazaret.vetting.gate.serving.VersionFinder;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.ServingCheck;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.repair.PinnedCrates;
import lazaret.vetting.trace.CurrentSpan;

/// The functions for cargo: index files and downloads, as far as the policy serves them. The
/// verdict of a download is that of the moment of the request and never taken from the index.
/// Thread-safe; methods block for at most [lazaret.vetting.gate.context.GateOptions#vettingWait()].
public final class Gate implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Gate.class.getName());

  /// The pause before a client asks again for a version that is being vetted.
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  private static final String CANARY = CanaryCrate.NAME.collisionKey();

  private final GateContext parts;
  private final ServingCheck serving;
  private final GateCounters meters = new GateCounters();
  private final CrateStates files;
  private final IndexRefresher keeper;
  private final ArtifactCache artifactCache;
  private final IndicatorsInForce indicators;
  private final Admission admission;
  private final BaseVersionFetcher bases;
  private final VersionFinder finder;
  private final UsageLog usageLog;
  private final BackgroundTasks background;
  private final RetainedSnapshots past;
  private final RecentRefusals refusals;

  /// Creates a gate. [#start] starts its background tasks.
  public Gate(GateContext parts) {
    this.parts = parts;
    this.serving = new ServingCheck(parts.store());
    this.refusals = new RecentRefusals(parts.store());
    this.usageLog = new UsageLog(parts.store(), parts.clock(), parts.growth());
    this.files = new CrateStates(parts, meters, usageLog.verdictLog());
    this.artifactCache = new ArtifactCache(parts, meters);
    this.indicators = new IndicatorsInForce(parts.rules());
    this.admission = new Admission(parts, meters, files, artifactCache, indicators);
    this.bases = new BaseVersionFetcher(parts, files, admission);
    this.keeper = new IndexRefresher(parts, meters, files, bases);
    this.finder = new VersionFinder(parts, files, keeper, bases);
    var rescan = new IndicatorRescan(parts, files, meters, usageLog, indicators);
    this.background = new BackgroundTasks(parts, files, admission, bases, usageLog, rescan, keeper);
    this.past = new RetainedSnapshots(parts.store(), parts.clock(), files);
  }

  /// Starts the background tasks: inspections, the search for indicators, and the usage log.
  public void start() {
    start(Leader.ALONE);
  }

  /// Starts the background tasks of one of several nodes.
  ///
  /// @param leader chooses the node that searches, confirms removals and removes old records
  public void start(Leader leader) {
    background.start(leader);
    // Loaded early, so that the first search does not wait for the names.
    Thread.ofVirtual().name("names").start(this::loadNames);
  }

  private void loadNames() {
    try {
      files.names().load();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "names are read by the first search: {0}", e.getMessage());
    }
  }

  /// Stops the background tasks and writes the usage log. The store stays open.
  @Override
  public void close() {
    background.stop();
    usageLog.flush();
    usageLog.retention().stop();
  }

  /// Removes records past their retention, as the daily background task does.
  public void retain() {
    usageLog.flush();
    usageLog.retention().run();
  }

  /// Returns the counters.
  public GateCounters meters() {
    return meters;
  }

  /// Returns the registry to which a name belongs, without a request to upstream.
  public NameOrigin origin(CrateName name) {
    return parts.upstream().origin(name);
  }

  /// Returns the outcome of a request for an index file. A state in heap is served without a disk
  /// access.
  ///
  /// @throws StoreException with code `store-loss` while the store's condition withholds, and
  ///   `node-behind` while the newest decisions are not known here
  public IndexOutcome index(CrateName asked) {
    serving.require();
    IndexOutcome outcome = keeper.response(asked);
    if (outcome instanceof IndexOutcome.Served) {
      background.used(asked);
    }
    return outcome;
  }

  /// Returns the outcome of a request for an index file of a snapshot. Versions that were denied
  /// since are withheld.
  public IndexOutcome index(long snapshot, CrateName asked) {
    serving.require();
    return past.index(snapshot, asked);
  }

  /// Returns the reason why a snapshot has no registry, or empty if it is retained.
  public Optional<String> gone(long snapshot) {
    return past.gone(snapshot);
  }

  /// Returns the outcome of a request for an artifact of a snapshot.
  ///
  /// @param asked the SHA-256 that the client's index line names
  public DownloadOutcome download(
      long snapshot, CrateName name, CrateVersion version, Sha256 asked, Requester asker) {
    serving.require();
    DownloadOutcome outcome =
        switch (past.find(snapshot, name, version)) {
          case VersionLookup.NotFound none -> none.outcome();
          case VersionLookup.Found found -> decide(found, asked);
        };
    new DownloadRecorder(meters, usageLog, background).note(outcome, asker, null);
    return outcome;
  }

  /// Returns the outcome of a request for an artifact.
  ///
  /// @param asked the SHA-256 that the client's index line names
  public DownloadOutcome download(
      CrateName name, CrateVersion version, Sha256 asked, Requester asker) {
    serving.require();
    DownloadOutcome outcome =
        switch (finder.find(name, version)) {
          case VersionLookup.NotFound none -> none.outcome();
          case VersionLookup.Found found -> decide(found, asked);
        };
    if (!CANARY.equals(name.collisionKey())) {
      new DownloadRecorder(meters, usageLog, background).note(outcome, asker, null);
    }
    return outcome;
  }

  /// Returns the length of an artifact, or empty if it is not stored. Its bytes are not read.
  public OptionalLong artifactBytes(Sha256 cksum) {
    return artifactCache.length(cksum);
  }

  /// Limits the heap for artifacts that are cached for the next request.
  public void keepArtifacts(long bytes) {
    artifactCache.keepAtMost(bytes);
  }

  /// Returns the outcome of a request as [#download] does, for a caller that names the lockfile and
  /// may not know the SHA-256. A served artifact is stored afterwards.
  public DownloadOutcome prefetch(WantedVersion wanted, Requester asker) {
    serving.require();
    DownloadOutcome outcome =
        switch (finder.find(wanted.name(), wanted.version())) {
          case VersionLookup.NotFound none -> none.outcome();
          case VersionLookup.Found found -> {
            Sha256 expected = wanted.expected();
            yield decide(found, expected == null ? found.line().entry().cksum() : expected);
          }
        };
    new DownloadRecorder(meters, usageLog, background).note(outcome, asker, wanted.lockfile());
    return outcome;
  }

  /// Returns the unconfirmed removals upstream.
  public RemovalReport removals() {
    return keeper.removals().register().report();
  }

  /// Records that a person confirmed the removals upstream. Upstream is asked once more for each.
  ///
  /// @param by the person
  /// @return the number of crates that are concerned
  public int confirmRemovals(String by) {
    return keeper.removals().register().confirm(by, parts.clock().instant());
  }

  /// Records a refusal under the id of the request, with which the client can ask for the reason.
  public void refused(String request, CrateId id) {
    refusals.add(new RefusedDownload(request, id, parts.clock().instant()));
  }

  /// Returns the warning about the advisories that a refusal repeats; empty while a feed is fresh.
  public Optional<Reason> feedWarning() {
    return parts.rules().current().feedWarning(parts.clock().instant());
  }

  /// Returns the recent refusals.
  public RecentRefusals refusals() {
    return refusals;
  }

  /// Returns the refresher of index files.
  public IndexRefresher keeper() {
    return keeper;
  }

  /// Returns the finder of versions.
  public VersionFinder finder() {
    return finder;
  }

  /// Returns the states of crates.
  public CrateStates files() {
    return files;
  }

  /// Returns the cache of artifacts.
  public ArtifactCache artifactCache() {
    return artifactCache;
  }

  /// Returns the indicators of compromise with which artifacts are inspected.
  public IndicatorsInForce indicators() {
    return indicators;
  }

  /// Returns the admission of artifacts.
  public Admission admission() {
    return admission;
  }

  /// Returns the log of served versions.
  public UsageLog usageLog() {
    return usageLog;
  }

  private DownloadOutcome decide(VersionLookup.Found found, Sha256 asked) {
    return CurrentSpan.child("evaluation", _ -> evaluate(found, asked));
  }

  private DownloadOutcome evaluate(VersionLookup.Found found, Sha256 asked) {
    CrateId id = found.line().entry().id();
    if (!asked.equals(id.cksum())) {
      return new DownloadOutcome.OtherCksum(asked, id);
    }
    Rulebook rulebook = files.rulebook();
    Verdict verdict =
        found.file().under(rulebook).keptVerdict(found.line(), parts.clock().instant());
    if (bases.awaited(found.file(), found.line(), verdict)) {
      return new DownloadOutcome.Pending(id, ASK_AGAIN);
    }
    if (rulebook.policy().serves(verdict)) {
      // Stored bytes without findings of this program's inspector are inspected before they are
      // served.
      return artifactCache
          .take(id)
          .filter(_ -> inspected(found.file(), id.cksum()))
          .<DownloadOutcome>map(bytes -> served(found, bytes, verdict))
          .orElseGet(() -> admit(found, verdict));
    }
    return inspectionWouldHelp(found, verdict, rulebook.policy())
        ? admit(found, verdict)
        : withheld(found, verdict);
  }

  /// Returns whether an artifact was inspected. An artifact that could not be stored for lack of
  /// disk space was.
  private boolean inspected(CrateState file, Sha256 cksum) {
    return file.findings(cksum).isPresent() || !parts.store().hasArtifact(cksum);
  }

  /// Returns whether an inspection can end the hold of a version. Without inspection it is held, or
  /// held longer than the shorter cooldown.
  private boolean inspectionWouldHelp(VersionLookup.Found found, Verdict verdict, Policy policy) {
    Instant shortWait = policy.ageFrom(found.line()).plus(policy.cooldown());
    return verdict instanceof Verdict.Hold
        && verdict.has(Reason.Code.NOT_INSPECTED)
        && (verdict.has(Reason.Code.FIX) || !parts.clock().instant().isBefore(shortWait));
  }

  private DownloadOutcome admit(VersionLookup.Found found, Verdict before) {
    CrateId id = found.line().entry().id();
    Admission.Outcome admitted = admission.admit(id, parts.options().vettingWait()).orElse(null);
    return switch (admitted) {
      case null -> new DownloadOutcome.Pending(id, ASK_AGAIN);
      case Admission.Outcome.Absent absent when files.rulebook().policy().serves(before) ->
          new DownloadOutcome.Absent(id, absent.status());
      case Admission.Outcome.Absent _ -> withheld(found, before);
      case Admission.Outcome.Tampered tampered ->
          new DownloadOutcome.Tampered(id, tampered.found());
      case Admission.Outcome.Failed failed -> {
        Duration retry = failed.retryAfter();
        yield new DownloadOutcome.Unavailable(
            failed.why(), retry == null ? parts.options().retryPause() : retry);
      }
      case Admission.Outcome.Hostile hostile ->
          finalVerdict(found, hostile.findings(), Bytes.EMPTY);
      case Admission.Outcome.Ready ready -> finalVerdict(found, ready.findings(), ready.bytes());
    };
  }

  /// Returns the outcome after an inspection, by the newest decisions and with the new findings.
  private DownloadOutcome finalVerdict(VersionLookup.Found found, Findings findings, Bytes bytes) {
    CrateState inspected =
        files.find(found.file().crate().name()).orElse(found.file()).withFindings(findings);
    StoredLine line = inspected.line(found.line().entry().version()).orElse(found.line());
    CrateState file = bases.with(inspected, List.of(line), parts.options().vettingWait());
    Rulebook rulebook = files.rulebook();
    Verdict verdict = file.evaluate(line, rulebook, parts.clock().instant());
    VersionLookup.Found judged = new VersionLookup.Found(file, line);
    if (bases.awaited(file, line, verdict)) {
      return new DownloadOutcome.Pending(line.entry().id(), ASK_AGAIN);
    }
    return rulebook.policy().serves(verdict)
        ? served(judged, bytes, verdict)
        : withheld(judged, verdict);
  }

  private DownloadOutcome served(VersionLookup.Found found, Bytes bytes, Verdict verdict) {
    given(found, verdict);
    return new DownloadOutcome.Served(found.line().entry().id(), bytes, verdict);
  }

  private void given(VersionLookup.Found found, Verdict verdict) {
    CrateEvaluation evaluation = found.file().under(files.rulebook());
    usageLog.verdictLog().given(evaluation, found.line(), verdict, parts.clock().instant());
  }

  private DownloadOutcome withheld(VersionLookup.Found found, Verdict verdict) {
    given(found, verdict);
    CrateId id = found.line().entry().id();
    CrateVersion instead =
        found
            .file()
            .under(files.rulebook())
            .replacement(id.version(), parts.clock().instant(), c -> !admission.refused(c))
            .orElse(null);
    return new DownloadOutcome.Withheld(
        id, verdict, instead, files.onlyByBundle(id.cksum()), pinned(id.name()));
  }

  /// Returns whether another crate of its family requires a crate with `=`.
  public boolean pinned(CrateName name) {
    return PinnedCrates.pinned(
        name,
        family ->
            files.find(family).stream()
                .flatMap(f -> f.lines().stream().map(StoredLine::entry))
                .toList());
  }
}
