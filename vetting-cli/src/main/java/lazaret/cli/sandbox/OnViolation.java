package lazaret.cli.sandbox;

/// The effect of a violation on the exit code.
enum OnViolation {
  /// Violations are listed.
  WARN,
  /// Every violation fails the build.
  FAIL;

  /// Returns the word for the command line.
  @Override
  public String toString() {
    return this == WARN ? "warn" : "fail";
  }
}
