package lazaret.vetting.progress;

import java.util.OptionalInt;

/// The completed share of a phase of a long operation.
///
/// @param phase one word; empty if it is unknown
/// @param done the completed steps of the phase
/// @param total the steps of the phase, or 0 if their number is unknown
/// @param unit the unit of both numbers in the plural, such as `bytes`; may be empty
public record ProgressShare(String phase, long done, long total, String unit) {
  /// The value if the progress is unknown.
  public static final ProgressShare UNKNOWN = new ProgressShare("", 0, 0, "");

  private static final double PERCENT = 100;

  /// Returns the completed percentage, rounded down; empty if the number of steps is unknown.
  public OptionalInt percent() {
    return total <= 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.clamp((double) done / total * PERCENT, 0, PERCENT));
  }

  /// Returns the share with another number of completed steps.
  public ProgressShare reached(long steps) {
    return new ProgressShare(phase, steps, total, unit);
  }

  /// Returns the share at the end of the phase.
  ProgressShare completed() {
    return new ProgressShare(phase, Math.max(done, total), Math.max(done, total), unit);
  }
}
