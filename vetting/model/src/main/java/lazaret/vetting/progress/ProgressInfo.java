package lazaret.vetting.progress;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import lazaret.vetting.Bytes;
import lazaret.vetting.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// The progress of a long operation at one moment.
///
/// @param state the state of the operation
/// @param share the completed share of the current or last phase
/// @param rate the steps a second; 0 if it is not known yet
/// @param remaining the remaining time of the phase; null if it is not known
public record ProgressInfo(
    State state, ProgressShare share, double rate, @Nullable Duration remaining) {
  private static final int WHOLE = 100;

  /// The states of an operation.
  public enum State {
    /// It runs.
    RUNNING,
    /// It ended with a result.
    COMPLETE,
    /// It ended without a result.
    FAILED
  }

  /// Returns the percentage: 100 for a complete operation, otherwise that of the phase; empty if it
  /// is unknown.
  public OptionalInt percent() {
    return state == State.COMPLETE ? OptionalInt.of(WHOLE) : share.percent();
  }

  /// Returns the progress as one JSON object. Values that are not known are omitted.
  public Bytes json() {
    return JsonWriter.object(
        json -> {
          json.put("state", state.name().toLowerCase(Locale.ROOT))
              .put("phase", share.phase())
              .put("done", share.done());
          if (share.total() > 0) {
            json.put("total", share.total());
          }
          json.put("unit", share.unit());
          percent().ifPresent(percent -> json.put("percent", percent));
          if (rate > 0) {
            json.put("rate", rounded(rate));
          }
          if (remaining != null) {
            json.put("remaining_seconds", remaining.toSeconds());
          }
        });
  }

  private static BigDecimal rounded(double rate) {
    return BigDecimal.valueOf(rate).setScale(rate < WHOLE ? 2 : 0, RoundingMode.HALF_UP);
  }
}
