package lazaret.vetting.gate.serving;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.IndicatorSet;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Iocs;

/// The indicators of compromise of the feeds in force, prepared once per set of feeds, with the
/// inspections of the last hour. Thread-safe.
public final class IndicatorsInForce {
  /// The time for which an inspection is listed. It is longer than a node serves with old feeds.
  private static final Duration LISTED = Duration.ofHours(1);

  private static final int MOST_LISTED = 20_000;

  private final CurrentRulebook rules;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by lock, oldest first.
  private final Deque<Inspected> inspected = new ArrayDeque<>();

  private volatile PreparedIndicators prepared =
      new PreparedIndicators(Iocs.NONE, IndicatorSet.NONE);

  public IndicatorsInForce(CurrentRulebook rules) {
    this.rules = rules;
  }

  /// The indicators as feeds name them and as inspection uses them.
  public record PreparedIndicators(Iocs from, IndicatorSet indicators) {
    /// Returns the expectations for the inspection of an artifact: these indicators, and its index
    /// line if that is stored.
    public Inspector.Expected expected(CrateStates files, CrateId id) {
      IndexEntry entry =
          files
              .find(id.name())
              .flatMap(file -> file.line(id.version()))
              .map(StoredLine::entry)
              .filter(held -> held.cksum().equals(id.cksum()))
              .orElse(null);
      return new Inspector.Expected(indicators, entry);
    }
  }

  /// An artifact that was stored after its inspection.
  ///
  /// @param nanos the monotonic time at which it was
  private record Inspected(CrateId id, PreparedIndicators with, long nanos) {}

  /// Takes note that an artifact was stored after an inspection with these indicators.
  public void inspected(CrateId id, PreparedIndicators with) {
    long now = System.nanoTime();
    lock.lock();
    try {
      inspected.addLast(new Inspected(id, with, now));
      while (inspected.size() > MOST_LISTED
          || now - inspected.getFirst().nanos() > LISTED.toNanos()) {
        inspected.removeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns the artifacts of the last hour that were inspected with others than these indicators.
  public List<CrateId> inspectedWithout(PreparedIndicators wanted) {
    lock.lock();
    try {
      return inspected.stream()
          .filter(each -> !each.with().equals(wanted))
          .map(Inspected::id)
          .distinct()
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// Takes note that artifacts were inspected again with these indicators.
  public void again(Collection<CrateId> ids, PreparedIndicators with) {
    lock.lock();
    try {
      inspected.removeIf(each -> !each.with().equals(with) && ids.contains(each.id()));
    } finally {
      lock.unlock();
    }
  }

  /// Returns the indicators in force. The object stays the same while they do.
  public PreparedIndicators get() {
    Iocs named = rules.current().advisories().iocs();
    PreparedIndicators last = prepared;
    if (!last.from().all().equals(named.all())) {
      last = new PreparedIndicators(named, IndicatorSet.of(named));
      prepared = last;
    }
    return last;
  }
}
