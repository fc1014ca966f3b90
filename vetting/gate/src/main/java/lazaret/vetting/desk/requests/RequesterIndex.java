package lazaret.vetting.desk.requests;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;

/// The persons who asked for each version, by the ledger. A decision does not remove them: a person
/// who asked for a version could otherwise deny it first and approve it then.
///
/// The answer is exact for any number of requests. Beyond a number of them in memory, it is
/// searched in the ledger. Thread-safe; blocks.
public final class RequesterIndex {
  private static final int MOST_IN_MEMORY = 200_000;

  private final Store store;
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Map<String, Set<String>> requesters = new HashMap<>();
  private int size;
  private long read;

  /// Creates a reader of the ledger of a store. The ledger is read at the first question.
  public RequesterIndex(Store store) {
    this(store, MOST_IN_MEMORY);
  }

  /// @param limit the maximum number of pairs of person and version in memory
  RequesterIndex(Store store, int limit) {
    this.store = store;
    this.limit = limit;
  }

  /// Returns whether a person ever asked for a version. Persons are compared as where two of them
  /// must agree ([Decision#person(String)]).
  ///
  /// @param by the person, as named in the ledger
  public boolean asked(String by, CrateName name, CrateVersion version) {
    String key = key(name, version.text());
    String person = Decision.person(by);
    lock.lock();
    try {
      update();
      return requesters.getOrDefault(key, Set.of()).contains(person)
          || (size >= limit && isInLedger(person, key));
    } finally {
      lock.unlock();
    }
  }

  private void update() {
    try (Stream<LedgerEntry> entries = store.ledger(read)) {
      entries.forEach(
          entry -> {
            read = entry.sequence();
            if (size < limit && entry.event() instanceof Notice notice && isRequest(notice)) {
              boolean added =
                  requesters.computeIfAbsent(key(notice), _ -> new HashSet<>()).add(person(notice));
              size += added ? 1 : 0;
            }
          });
    }
  }

  private boolean isInLedger(String person, String key) {
    try (Stream<LedgerEntry> entries = store.ledger(0)) {
      return entries.anyMatch(
          entry ->
              entry.event() instanceof Notice notice
                  && isRequest(notice)
                  && person(notice).equals(person)
                  && key(notice).equals(key));
    }
  }

  private static String person(Notice notice) {
    return Decision.person(notice.by());
  }

  private static boolean isRequest(Notice notice) {
    return notice.kind() == Notice.Kind.REQUEST_MADE
        && notice.name() != null
        && notice.version() != null;
  }

  private static String key(Notice notice) {
    CrateName name = notice.name();
    String version = notice.version();
    return name == null || version == null ? "" : key(name, version);
  }

  private static String key(CrateName name, String version) {
    return name.collisionKey() + ' ' + version;
  }
}
