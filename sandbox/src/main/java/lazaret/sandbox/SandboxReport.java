package lazaret.sandbox;

import java.time.Duration;
import java.util.List;

/// The result of a command in the sandbox.
///
/// @param ending the end of the command
/// @param violations the denied attempts and alarms; empty for an honest build
/// @param notHeld the limits and reports that this machine does not support, as text
/// @param took the time from start to end
public record SandboxReport(
    Ending ending, List<Violation> violations, List<String> notHeld, Duration took) {
  /// Copies the lists.
  public SandboxReport {
    violations = List.copyOf(violations);
    notHeld = List.copyOf(notHeld);
  }

  /// The end of a command.
  public sealed interface Ending {
    /// The command exited.
    ///
    /// @param code the exit code; 128 plus the number of the signal if one killed it
    record Exited(int code) implements Ending {}

    /// The sandbox killed the command and its children.
    ///
    /// @param limit the limit that was exceeded, as text
    record Stopped(String limit) implements Ending {}
  }
}
