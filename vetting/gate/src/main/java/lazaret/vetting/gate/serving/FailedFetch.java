package lazaret.vetting.gate.serving;

import java.time.Duration;
import java.time.Instant;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.gate.serving.Admission.Outcome;

/// A failed attempt to fetch an artifact.
///
/// @param at the moment of the attempt
/// @param outcome the failure
/// @param wrong the number of times that wrong bytes came since the right ones were last received
public record FailedFetch(Instant at, Outcome.NotFetched outcome, int wrong) {
  /// The pause before an absent object is requested again.
  private static final Duration ABSENT_PAUSE = Duration.ofMinutes(1);

  /// The time for which a version is refused when wrong bytes come first, by mistake as a rule.
  private static final Duration FIRST_WRONG_PAUSE = Duration.ofSeconds(10);

  /// The time for which a version is refused when wrong bytes come again, which suggests intent.
  static final Duration WRONG_PAUSE = Duration.ofMinutes(10);

  /// Returns whether it is too early to ask upstream again.
  boolean standsAt(Instant now) {
    return TimeSpan.from(at, pause()).holds(now);
  }

  /// Returns whether it is too early, or the attempt is not older than a pause.
  boolean isRecent(Instant now, Duration pause) {
    return standsAt(now) || TimeSpan.from(at, pause).holds(now);
  }

  private Duration pause() {
    return switch (outcome) {
      case Outcome.Tampered _ -> wrong > 1 ? WRONG_PAUSE : FIRST_WRONG_PAUSE;
      case Outcome.Absent _ -> ABSENT_PAUSE;
      case Outcome.Failed _ -> Duration.ZERO;
    };
  }
}
