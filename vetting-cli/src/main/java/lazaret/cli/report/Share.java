package lazaret.cli.report;

/// The completed share of a phase of a long operation.
///
/// @param phase one word; may be empty
/// @param done the number of completed steps
/// @param total the number of steps of the phase, or 0 if it is unknown
public record Share(String phase, long done, long total) {
  /// The value if the progress is unknown.
  public static final Share UNKNOWN = new Share("", 0, 0);
}
