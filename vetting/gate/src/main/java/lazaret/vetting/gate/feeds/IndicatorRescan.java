package lazaret.vetting.gate.feeds;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.Deadline;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.context.GateCounters.Count;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.serving.IndicatorsInForce;
import lazaret.vetting.gate.serving.UsageLog;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Ioc;
import lazaret.vetting.inspect.Iocs;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import org.jspecify.annotations.Nullable;

/// The search of stored artifacts for new indicators of compromise. It runs when feeds name other
/// indicators than those of the last inspection. Versions with changed findings are evaluated
/// again, and notices name the clients that have them. Downloaded versions come first, latest
/// first, then all others by crate. Few artifacts are in memory at a time. The progress is stored,
/// so that a restart continues there. Used by one thread, which starts workers.
public final class IndicatorRescan {
  private static final System.Logger LOG = System.getLogger(IndicatorRescan.class.getName());

  /// The number of artifacts after which the progress is stored. The workers then wait for each
  /// other.
  private static final int STEP = 256;

  /// The number of artifacts that are searched at a time.
  private static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 2);

  /// The ratio of work to pause of each worker. It works four fifths of the time, so that requests
  /// find a core. Ten thousand versions should take one minute.
  private static final int WORK_PER_PAUSE = 4;

  /// The number of crates whose names are read together.
  private static final int PAGE = 1_000;

  /// The maximum number of downloaded versions that come first. Only the latest do.
  private static final int MAX_FIRST = 20_000;

  private final GateContext parts;
  private final CrateStates files;
  private final GateCounters meters;
  private final UsageLog usageLog;
  private final IndicatorsInForce indicators;
  private IndicatorsInForce.@Nullable PreparedIndicators last;

  public IndicatorRescan(
      GateContext parts,
      CrateStates files,
      GateCounters meters,
      UsageLog usageLog,
      IndicatorsInForce indicators) {
    this.parts = parts;
    this.files = files;
    this.meters = meters;
    this.usageLog = usageLog;
    this.indicators = indicators;
  }

  /// Searches the artifacts that were not searched for the indicators in force. Returns at once if
  /// there are none.
  ///
  /// @throws InterruptedException if the gate is stopped; the search continues there after a
  ///   restart
  public void run() throws InterruptedException {
    IndicatorsInForce.PreparedIndicators wanted = indicators.get();
    if (last != null && wanted.indicators() == last.indicators()) {
      return;
    }
    String digest = digest(wanted.from());
    boolean done = meta(MetaKey.RESCAN_DONE).filter(digest::equals).isPresent();
    if (done || through(wanted, digest)) {
      last = wanted;
    }
  }

  /// Searches the artifacts that this one of several nodes stored a short time ago, with other
  /// indicators. The search of another node may have passed them before they were stored.
  ///
  /// @throws InterruptedException if the gate is stopped
  public void searchLate() throws InterruptedException {
    IndicatorsInForce.PreparedIndicators wanted = indicators.get();
    List<CrateId> late = indicators.inspectedWithout(wanted);
    if (late.isEmpty()) {
      return;
    }
    Map<CrateId, Findings> changed = new LinkedHashMap<>();
    for (CrateId id : late) {
      look(id, wanted).ifPresent(found -> changed.put(id, found));
    }
    conclude(changed);
    indicators.again(Set.copyOf(late), wanted);
  }

  /// Returns the value of [MetaKey#RESCAN_DONE] once the artifacts were searched for indicators.
  public static String digest(Iocs iocs) {
    var text = new StringBuilder();
    for (Ioc ioc : iocs.all()) {
      text.append(ioc.kind()).append(' ').append(ioc.value()).append('\n');
    }
    return Sha256.of(Bytes.utf8(text.toString())).hex();
  }

  /// Searches all artifacts.
  ///
  /// @return whether the search ended before the feeds named other indicators again
  private boolean through(IndicatorsInForce.PreparedIndicators wanted, String digest)
      throws InterruptedException {
    // From here on some findings are based on the new indicators. The earlier search no longer
    // counts.
    put(MetaKey.RESCAN_DONE, "");
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            WORKERS, Thread.ofPlatform().daemon().name("rescan-", 0).factory())) {
      Pass pass = new Pass(wanted, digest, workers);
      Optional<String> reached = meta(MetaKey.RESCAN_REACHED).filter(r -> r.startsWith(digest));
      boolean on = reached.isPresent() || pass.first();
      if (!on || !pass.rest(reached.map(r -> r.substring(digest.length() + 1)).orElse(""))) {
        return false;
      }
    }
    put(MetaKey.RESCAN_DONE, digest);
    return true;
  }

  /// One search through the store.
  private final class Pass {
    private final IndicatorsInForce.PreparedIndicators wanted;
    private final String digest;
    private final ExecutorService workers;
    private final Set<Sha256> looked = new HashSet<>();
    private final List<CrateId> batch = new ArrayList<>();

    Pass(IndicatorsInForce.PreparedIndicators wanted, String digest, ExecutorService workers) {
      this.wanted = wanted;
      this.digest = digest;
      this.workers = workers;
    }

    /// Searches the downloaded artifacts.
    ///
    /// @return whether the search ended
    boolean first() throws InterruptedException {
      for (CrateId id : handedOut()) {
        looked.add(id.cksum());
        batch.add(id);
        if (batch.size() >= STEP && !settle()) {
          return false;
        }
      }
      // An empty name: the downloaded artifacts are finished, but no crate is.
      return settle() && reached("");
    }

    /// Returns the downloaded versions, latest first, each once.
    private List<CrateId> handedOut() {
      usageLog.flush();
      Set<CrateId> latest = new LinkedHashSet<>();
      try (Stream<DownloadRecord> accesses = parts.store().accesses()) {
        for (Iterator<DownloadRecord> rest = accesses.iterator(); rest.hasNext(); ) {
          CrateId id = rest.next().id();
          latest.remove(id);
          latest.add(id);
          if (latest.size() > MAX_FIRST) {
            latest.remove(latest.iterator().next());
          }
        }
      }
      return List.copyOf(latest).reversed();
    }

    /// Searches all other artifacts, crate by crate.
    ///
    /// @param after the last finished crate
    /// @return whether the search ended
    boolean rest(String after) throws InterruptedException {
      for (List<String> page = page(after); !page.isEmpty(); page = page(page.getLast())) {
        for (String key : page) {
          parts.store().crate(CrateName.parse(key)).ifPresent(this::add);
          if (batch.size() >= STEP && !(settle() && reached(key))) {
            return false;
          }
        }
      }
      return settle();
    }

    /// Returns the next crates. A stream of all would be open for hours.
    private List<String> page(String after) {
      try (Stream<String> names = parts.store().names(after)) {
        return names.filter(name -> name.compareTo(after) > 0).limit(PAGE).toList();
      }
    }

    private void add(StoredCrate crate) {
      for (StoredLine line : crate.lines()) {
        if (!looked.contains(line.entry().cksum())
            && parts.store().hasArtifact(line.entry().cksum())) {
          batch.add(line.entry().id());
        }
      }
    }

    private boolean reached(String key) {
      put(MetaKey.RESCAN_REACHED, digest + " " + key);
      return true;
    }

    /// Searches the collected artifacts and handles the changes.
    ///
    /// @return false if the feeds now name other indicators
    private boolean settle() throws InterruptedException {
      if (!indicators.get().equals(wanted)) {
        return false;
      }
      Map<CrateId, Findings> changed = new LinkedHashMap<>();
      List<Callable<Optional<Findings>>> tasks = new ArrayList<>();
      batch.forEach(id -> tasks.add(() -> look(id, wanted)));
      List<Future<Optional<Findings>>> found = workers.invokeAll(tasks);
      for (int i = 0; i < found.size(); i++) {
        CrateId id = batch.get(i);
        taken(found.get(i)).ifPresent(f -> changed.put(id, f));
      }
      batch.clear();
      conclude(changed);
      return true;
    }
  }

  private static Optional<Findings> taken(Future<Optional<Findings>> done)
      throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  /// Returns the findings of an artifact if they have changed. Empty if they have not, or if the
  /// artifact was never inspected or is not stored.
  private Optional<Findings> look(CrateId id, IndicatorsInForce.PreparedIndicators wanted)
      throws InterruptedException {
    Findings known = parts.store().findings(id.cksum()).orElse(null);
    if (known == null || !parts.store().hasArtifact(id.cksum())) {
      return Optional.empty();
    }
    long start = System.nanoTime();
    Optional<Findings> found = inspect(id, wanted).filter(f -> !f.equals(known));
    meters.add(Count.ARTIFACTS_RESCANNED);
    TimeUnit.NANOSECONDS.sleep((System.nanoTime() - start) / WORK_PER_PAUSE);
    return found;
  }

  /// Returns the findings of stored bytes, or empty if the bytes are damaged. The scrub reports
  /// damage.
  private Optional<Findings> inspect(CrateId id, IndicatorsInForce.PreparedIndicators wanted) {
    Bytes stored;
    try {
      stored = parts.store().artifact(id.cksum()).orElse(Bytes.EMPTY);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot rescan " + id, e);
      return Optional.empty();
    }
    return switch (new UnverifiedCrate(stored).verify(id)) {
      case Verification.Match match ->
          Optional.of(
              Inspector.inspect(
                  match.crate(),
                  parts.options().inspectLimits(),
                  wanted.expected(files, id),
                  Deadline.MONOTONIC));
      case Verification.Mismatch _ -> Optional.empty();
    };
  }

  /// Reports the consequences of changed findings, then stores these. A crash in between repeats
  /// the report instead of losing it.
  private void conclude(Map<CrateId, Findings> changed) {
    if (changed.isEmpty()) {
      return;
    }
    usageLog.flush();
    var consequences = new ReevaluationNotices(parts.store(), parts.clock(), usageLog.verdictLog());
    changed.forEach((id, found) -> consequences(id, found).ifPresent(consequences::add));
    FeedUpdateReport.Reevaluation reevaluation = consequences.write(changed.size());
    changed.forEach(
        (id, found) ->
            files.storeFindings(id, found, Batch.synced(List.of(new Write.PutFindings(found)))));
    LOG.log(
        System.Logger.Level.INFO,
        "indicator rescan finished: {0} versions with other findings, {1} withdrawn, {2} released",
        reevaluation.versions(),
        reevaluation.withdrawn(),
        reevaluation.released());
  }

  private Optional<ReevaluationNotices.Change> consequences(CrateId id, Findings found) {
    CrateState before = files.find(id.name()).orElse(null);
    StoredLine line = before == null ? null : before.line(id.version()).orElse(null);
    if (before == null || line == null) {
      return Optional.empty();
    }
    Rulebook rulebook = files.rulebook();
    Verdict was = before.evaluate(line, rulebook, parts.clock().instant());
    Verdict is = before.withFindings(found).evaluate(line, rulebook, parts.clock().instant());
    List<String> added = new ArrayList<>(indicators(found));
    before.findings(id.cksum()).ifPresent(known -> added.removeAll(indicators(known)));
    return Optional.of(
        new ReevaluationNotices.Change(
            line, rulebook.policy().serves(was), rulebook.policy().serves(is), is, added));
  }

  private static List<String> indicators(Findings findings) {
    return findings.signals().stream()
        .filter(signal -> signal.weight() == SignalWeight.BLOCK)
        .map(Signal::toString)
        .toList();
  }

  private Optional<String> meta(MetaKey key) {
    return parts.store().meta(key).map(Bytes::text);
  }

  private void put(MetaKey key, String value) {
    parts.store().commit(Batch.relaxed(List.of(new Write.PutMeta(key, Bytes.utf8(value)))));
  }
}
