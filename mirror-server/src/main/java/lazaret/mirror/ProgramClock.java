package lazaret.mirror;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.Store;

/// The clock of the programs. For tests and rehearsals, the system property `lazaret.clock` sets
/// the instant at which that of the process starts, and `lazaret.database-clock` the instant at
/// which the time of a shared store does.
public final class ProgramClock {
  private static final String PROPERTY = "lazaret.clock";
  private static final String DATABASE = "lazaret.database-clock";

  private ProgramClock() {}

  /// Returns the clock of this process.
  ///
  /// @throws MalformedException if the property is not an instant
  public static Clock ofProperty() {
    return begun(PROPERTY, Clock.systemUTC());
  }

  /// Returns the clock by which a gate works. If several nodes share the store, it has the time of
  /// the database: times that one node wrote are compared by another.
  ///
  /// @param own the clock of this process
  /// @throws MalformedException if the property is not an instant
  static Clock of(Store store, Clock own) {
    SharedState nodes = store.shared().orElse(null);
    if (nodes == null) {
      return own;
    }
    InstantSource time = nodes::now;
    return begun(DATABASE, time.withZone(ZoneOffset.UTC));
  }

  private static Clock begun(String property, Clock clock) {
    String start = System.getProperty(property);
    if (start == null) {
      return clock;
    }
    try {
      return Clock.offset(clock, Duration.between(clock.instant(), Instant.parse(start)));
    } catch (DateTimeException e) {
      throw new MalformedException(
          "cannot set the clock: the system property '"
              + property
              + "' is '"
              + start
              + "', expected a moment like 2026-02-01T00:00:00Z",
          e);
    }
  }

  /// Returns the value of a property, or empty if there is none.
  public static Optional<String> start() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .or(() -> Optional.ofNullable(System.getProperty(DATABASE)));
  }
}
