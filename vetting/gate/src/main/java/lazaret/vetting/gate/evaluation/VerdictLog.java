package lazaret.vetting.gate.evaluation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.retention.GrowthLimits;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The log of given verdicts: each verdict that is given with a view or a download, unless it
/// equals the previous one on the version. A response does not wait for it, since verdicts are
/// collected in heap and written in batches. A version that was always served by its age alone has
/// no entry. Thread-safe.
public final class VerdictLog {
  private static final System.Logger LOG = System.getLogger(VerdictLog.class.getName());

  /// The reasons for which a version without any objection is served.
  private static final Set<Code> PLAIN =
      EnumSet.of(
          Code.AGED,
          Code.NOT_INSPECTED,
          Code.BUILD_TIME_CODE,
          Code.NO_PUBLISH_TIME,
          Code.FEEDS_OLD);

  private static final int MAX_COLLECTED = 20_000;

  private final Store store;
  private final Clock clock;
  private final GrowthLimits growth;
  private final BoundedCache<String, Given> last = new BoundedCache<>(50_000, _ -> 1);
  private final LinkedBlockingQueue<Given> collected = new LinkedBlockingQueue<>();
  private final VerdictChangeNotices changes;
  private final ReentrantLock flushing = new ReentrantLock();
  // guarded by flushing
  private boolean begun;

  public VerdictLog(Store store, Clock clock, GrowthLimits growth) {
    this.store = store;
    this.clock = clock;
    this.growth = growth;
    this.changes = new VerdictChangeNotices(clock);
  }

  /// A given verdict.
  ///
  /// @param verdict the verdict with its context
  /// @param line the stored line of the version
  /// @param decision the latest decision on it; null if there is none
  /// @param before the previous verdict, without its own predecessor; null if it is not in heap
  /// @param snapshot the served snapshot; 0 if there is none. A difference caused by another
  ///   snapshot is not a change of a verdict
  record Given(
      RecordedVerdict verdict,
      StoredLine line,
      @Nullable Decision decision,
      @Nullable Given before,
      long snapshot) {
    private Given first() {
      return before == null ? this : new Given(verdict, line, decision, null, snapshot);
    }
  }

  /// Returns the detector of changed verdicts.
  public VerdictChangeNotices changes() {
    return changes;
  }

  /// Records a given verdict.
  public void given(CrateEvaluation evaluation, StoredLine line, Verdict verdict, Instant now) {
    boolean served = evaluation.rulebook().policy().serves(verdict);
    String key = key(line);
    Given before = last.get(key);
    if (before != null && saysTheSame(before.verdict(), served, verdict)) {
      return;
    }
    RecordedVerdict recorded =
        new RecordedVerdict(line.entry().id(), now, served, verdict, evaluation.context(line));
    Decision decision = evaluation.file().decisions(line.entry().version()).latest();
    Given given = new Given(recorded, line, decision, before, evaluation.file().head());
    last.put(key, given.first());
    collected.add(given);
    if (collected.size() > MAX_COLLECTED) {
      flush();
    }
  }

  /// Returns the moment from which verdicts are recorded, or null if none was given yet.
  @Nullable
  public Instant since() {
    return store.meta(MetaKey.VERDICTS_SINCE).map(v -> Instant.parse(v.text())).orElse(null);
  }

  /// Writes the collected verdicts. Verdicts that the store refuses are lost, with an error in the
  /// log.
  public void flush() {
    flushing.lock();
    try {
      List<Given> given = new ArrayList<>();
      collected.drainTo(given);
      if (!given.isEmpty()) {
        // If another node writes meanwhile, this runs again: the limits may count a notice twice.
        begun = store.serially(WriteScope.VERDICTS, () -> write(given));
      }
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "given verdicts not recorded", e);
    } finally {
      flushing.unlock();
    }
  }

  /// Writes verdicts; returns true.
  private boolean write(List<Given> given) {
    List<Write> writes = new ArrayList<>();
    if (!begun && since() == null) {
      writes.add(
          new Write.PutMeta(
              MetaKey.VERDICTS_SINCE, Bytes.utf8(given.getFirst().verdict().at().toString())));
    }
    Map<CrateName, List<Given>> byCrate = new LinkedHashMap<>();
    given.forEach(
        g -> byCrate.computeIfAbsent(g.verdict().id().name(), _ -> new ArrayList<>()).add(g));
    int _ = store.readThreads().run(() -> addChanges(byCrate, writes));
    if (!writes.isEmpty()) {
      store.commit(Batch.synced(writes));
    }
    return true;
  }

  /// Adds the writes of changed verdicts and returns their number. The recorded verdicts of each
  /// crate are read for it.
  private int addChanges(Map<CrateName, List<Given>> byCrate, List<Write> writes) {
    byCrate.forEach((name, verdicts) -> writes.addAll(changes(name, verdicts)));
    return writes.size();
  }

  private List<Write> changes(CrateName name, List<Given> given) {
    Map<String, List<RecordedVerdict>> kept = new HashMap<>();
    for (RecordedVerdict recorded : store.verdicts(name)) {
      kept.computeIfAbsent(recorded.id().version().text(), _ -> new ArrayList<>()).add(recorded);
    }
    List<Write> writes = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    for (Given each : given) {
      RecordedVerdict recorded = each.verdict();
      List<RecordedVerdict> before =
          kept.computeIfAbsent(recorded.id().version().text(), _ -> new ArrayList<>());
      changes.notice(each, before).ifPresent(notices::add);
      boolean known = before.isEmpty() ? plain(recorded) : said(before.getLast()) == said(recorded);
      if (!known) {
        writes.add(new Write.PutVerdict(recorded));
        before.add(recorded);
        if (before.size() > RecordedVerdict.MAX_KEPT) {
          RecordedVerdict oldest = before.removeFirst();
          growth.dropped().add(DropKind.VERDICTS, 1);
          writes.add(new Write.DropVerdict(oldest.id(), oldest.at()));
        }
      }
    }
    for (Notice notice : VerdictChangeNotices.summed(notices)) {
      growth.notices().limited(List.of(notice), clock.instant()).stream()
          .map(Write.Append::new)
          .forEach(writes::add);
    }
    return writes;
  }

  private static boolean plain(RecordedVerdict recorded) {
    return recorded.verdict().allows()
        && recorded.verdict().reasons().stream().allMatch(r -> PLAIN.contains(r.code()));
  }

  /// Returns whether a verdict has the content of the previous one. An equal verdict, which is the
  /// usual one of a download, is found without its texts.
  private static boolean saysTheSame(RecordedVerdict before, boolean served, Verdict verdict) {
    return (before.served() == served && before.verdict().equals(verdict))
        || said(before) == said(served, verdict);
  }

  private static int said(RecordedVerdict recorded) {
    return said(recorded.served(), recorded.verdict());
  }

  /// Returns a hash that is equal for verdicts with the same content. The age of feeds is excluded,
  /// since it changes every day.
  private static int said(boolean served, Verdict verdict) {
    int said = Boolean.hashCode(served) + 31 * verdict.getClass().getName().hashCode();
    if (verdict instanceof Verdict.Hold hold) {
      said = 31 * said + hold.until().hashCode();
    }
    for (Reason reason : verdict.reasons()) {
      boolean ages = reason.code() == Code.FEEDS_OLD || reason.code() == Code.FEEDS_STALE;
      said = 31 * said + (ages ? reason.code().code() : reason.toString()).hashCode();
    }
    return said;
  }

  private static String key(StoredLine line) {
    return line.entry().name().collisionKey() + ' ' + line.entry().version().text();
  }
}
