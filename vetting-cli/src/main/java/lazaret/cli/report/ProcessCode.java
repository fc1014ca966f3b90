package lazaret.cli.report;

/// What the process ends with: an [ExitCode] of ours, or the code of a program that was run for a
/// person.
@FunctionalInterface
public interface ProcessCode {
  /// Returns the number, 0 to 255.
  int code();
}
