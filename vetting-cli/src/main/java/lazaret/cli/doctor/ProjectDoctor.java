package lazaret.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.cli.cargo.CargoConfig;
import lazaret.cli.cargo.CargoConfigReader;
import lazaret.cli.cargo.CargoProject;
import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.cargo.RegistryRoute;
import lazaret.cli.cargo.SourceReplacementCheck;

/// A check whether cargo in one project reaches crates only through the gate. It reads the same
/// files and variables as cargo.
///
/// @param project the folder in which cargo would be run
/// @param home the user's home folder
/// @param environment all environment variables
/// @param cargo the output of `cargo --version`; empty if it is unknown
/// @param probe the HTTP client for requests to the gate
public record ProjectDoctor(
    Path project, Path home, Map<String, String> environment, String cargo, GateProbe probe) {
  /// Copies the map.
  public ProjectDoctor {
    environment = Map.copyOf(environment);
  }

  /// Runs all checks.
  public List<DoctorFinding> examine() {
    Path cargoHome = cargoHome();
    CargoConfigReader reader = new CargoConfigReader(project, cargoHome);
    CargoConfig config = reader.read(environment);
    List<DoctorFinding> findings = new ArrayList<>(reader.findings());
    CargoVersionCheck cargoCheck = new CargoVersionCheck(config, cargoHome);
    SourceReplacementCheck routeCheck = new SourceReplacementCheck(config);
    Optional<RegistryRoute> route = routeCheck.route();
    findings.addAll(routeCheck.findings());
    route.ifPresent(r -> findings.addAll(new GateCheck(config, cargoHome, probe).check(r)));
    CargoProject.of(project)
        .ifPresentOrElse(
            p -> findings.addAll(new PackageSourceCheck(p, config).check()),
            () ->
                findings.add(
                    DoctorFinding.note(
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
