package lazaret.cli.cargo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.MalformedException;

/// A reader of cargo's configuration files in cargo's order: `.cargo/config.toml` in the project's
/// folder and in each folder above it, then the one in `CARGO_HOME`.
///
/// Source: Cargo reference, *Configuration*. If `config` exists with and without the extension,
/// cargo reads the one without it. The files of `include` are weaker than the file that names them.
public final class CargoConfigReader {
  private static final int MAX_FILES = 200;
  private static final int MAX_INCLUDES = 8;

  private final Path project;
  private final Path cargoHome;
  private final List<CargoConfig.Layer> layers = new ArrayList<>();
  private final Set<Path> seen = new LinkedHashSet<>();
  private final List<DoctorFinding> findings = new ArrayList<>();

  public CargoConfigReader(Path project, Path cargoHome) {
    this.project = project;
    this.cargoHome = cargoHome;
  }

  /// Reads the configuration files of the project, its parent folders and the home of cargo.
  public CargoConfig read(Map<String, String> environment) {
    for (Path folder = project; folder != null; folder = folder.getParent()) {
      readFrom(folder.resolve(".cargo"));
    }
    readFrom(cargoHome);
    return new CargoConfig(layers, environment);
  }

  /// Returns the faults of the files.
  public List<DoctorFinding> findings() {
    return List.copyOf(findings);
  }

  private void readFrom(Path folder) {
    for (String name : List.of("config", "config.toml")) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        read(file, 0);
        return;
      }
    }
  }

  private void read(Path file, int depth) {
    if (!seen.add(file) || seen.size() > MAX_FILES) {
      return;
    }
    try {
      FlatToml keys = FlatToml.read(file);
      layers.add(new CargoConfig.Layer(file, keys));
      for (List<String> path : List.of(List.of("include"), List.of("include", "path"))) {
        for (String include : keys.all(path)) {
          FlatToml.position(file, include)
              .filter(included -> depth < MAX_INCLUDES && Files.isRegularFile(included))
              .ifPresent(included -> read(included, depth + 1));
        }
      }
    } catch (MalformedException e) {
      findings.add(
          DoctorFinding.problem(
              "config-unreadable",
              String.valueOf(e.getMessage()),
              "repair the file: cargo refuses to run with it"));
    }
  }
}
