package lazaret.cli.report;

/// How much of a phase of a long operation is done.
///
/// @param phase one word; may be empty
/// @param done steps that are done
/// @param total steps of the phase; 0 if that is not known
public record Share(String phase, long done, long total) {
  /// Nothing is known.
  public static final Share UNKNOWN = new Share("", 0, 0);
}
