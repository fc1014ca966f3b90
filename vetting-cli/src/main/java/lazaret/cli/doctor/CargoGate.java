package lazaret.cli.doctor;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The gate that cargo's configuration names, so that a hint in cargo's output works in the project
/// where it was printed.
public final class CargoGate {
  private static final String INDEX = "/index/";

  private CargoGate() {}

  /// Returns scheme, host and port of the gate that cargo asks in a folder; empty if cargo asks no
  /// gate there.
  ///
  /// @param home the user's home folder
  public static Optional<String> url(Path folder, Map<String, String> environment, Path home) {
    String named = environment.get("CARGO_HOME");
    Path cargoHome =
        named == null || named.isBlank() ? home.resolve(".cargo") : folder.resolve(named);
    CargoConfig config = new CargoConfigReader(folder, cargoHome).read(environment);
    return new RouteCheck(config)
        .route()
        .map(route -> route.index().toString())
        .filter(index -> index.endsWith(INDEX))
        .map(index -> index.substring(0, index.length() - INDEX.length()));
  }
}
