package lazaret.vetting.desk.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.vetting.Deadline;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.LedgerLine;
import org.jspecify.annotations.Nullable;

/// The verification of the ledger's hash chain, a limited number of entries and a limited time a
/// call. It remembers how far it came. A complete pass begins again at the first entry after
/// [#AGE]. At most one call reads at a time, and the others return the state that the last one
/// reached. Thread-safe; blocks.
public final class LedgerVerifier {
  /// The age of a pass after which the next call begins at the first entry again.
  public static final Duration AGE = Duration.ofHours(1);

  /// The maximum number of entries that one call verifies.
  public static final int MAX_READ = 20_000;

  /// The time after which a call reads no further entry. Each page of a review has a call.
  private static final Duration TIME = Duration.ofMillis(20);

  /// The number of entries after which the time is checked.
  private static final int READ_AT_ONCE = 256;

  private static final Pass NOTHING = new Pass(Instant.MIN, Instant.MIN, null, null, null);

  private final Store store;
  private final Clock clock;
  private final int limit;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Pass pass = NOTHING;

  public LedgerVerifier(Store store, Clock clock) {
    this(store, clock, MAX_READ);
  }

  /// Creates a verification.
  ///
  /// @param limit the maximum number of entries that one call verifies
  LedgerVerifier(Store store, Clock clock, int limit) {
    this.store = store;
    this.clock = clock;
    this.limit = limit;
  }

  /// A pass over the ledger from its first entry.
  ///
  /// @param begun the time of its first call
  /// @param at the time of its last call
  /// @param last the last verified entry; null if there is none
  /// @param broken the first bad entry; null if none is known
  /// @param fault the fault; null if none is known
  private record Pass(
      Instant begun,
      Instant at,
      @Nullable LedgerLine last,
      @Nullable Long broken,
      @Nullable String fault) {
    private long verified() {
      return last == null ? 0 : last.sequence();
    }

    private Pass verified(LedgerLine line) {
      return new Pass(begun, at, line, null, null);
    }

    private Pass broken(long entry, String clause) {
      return new Pass(begun, at, last, entry, clause);
    }
  }

  /// Verifies the next entries, and returns the state.
  public LedgerVerification verify() {
    if (reading.tryLock()) {
      try {
        pass = further(current());
      } finally {
        reading.unlock();
      }
    }
    return state(pass);
  }

  /// Returns the state that the last call of [#verify] reached, and verifies nothing.
  public LedgerVerification known() {
    return state(pass);
  }

  /// Returns the pass to go on with. After a fault it tries the bad entry again.
  private Pass current() {
    Instant now = clock.instant();
    Pass known = pass;
    boolean complete = known.fault() == null && known.verified() >= entries();
    return known.equals(NOTHING) || (complete && !now.isBefore(known.begun().plus(AGE)))
        ? new Pass(now, now, null, null, null)
        : new Pass(known.begun(), now, known.last(), null, null);
  }

  private long entries() {
    return store.ledgerHead().map(LedgerEntry::sequence).orElse(0L);
  }

  private Pass further(Pass from) {
    Pass reached = from;
    Deadline end = Deadline.after(TIME, Deadline.MONOTONIC);
    // Read before the entries: those that are appended meanwhile belong to the next call.
    long entries = entries();
    try (Stream<LedgerEntry> rest = store.ledger(from.verified())) {
      Iterator<LedgerEntry> each = rest.iterator();
      for (int read = 0; read < limit && each.hasNext(); read++) {
        if (read > 0 && read % READ_AT_ONCE == 0 && end.passed()) {
          return reached;
        }
        LedgerLine line = LedgerLine.of(each.next());
        String fault = fault(line, reached.last());
        if (fault != null) {
          return reached.broken(reached.verified() + 1, fault);
        }
        reached = reached.verified(line);
      }
      if (!each.hasNext() && reached.verified() < entries) {
        long missing = reached.verified() + 1;
        return reached.broken(missing, "expected entry %d, found none".formatted(missing));
      }
    } catch (StoreException | MalformedException e) {
      return reached.broken(reached.verified() + 1, "cannot be read: " + e.getMessage());
    }
    return reached;
  }

  /// The first entry has the sequence 1, unlike that of an export.
  private static @Nullable String fault(LedgerLine line, @Nullable LedgerLine before) {
    return before == null && line.sequence() != 1
        ? "expected entry 1, found " + line.sequence()
        : line.fault(before);
  }

  /// Only the store has the sequence that was acknowledged last, so it reports missing entries at
  /// the end.
  private LedgerVerification state(Pass reached) {
    String fault = reached.fault();
    if (fault == null && store.condition().withholds()) {
      fault = store.condition().loss();
    }
    LedgerLine last = reached.last();
    Sha256 head = last == null ? null : last.hash();
    return new LedgerVerification(
        reached.verified(),
        Math.max(entries(), reached.verified()),
        head,
        reached.at(),
        reached.broken(),
        fault);
  }
}
