package lazaret.sandbox;

import java.time.Duration;
import java.util.List;

/// How a command in the sandbox ended and what it tried.
///
/// @param ending how it ended
/// @param violations what it tried in vain, and alarms; empty for an honest build
/// @param notHeld limits and reports that this machine cannot give, in words
/// @param took from start to end
public record SandboxReport(
    Ending ending, List<Violation> violations, List<String> notHeld, Duration took) {
  /// Copies the lists.
  public SandboxReport {
    violations = List.copyOf(violations);
    notHeld = List.copyOf(notHeld);
  }

  /// How a command ended.
  public sealed interface Ending {
    /// By itself.
    ///
    /// @param code its exit code, 128 and the number of a signal where one killed it
    record Exited(int code) implements Ending {}

    /// By the sandbox, with all its children.
    ///
    /// @param limit the limit that was reached, in words
    record Stopped(String limit) implements Ending {}
  }
}
