package lazaret.mirror;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lazaret.vetting.MalformedException;

/// The clock of the programs. For tests and rehearsals, the system property `lazaret.clock` sets
/// the instant at which it starts.
public final class ProgramClock {
  private static final String PROPERTY = "lazaret.clock";

  private ProgramClock() {}

  /// Returns the clock of this process.
  ///
  /// @throws MalformedException if the property is not an instant
  public static Clock ofProperty() {
    Clock system = Clock.systemUTC();
    String start = System.getProperty(PROPERTY);
    if (start == null) {
      return system;
    }
    try {
      return Clock.offset(system, Duration.between(system.instant(), Instant.parse(start)));
    } catch (DateTimeException e) {
      throw new MalformedException(
          "cannot set the clock: the system property 'lazaret.clock' is '"
              + start
              + "', expected a moment like 2026-02-01T00:00:00Z",
          e);
    }
  }

  /// Returns the value of the property, or empty if the clock is that of the system.
  public static Optional<String> start() {
    return Optional.ofNullable(System.getProperty(PROPERTY));
  }
}
