package lazaret.cli.cargo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

  private final List<Path> folders;
  private final Path top;
  private final boolean inSandbox;
  private final List<CargoConfig.Layer> layers = new ArrayList<>();
  private final Set<Path> seen = new LinkedHashSet<>();
  private final List<DoctorFinding> findings = new ArrayList<>();

  /// Creates a reader of the configuration of the project, its parent folders and the home of
  /// cargo.
  public CargoConfigReader(Path project, Path cargoHome) {
    this(configurations(project, WorkspaceRootSearch.EVERYTHING), project, false);
    folders.add(cargoHome);
  }

  private CargoConfigReader(List<Path> folders, Path top, boolean inSandbox) {
    this.folders = folders;
    this.top = top;
    this.inSandbox = inSandbox;
  }

  /// Returns a reader of the configuration that cargo sees in the sandbox. It is that of the
  /// working folder and of the folders above it in the project. A file that may be another one
  /// there is a fault.
  ///
  /// @param folder the working folder, without symbolic links
  /// @param project the project, without symbolic links
  static CargoConfigReader inSandbox(Path folder, Path project) {
    return new CargoConfigReader(configurations(folder, project), project, true);
  }

  private static List<Path> configurations(Path folder, Path top) {
    List<Path> folders = new ArrayList<>();
    for (Path at = folder; at != null; at = at.equals(top) ? null : at.getParent()) {
      folders.add(at.resolve(".cargo"));
    }
    return folders;
  }

  /// Reads the configuration files.
  public CargoConfig read(Map<String, String> environment) {
    folders.forEach(this::readFrom);
    return new CargoConfig(layers, environment);
  }

  /// Returns the faults of the files.
  public List<DoctorFinding> findings() {
    return List.copyOf(findings);
  }

  private void readFrom(Path folder) {
    if (inSandbox && Files.isSymbolicLink(folder)) {
      refuse(folder);
      return;
    }
    for (String name : List.of("config", "config.toml")) {
      Path file = folder.resolve(name);
      if (isThere(file)) {
        read(file, 0);
        return;
      }
    }
  }

  /// Returns whether there is a file. A link may lead to one that is only in the sandbox.
  private boolean isThere(Path file) {
    return inSandbox ? Files.exists(file, LinkOption.NOFOLLOW_LINKS) : Files.isRegularFile(file);
  }

  private void read(Path file, int depth) {
    if (!seen.add(file)) {
      return;
    }
    boolean beyond = depth > MAX_INCLUDES || seen.size() > MAX_FILES;
    if (inSandbox && (beyond || !isSameInside(file))) {
      refuse(file);
    } else if (!beyond) {
      readLayer(file, depth);
    }
  }

  private void readLayer(Path file, int depth) {
    try {
      FlatToml keys = FlatToml.read(file);
      layers.add(new CargoConfig.Layer(file, keys));
      for (List<String> path : List.of(List.of("include"), List.of("include", "path"))) {
        for (String include : keys.all(path)) {
          include(file, include, depth + 1);
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

  /// Reads a file that another one includes. Cargo permits that an optional one is missing.
  private void include(Path file, String value, int depth) {
    Path included = FlatToml.position(file, value).orElse(null);
    if (included == null) {
      return;
    }
    if (inSandbox && (value.startsWith("/") || !isSameInside(file.resolveSibling(value)))) {
      refuse(included);
    } else if (isThere(included)) {
      read(included, depth);
    }
  }

  /// Returns whether the sandbox has the same file in the project, or has none like here.
  private boolean isSameInside(Path file) {
    Path place = file.normalize();
    if (!place.startsWith(top)) {
      return false;
    }
    try {
      return Files.exists(place, LinkOption.NOFOLLOW_LINKS)
          ? Files.isRegularFile(place) && file.toRealPath().equals(place)
          : file.resolveSibling("").toRealPath().equals(place.resolveSibling(""));
    } catch (IOException _) {
      return false;
    }
  }

  private void refuse(Path file) {
    findings.add(
        DoctorFinding.problem(
            "config-unreadable",
            file + ", which may be another file there",
            "use at most %d regular files in the project".formatted(MAX_FILES)));
  }
}
