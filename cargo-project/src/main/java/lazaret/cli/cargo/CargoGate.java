package lazaret.cli.cargo;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The gate in cargo's configuration. It is the default gate of commands, so that a command that
/// cargo's output suggests works in the project of that output.
public final class CargoGate {
  private static final String INDEX = "/index/";

  private CargoGate() {}

  /// Returns scheme, host and port of the gate that cargo uses in a folder, or empty if cargo does
  /// not use a gate there.
  ///
  /// @param home the user's home folder
  public static Optional<String> url(Path folder, Map<String, String> environment, Path home) {
    CargoConfig config =
        new CargoConfigReader(folder, cargoHome(folder, environment, home)).read(environment);
    return new SourceReplacementCheck(config)
        .route()
        .map(route -> route.index().toString())
        .filter(index -> index.endsWith(INDEX))
        .map(index -> index.substring(0, index.length() - INDEX.length()));
  }

  /// Returns the folder of cargo's own files.
  static Path cargoHome(Path folder, Map<String, String> environment, Path home) {
    String named = environment.get("CARGO_HOME");
    return named == null || named.isBlank() ? home.resolve(".cargo") : folder.resolve(named);
  }
}
