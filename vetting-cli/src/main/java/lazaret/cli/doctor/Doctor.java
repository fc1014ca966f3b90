package lazaret.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A check whether cargo in one project reaches crates only through the gate. It reads the same
/// files and variables as cargo.
///
/// @param project the folder in which cargo would be run
/// @param home the user's home folder
/// @param environment all environment variables
/// @param cargo the output of `cargo --version`; empty if it is unknown
/// @param probe the HTTP client for requests to the gate
public record Doctor(
    Path project, Path home, Map<String, String> environment, String cargo, GateProbe probe) {
  /// Copies the map.
  public Doctor {
    environment = Map.copyOf(environment);
  }

  /// Runs all checks.
  public List<Finding> examine() {
    Path cargoHome = cargoHome();
    CargoConfigReader reader = new CargoConfigReader(project, cargoHome);
    CargoConfig config = reader.read(environment);
    List<Finding> findings = new ArrayList<>(reader.findings());
    CargoCheck cargoCheck = new CargoCheck(config, cargoHome);
    RouteCheck routeCheck = new RouteCheck(config);
    Optional<Route> route = routeCheck.route();
    findings.addAll(routeCheck.findings());
    route.ifPresent(r -> findings.addAll(new GateCheck(config, cargoHome, probe).check(r)));
    Project.of(project)
        .ifPresentOrElse(
            p -> findings.addAll(new ProjectCheck(p, config).check()),
            () ->
                findings.add(
                    Finding.note(
                        "no-project",
                        "there is no Cargo.toml in " + project + " or above it",
                        "run the doctor in a project, or name one with --project")));
    findings.addAll(cargoCheck.check(cargo));
    route.flatMap(cargoCheck::installGoesElsewhere).ifPresent(findings::add);
    return List.copyOf(findings);
  }

  private Path cargoHome() {
    String named = environment.get("CARGO_HOME");
    return named == null || named.isEmpty()
        ? home.resolve(".cargo")
        : project.resolve(named).normalize();
  }
}
