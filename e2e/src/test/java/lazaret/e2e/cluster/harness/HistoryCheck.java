package lazaret.e2e.cluster.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import lazaret.e2e.cluster.harness.HistoryEvent.Kind;
import lazaret.e2e.cluster.harness.HistoryEvent.Result;

/// A check of what clients saw while several servers decided and served at once. It knows the
/// operations of all clients and the ledger at the end, and nothing of the servers.
///
/// - Each acknowledged decision is in the ledger, once.
/// - The decisions on one crate are in the ledger in an order that agrees with time: one that ended
///   before another began precedes it.
/// - A decision takes effect at some time between its start and its end, in the order of the
///   ledger; one without a response at some time after its start, or never. A download that was
///   served overlaps a time at which its version was allowed, with the maximum staleness before its
///   start. So no download is served that began later than that after the end of a denial, unless a
///   later approval had begun.
/// - No bytes are wrong.
///
/// All versions are allowed at first.
public final class HistoryCheck {
  private final long staleness;
  private final List<HistoryEvent> events;
  private final List<Entry> ledger;
  private final List<String> violations = new ArrayList<>();

  /// A decision in the ledger.
  ///
  /// @param sequence the sequence of its entry
  /// @param id the identity of the decision, which is its reason
  public record Entry(long sequence, String id) {}

  /// A decision in the ledger with the operation that made it.
  private record Placed(long sequence, HistoryEvent event) {}

  /// A time in which a version was allowed, as far as clients can know: it contains each instant at
  /// which it may have been.
  private record Allowed(long from, long to) {}

  private HistoryCheck(Duration maxStaleness, List<HistoryEvent> events, List<Entry> ledger) {
    this.staleness = maxStaleness.toNanos();
    this.events = List.copyOf(events);
    this.ledger = List.copyOf(ledger);
  }

  /// Returns the violations, one sentence each; empty if the history is correct.
  ///
  /// @param maxStaleness the time for which a server may not know a decision
  /// @param events the operations of all clients, in any order
  /// @param ledger the decisions of the ledger, in any order; those of others are ignored
  public static List<String> violations(
      Duration maxStaleness, Collection<HistoryEvent> events, Collection<Entry> ledger) {
    HistoryCheck check = new HistoryCheck(maxStaleness, List.copyOf(events), List.copyOf(ledger));
    check.run();
    return Collections.unmodifiableList(check.violations);
  }

  private void run() {
    List<Placed> placed = placed();
    Map<String, List<Placed>> byCrate = new TreeMap<>();
    Map<String, List<Placed>> byVersion = new TreeMap<>();
    for (Placed each : placed) {
      byCrate.computeIfAbsent(each.event().crate(), _ -> new ArrayList<>()).add(each);
      byVersion.computeIfAbsent(each.event().version(), _ -> new ArrayList<>()).add(each);
    }
    byCrate.values().forEach(this::checkOrder);
    Map<String, List<Allowed>> allowed = new HashMap<>();
    byVersion.forEach((version, decisions) -> allowed.put(version, allowed(decisions)));
    for (HistoryEvent event : events) {
      if (event.kind() == Kind.DOWNLOAD) {
        checkDownload(
            event,
            allowed.getOrDefault(
                event.version(), List.of(new Allowed(Long.MIN_VALUE, Long.MAX_VALUE))));
      }
    }
  }

  /// Returns the decisions in the order of the ledger.
  private List<Placed> placed() {
    Map<String, List<Long>> places = new HashMap<>();
    for (Entry entry : ledger) {
      places.computeIfAbsent(entry.id(), _ -> new ArrayList<>()).add(entry.sequence());
    }
    List<Placed> placed = new ArrayList<>();
    for (HistoryEvent event : events) {
      if (event.isDecision()) {
        List<Long> found = places.getOrDefault(event.id(), List.of());
        if (found.isEmpty() && event.result() == Result.ACKNOWLEDGED) {
          violations.add("lost: " + words(event) + " was acknowledged, and is not in the ledger");
        }
        if (found.size() > 1) {
          violations.add("twice: " + words(event) + " is in the ledger at " + found);
        }
        found.stream().limit(1).forEach(place -> placed.add(new Placed(place, event)));
      }
    }
    placed.sort(Comparator.comparingLong(Placed::sequence));
    return placed;
  }

  /// Checks the decisions on one crate, which are in the order of the ledger: none ended before one
  /// in front of it began.
  private void checkOrder(List<Placed> decisions) {
    Placed latest = decisions.getFirst();
    for (Placed each : decisions) {
      if (each.event().latestEffect() < latest.event().start()) {
        violations.add(
            "order: %s ended before %s began, and is after it in the ledger"
                .formatted(words(each.event()), words(latest.event())));
      }
      if (each.event().start() > latest.event().start()) {
        latest = each;
      }
    }
  }

  /// Returns the times in which a version was allowed.
  ///
  /// @param decisions the decisions on it, in the order of the ledger
  private static List<Allowed> allowed(List<Placed> decisions) {
    long[] latest = latestEffects(decisions);
    List<Allowed> allowed = new ArrayList<>();
    boolean open = true;
    long from = Long.MIN_VALUE;
    long earliest = Long.MIN_VALUE;
    for (int i = 0; i < decisions.size(); i++) {
      HistoryEvent event = decisions.get(i).event();
      // A decision takes effect after those before it.
      earliest = Math.max(earliest, event.start());
      boolean allows = event.kind() == Kind.APPROVE;
      if (allows && !open) {
        from = earliest;
      } else if (!allows && open) {
        allowed.add(new Allowed(from, latest[i]));
      }
      open = allows;
    }
    if (open) {
      allowed.add(new Allowed(from, Long.MAX_VALUE));
    }
    return allowed;
  }

  /// Returns the last time at which each decision may have taken effect: before those after it.
  private static long[] latestEffects(List<Placed> decisions) {
    long[] latest = new long[decisions.size()];
    long next = Long.MAX_VALUE;
    for (int i = latest.length - 1; i >= 0; i--) {
      next = Math.min(next, decisions.get(i).event().latestEffect());
      latest[i] = next;
    }
    return latest;
  }

  private void checkDownload(HistoryEvent event, List<Allowed> allowed) {
    if (event.result() == Result.WRONG_BYTES) {
      violations.add("bytes: " + words(event) + " gave wrong bytes");
    }
    if (event.result() != Result.SERVED) {
      return;
    }
    long known = event.start() - staleness;
    if (allowed.stream().noneMatch(each -> each.from() <= event.end() && each.to() >= known)) {
      violations.add(
          "stale: %s was served, and began more than the maximum staleness after a denial"
              .formatted(words(event)));
    }
  }

  private static String words(HistoryEvent event) {
    return "%s of %s at '%s' from %.6f to %.6f s%s"
        .formatted(
            event.kind().name().toLowerCase(Locale.ROOT),
            event.version(),
            event.node(),
            event.start() / 1e9,
            event.end() / 1e9,
            event.id().isEmpty() ? "" : " (" + event.id() + ")");
  }
}
