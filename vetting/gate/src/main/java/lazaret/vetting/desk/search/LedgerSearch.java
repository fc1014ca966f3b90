package lazaret.vetting.desk.search;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.LedgerEntry;

/// The search for entries of the ledger. One search reads at most [#MAX_READ] entries, regardless
/// of the number of matches. Thread-safe; blocks.
public final class LedgerSearch {
  /// The maximum number of entries that one search reads.
  public static final int MAX_READ = 20_000;

  /// The entries that are read at once in descending order, since the store streams upwards.
  private static final int CHUNK = 500;

  private final Store store;

  public LedgerSearch(Store store) {
    this.store = store;
  }

  /// Returns the entries that a query finds.
  public LedgerPart find(LedgerQuery query) {
    return query.latest() ? descending(query) : ascending(query);
  }

  /// Returns all entries after a sequence, the oldest first.
  ///
  /// @param limit the maximum number of entries
  public List<LedgerEntry> list(long after, int limit) {
    try (Stream<LedgerEntry> entries = store.ledger(after)) {
      return entries.limit(limit).toList();
    }
  }

  private LedgerPart ascending(LedgerQuery query) {
    List<LedgerEntry> found = new ArrayList<>();
    long next = query.after();
    int read = 0;
    try (Stream<LedgerEntry> entries = store.ledger(query.after())) {
      for (Iterator<LedgerEntry> rest = entries.iterator();
          found.size() < query.limit() && read < MAX_READ && rest.hasNext();
          read++) {
        LedgerEntry entry = rest.next();
        if (entry.sequence() >= query.before()) {
          break;
        }
        next = entry.sequence();
        if (query.filter().accepts(entry)) {
          found.add(entry);
        }
      }
    }
    return new LedgerPart(found, next, null);
  }

  private LedgerPart descending(LedgerQuery query) {
    long head = store.ledgerHead().map(LedgerEntry::sequence).orElse(0L);
    long before = Math.min(query.before(), head + 1);
    // No entry follows the last one. A larger number would overflow below.
    long after = Math.min(query.after(), head);
    long lowest = Math.max(after, before - 1 - MAX_READ);
    List<LedgerEntry> found = new ArrayList<>();
    long rest = before;
    while (rest > lowest + 1 && found.size() < query.limit()) {
      List<LedgerEntry> chunk = chunk(Math.max(lowest, rest - 1 - CHUNK), rest);
      rest = Math.max(lowest + 1, rest - CHUNK);
      for (LedgerEntry entry : chunk.reversed()) {
        if (query.filter().accepts(entry)) {
          found.add(entry);
          if (found.size() == query.limit()) {
            rest = entry.sequence();
            break;
          }
        }
      }
    }
    long next = found.isEmpty() ? query.after() : found.getFirst().sequence();
    return new LedgerPart(found, next, rest > after + 1 ? rest : null);
  }

  /// Returns the entries between two sequences, without both.
  private List<LedgerEntry> chunk(long after, long before) {
    try (Stream<LedgerEntry> entries = store.ledger(after)) {
      return entries.takeWhile(each -> each.sequence() < before).toList();
    }
  }
}
