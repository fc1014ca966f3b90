package lazaret.mirror.http2;

/// A number of events that a client may cause at once, refilled over time and by useful work.
/// Thread-safe.
final class FloodBudget {
  private final String events;
  private final int capacity;
  private final int perSecond;
  private double left;
  private long since = System.nanoTime();

  /// Creates a full budget.
  ///
  /// @param events the events, for the message of a violation
  /// @param capacity the number at once
  /// @param perSecond the refill
  FloodBudget(String events, int capacity, int perSecond) {
    this.events = events;
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.left = capacity;
  }

  /// Takes one event.
  ///
  /// @throws io.helidon.http.http2.Http2Exception if none is left
  void spend() {
    take();
    check();
  }

  /// Takes one event; a later [#check] fails if none was left.
  synchronized void take() {
    long now = System.nanoTime();
    left = Math.min(capacity, left + (now - since) * (double) perSecond / 1e9) - 1;
    since = now;
  }

  /// Adds events that the client earned.
  synchronized void earn(double more) {
    left = Math.min(capacity, left + more);
  }

  /// Throws if more events were taken than were available.
  synchronized void check() {
    if (left < 0) {
      throw Http2Violation.excess("too many " + events);
    }
  }
}
