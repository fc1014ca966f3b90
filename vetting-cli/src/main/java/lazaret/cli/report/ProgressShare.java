package lazaret.cli.report;

/// The completed share of a phase of a long operation.
///
/// @param phase one word; may be empty
/// @param done the number of completed steps
/// @param total the number of steps of the phase, or 0 if it is unknown
public record ProgressShare(String phase, long done, long total) {
  /// The value if the progress is unknown.
  public static final ProgressShare UNKNOWN = new ProgressShare("", 0, 0);
}
