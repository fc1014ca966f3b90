package lazaret.mirror.budget;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The budgets of one server, derived from the heap that the process may use.
///
/// @param sending bytes of answers that are made and sent; the artifact cache is part of it
/// @param bodies bytes that request bodies use while they arrive and are processed
/// @param queries units of work of queries; one client has a quarter of them
/// @param control bytes of answers about the server itself, so that health and metrics answer while
///   the budget of sending is used up
public record ServerBudgets(Budget sending, Budget bodies, Budget queries, Budget control) {
  /// The longest wait of a request until it fits into the budgets of bytes.
  public static final Duration PATIENCE = Duration.ofSeconds(3);

  /// The longest wait of a query for its turn.
  public static final Duration QUERY_PATIENCE = Duration.ofSeconds(15);

  /// The time after which a refused client asks again.
  public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /// The heap that one request uses apart from its body and its response: its thread's stack, its
  /// headers and the library's objects.
  public static final long REQUEST = 24 << 10;

  /// The heap that the slices of one large response use: the slice that waits for its reader, and
  /// the library's copies of it.
  public static final long SLICES = 64 << 10;

  /// The units of an ordinary query.
  public static final int QUERY = 1;

  /// The units of a query over many crates.
  public static final int EXPENSIVE_QUERY = 2;

  private static final int QUERIES = 16;

  /// Derives the budgets.
  ///
  /// @param heap the most bytes of heap that the process may use
  /// @param artifactCache the bytes of the artifact cache; a quarter of the heap at most is used
  public static ServerBudgets of(long heap, long artifactCache) {
    long sending = Math.min(artifactCache, heap / 4) + heap / 16;
    long bodies = heap / 8;
    return new ServerBudgets(
        new Budget(sending, sending / 2),
        new Budget(bodies, bodies),
        new Budget(QUERIES, 0),
        new Budget(heap / 64, 0));
  }

  /// Returns the budgets by the names that metrics use.
  public SequencedMap<String, Budget> named() {
    SequencedMap<String, Budget> named = new LinkedHashMap<>();
    named.put("sending", sending);
    named.put("bodies", bodies);
    named.put("queries", queries);
    named.put("control", control);
    return named;
  }
}
