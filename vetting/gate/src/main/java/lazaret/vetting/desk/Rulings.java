package lazaret.vetting.desk;

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
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.retention.DropKind;
import lazaret.vetting.retention.GrowthLimits;
import org.jspecify.annotations.Nullable;

/// The log of given verdicts: each verdict that is given with a view or a download, unless it
/// equals the previous one on the version. A response does not wait for it, since verdicts are
/// collected in heap and written in batches. A version that was always served by its age alone has
/// no entry. Thread-safe.
final class Rulings {
  private static final System.Logger LOG = System.getLogger(Rulings.class.getName());

  /// The name of the stored moment from which verdicts are recorded.
  private static final String SINCE = "rulings.since";

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
  private final BoundedMemory<String, Given> last = new BoundedMemory<>(50_000, _ -> 1);
  private final LinkedBlockingQueue<Given> collected = new LinkedBlockingQueue<>();
  private final VerdictChanges changes;
  private final ReentrantLock flushing = new ReentrantLock();
  // guarded by flushing
  private boolean begun;

  Rulings(Store store, Clock clock, GrowthLimits growth) {
    this.store = store;
    this.clock = clock;
    this.growth = growth;
    this.changes = new VerdictChanges(clock);
  }

  /// A given verdict.
  ///
  /// @param ruling the verdict with its context
  /// @param line the stored line of the version
  /// @param decision the latest decision on it; null if there is none
  /// @param before the previous verdict, without its own predecessor; null if it is not in heap
  /// @param snapshot the served snapshot; 0 if there is none. A difference caused by another
  ///   snapshot is not a change of a verdict
  record Given(
      Ruling ruling,
      StoredLine line,
      @Nullable Decision decision,
      @Nullable Given before,
      long snapshot) {
    private Given first() {
      return before == null ? this : new Given(ruling, line, decision, null, snapshot);
    }
  }

  /// Returns the detector of changed verdicts.
  VerdictChanges changes() {
    return changes;
  }

  /// Records a given verdict.
  void given(Hearing hearing, StoredLine line, Verdict verdict, Instant now) {
    boolean served = hearing.rulebook().policy().serves(verdict);
    String key = key(line);
    Given before = last.get(key);
    if (before != null && said(before.ruling()) == said(served, verdict)) {
      return;
    }
    Ruling ruling =
        new Ruling(line.entry().id(), now, served, verdict, hearing.grounds(line, null));
    Decision decision = hearing.file().standing(line.entry().version()).latest();
    Given given = new Given(ruling, line, decision, before, hearing.file().head());
    last.put(key, given.first());
    collected.add(given);
    if (collected.size() > MAX_COLLECTED) {
      flush();
    }
  }

  /// Returns the moment from which verdicts are recorded, or null if none was given yet.
  @Nullable Instant since() {
    return store.meta(SINCE).map(v -> Instant.parse(v.text())).orElse(null);
  }

  /// Writes the collected verdicts. Verdicts that the store refuses are lost, with an error in the
  /// log.
  void flush() {
    flushing.lock();
    try {
      List<Given> given = new ArrayList<>();
      collected.drainTo(given);
      if (!given.isEmpty()) {
        write(given);
      }
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "given verdicts not recorded", e);
    } finally {
      flushing.unlock();
    }
  }

  private void write(List<Given> given) {
    List<Write> writes = new ArrayList<>();
    if (!begun && since() == null) {
      writes.add(new Write.PutMeta(SINCE, Bytes.utf8(given.getFirst().ruling().at().toString())));
    }
    Map<CrateName, List<Given>> byCrate = new LinkedHashMap<>();
    given.forEach(
        g -> byCrate.computeIfAbsent(g.ruling().id().name(), _ -> new ArrayList<>()).add(g));
    byCrate.forEach((name, rulings) -> writes.addAll(changes(name, rulings)));
    if (!writes.isEmpty()) {
      store.commit(Batch.synced(writes));
    }
    begun = true;
  }

  private List<Write> changes(CrateName name, List<Given> given) {
    Map<String, List<Ruling>> kept = new HashMap<>();
    for (Ruling ruling : store.rulings(name)) {
      kept.computeIfAbsent(ruling.id().version().text(), _ -> new ArrayList<>()).add(ruling);
    }
    List<Write> writes = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    for (Given each : given) {
      Ruling ruling = each.ruling();
      List<Ruling> before =
          kept.computeIfAbsent(ruling.id().version().text(), _ -> new ArrayList<>());
      changes.notice(each, before).ifPresent(notices::add);
      boolean known = before.isEmpty() ? plain(ruling) : said(before.getLast()) == said(ruling);
      if (!known) {
        writes.add(new Write.PutRuling(ruling));
        before.add(ruling);
        if (before.size() > Ruling.MAX_KEPT) {
          Ruling oldest = before.removeFirst();
          growth.dropped().add(DropKind.VERDICTS, 1);
          writes.add(new Write.DropRuling(oldest.id(), oldest.at()));
        }
      }
    }
    for (Notice notice : VerdictChanges.summed(notices)) {
      growth.notices().limited(List.of(notice), clock.instant()).stream()
          .map(Write.Append::new)
          .forEach(writes::add);
    }
    return writes;
  }

  private static boolean plain(Ruling ruling) {
    return ruling.verdict().allows()
        && ruling.verdict().reasons().stream().allMatch(r -> PLAIN.contains(r.code()));
  }

  private static int said(Ruling ruling) {
    return said(ruling.served(), ruling.verdict());
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
