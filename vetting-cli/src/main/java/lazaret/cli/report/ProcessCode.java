package lazaret.cli.report;

/// The exit code of the process: an [ExitCode] of this program, or the code of a program that it
/// ran.
@FunctionalInterface
public interface ProcessCode {
  /// Returns the number, from 0 to 255.
  int code();
}
