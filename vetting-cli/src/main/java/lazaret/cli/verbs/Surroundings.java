package lazaret.cli.verbs;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import lazaret.cli.report.Terminal;

/// What a command finds around it; tests give it one of their own.
///
/// @param terminal the standard streams
/// @param environment the environment variables
/// @param folder the working folder
/// @param home the user's home folder
/// @param user the user's name, for the ledger where a store is opened without a server
/// @param clock the only source of time
/// @param pause waits
/// @param version the version of this program
/// @param cargo what `cargo --version` printed; empty where the launcher found no cargo
public record Surroundings(
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
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /// Waits for a while.
  @FunctionalInterface
  public interface Pause {
    /// Returns after the time, or earlier where the thread is interrupted.
    void of(Duration time);
  }

  /// Returns a path as the user means it: below the working folder where it is relative.
  public Path path(Path named) {
    return folder.resolve(named).normalize();
  }
}
