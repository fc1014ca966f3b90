package lazaret.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import lazaret.cli.report.Terminal;

/// The environment of a command, which tests replace.
///
/// @param terminal the standard streams
/// @param environment the environment variables
/// @param folder the working folder
/// @param home the user's home folder
/// @param user the user's name, for the ledger if a store is opened without a server
/// @param clock the only source of time
/// @param pause the only way to sleep
/// @param version the version of this program
/// @param cargo the output of `cargo --version`; empty if the launcher found no cargo
public record CliEnvironment(
    Terminal terminal,
    Map<String, String> environment,
    Path folder,
    Path home,
    String user,
    Clock clock,
    Pause pause,
    String version,
    String cargo) {
  /// Copies the map.
  public CliEnvironment {
    environment = Map.copyOf(environment);
  }

  /// A way to sleep.
  @FunctionalInterface
  public interface Pause {
    /// Returns after the duration, or earlier if the thread is interrupted.
    void of(Duration time);
  }

  /// Returns a path from the command line. A relative path is below the working folder.
  public Path path(Path named) {
    return folder.resolve(named).normalize();
  }
}
