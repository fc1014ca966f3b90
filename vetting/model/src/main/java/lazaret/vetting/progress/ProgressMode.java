package lazaret.vetting.progress;

/// The form in which a long operation shows its progress on standard error.
public enum ProgressMode {
  /// One line that is rewritten, on a terminal only.
  LINE,
  /// JSON lines.
  JSON,
  /// Nothing.
  NONE;

  /// Returns the word for the command line.
  @Override
  public String toString() {
    return switch (this) {
      case LINE -> "line";
      case JSON -> "json";
      case NONE -> "none";
    };
  }
}
