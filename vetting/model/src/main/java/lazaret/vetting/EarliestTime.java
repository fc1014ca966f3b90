package lazaret.vetting;

import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A plausibility check of the system clock.
public final class EarliestTime {
  /// The moment before which no copy of this program ran.
  public static final Instant EARLIEST = Instant.parse("2026-11-01T00:00:00Z");

  private EarliestTime() {}

  /// Returns whether the clock can be right. It must be past the first release of this program, and
  /// past every moment that is known to be past. A forged moment can make the result false, but
  /// never true.
  public static boolean plausible(Instant now, Stream<? extends @Nullable Instant> past) {
    Instant latest =
        past.filter(moment -> moment != null)
            .map(moment -> (Instant) moment)
            .max(Comparator.naturalOrder())
            .orElse(EARLIEST);
    return !now.isBefore(EARLIEST) && !now.isBefore(latest);
  }
}
