package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.inspect.manifest.TargetPath;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.ScanRules;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlScalar.Kind;
import lazaret.vetting.toml.TomlVisitor;

/// The sources, dependencies and people that a `Cargo.toml` names (Cargo reference, *The Manifest
/// Format*, *Cargo Targets*, *Specifying Dependencies*). Bounded by the size of the manifest. Not
/// thread-safe.
final class ManifestDetails implements TomlVisitor {
  private static final Set<String> BUILD = Set.of("build-dependencies", "build_dependencies");
  private static final Set<String> OTHER =
      Set.of("dependencies", "dev-dependencies", "dev_dependencies");
  private static final Set<String> DOCUMENTATION =
      Set.of("rustdoc-args", "rustdocflags", "rustdoc-flags", "cargo-args");
  private static final int MAX = 4_096;
  private static final int MAX_PEOPLE = 256;

  private final List<TargetPath> paths = new ArrayList<>();
  private final List<String> people = new ArrayList<>();
  private final Set<String> buildDependencies = new LinkedHashSet<>();
  private final Map<String, String> packages = new HashMap<>();
  private final List<String> documentation = new ArrayList<>();
  private final List<String> says = new ArrayList<>();
  private boolean dropped;
  private boolean reaches;

  @Override
  public void table(List<String> path, boolean element) {
    dependency(path);
  }

  @Override
  public void value(List<String> path, TomlScalar value) {
    dependency(path);
    if (value.kind() != Kind.STRING) {
      return;
    }
    String section = path.getFirst();
    String key = path.getLast();
    if (path.size() == 2 && (section.equals("package") || section.equals("project"))) {
      switch (key) {
        case "name", "description", "keywords", "categories" -> {
          if (says.size() < MAX_PEOPLE) {
            says.add(value.text());
          }
        }
        case "build" -> add(paths, TargetPath.read(TargetPath.Key.BUILD, value.text()));
        case "authors", "repository", "homepage" -> {
          if (people.size() < MAX_PEOPLE && value.text().length() <= MAX) {
            people.add(value.text());
          }
        }
        default -> {}
      }
    } else if (path.size() == 2
        && (section.equals("lib") || section.equals("bin"))
        && key.equals("path")) {
      TargetPath.Key target =
          section.equals("lib") ? TargetPath.Key.LIBRARY : TargetPath.Key.PROGRAM;
      add(paths, TargetPath.read(target, value.text()));
    } else if (path.contains("metadata") && DOCUMENTATION.contains(key)) {
      if (documentation.size() < MAX_PEOPLE && value.text().length() <= MAX) {
        documentation.add(value.text());
      }
    } else if (key.equals("package") && isDependency(path)) {
      String name = path.get(path.size() - 2).replace('-', '_');
      if (packages.size() < MAX && value.text().length() <= MAX) {
        packages.put(name, value.text().replace('-', '_'));
      } else {
        dropped = true;
      }
    }
  }

  private void dependency(List<String> path) {
    int at = path.getFirst().equals("target") ? 2 : 0;
    if (path.size() > at + 1 && BUILD.contains(path.get(at))) {
      add(buildDependencies, path.get(at + 1));
    }
    if (path.size() > at + 1 && path.get(at).equals("dependencies")) {
      reaches |= ScanRules.ofCrate(path.get(at + 1)) == Capability.NETWORK;
    }
  }

  private static boolean isDependency(List<String> path) {
    int at = path.getFirst().equals("target") ? 2 : 0;
    return path.size() == at + 3 && (BUILD.contains(path.get(at)) || OTHER.contains(path.get(at)));
  }

  private <T> void add(Collection<T> all, T one) {
    if (all.size() < MAX) {
      all.add(one);
    } else {
      dropped = true;
    }
  }

  /// Returns the name, description, keywords and categories.
  List<String> says() {
    return says;
  }

  /// Returns whether the manifest has more targets or dependencies than are kept.
  boolean dropped() {
    return dropped;
  }

  /// Returns the paths in which build scripts, library and programs begin, as far as the manifest
  /// names them.
  List<TargetPath> paths() {
    return paths;
  }

  /// Returns the files that `build` names, in any number.
  List<String> buildScripts() {
    return paths.stream()
        .filter(path -> path.key() == TargetPath.Key.BUILD)
        .flatMap(path -> path.normal().stream())
        .distinct()
        .toList();
  }

  /// Returns the files in which library and programs begin, as far as the manifest names them.
  List<String> targets() {
    return paths.stream()
        .filter(path -> path.key() != TargetPath.Key.BUILD)
        .flatMap(path -> path.normal().stream())
        .distinct()
        .toList();
  }

  /// Returns authors, repository and homepage, as written.
  List<String> people() {
    return people;
  }

  /// Returns whether a dependency reaches the network, under its own or another name.
  boolean reachesNetwork() {
    return reaches
        || packages.values().stream()
            .anyMatch(crate -> ScanRules.ofCrate(crate) == Capability.NETWORK);
  }

  /// Returns the arguments that the manifest sets for builds of the documentation.
  List<String> documentation() {
    return documentation;
  }

  /// Returns the packages on which the build script depends, by their own names.
  List<String> buildDependencies() {
    return buildDependencies.stream()
        .map(name -> packages.getOrDefault(name.replace('-', '_'), name))
        .toList();
  }

  /// Returns the package for each name that the crate uses for a dependency, in the form of
  /// identifiers.
  Map<String, String> renames() {
    return packages;
  }

  /// Returns whether a renamed dependency is a crate for which sources are searched.
  boolean renamesKnownCrates() {
    return packages.values().stream().anyMatch(crate -> ScanRules.ofCrate(crate) != null);
  }
}
