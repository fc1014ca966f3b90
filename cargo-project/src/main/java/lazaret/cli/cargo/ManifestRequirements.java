package lazaret.cli.cargo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.repair.WorkspaceRequirement;

/// The requirements on registry crates in the manifests of a workspace.
///
/// Source: Cargo reference, *Specifying Dependencies*, *Workspaces* and *Features*.
public final class ManifestRequirements {
  private static final Set<String> KINDS =
      Set.of("dependencies", "dev-dependencies", "build-dependencies");
  private static final String MANIFEST = "Cargo.toml";
  private static final int MAX_FOLDERS = 2_000;

  private final FlatToml root;
  private final List<WorkspaceRequirement> found = new ArrayList<>();

  private ManifestRequirements(FlatToml root) {
    this.root = root;
  }

  /// Reads the manifests of the workspace whose lockfile is in a folder. The result is empty if no
  /// manifest is there or if the main one cannot be read. Other unreadable manifests add no
  /// requirements.
  public static List<WorkspaceRequirement> read(Path folder) {
    if (!Files.isRegularFile(folder.resolve(MANIFEST))) {
      return List.of();
    }
    CargoProject project = CargoProject.of(folder).orElse(null);
    FlatToml root = project == null ? null : project.manifests().get(folder.resolve(MANIFEST));
    if (project == null || root == null) {
      return List.of();
    }
    ManifestRequirements requirements = new ManifestRequirements(root);
    manifests(project).values().forEach(requirements::add);
    return List.copyOf(requirements.found);
  }

  /// Returns the manifests of the workspace and of all folders that they name as dependencies.
  private static Map<Path, FlatToml> manifests(CargoProject project) {
    Map<Path, FlatToml> manifests = new LinkedHashMap<>(project.manifests());
    Deque<Path> open = new ArrayDeque<>(manifests.keySet());
    ProjectManifestReader reader = new ProjectManifestReader();
    while (!open.isEmpty() && manifests.size() < MAX_FOLDERS) {
      Path file = open.remove();
      FlatToml keys = manifests.get(file);
      if (keys == null) {
        continue;
      }
      for (Map.Entry<List<String>, List<String>> entry : keys.values().entrySet()) {
        if (entry.getKey().size() >= 3 && entry.getKey().getLast().equals("path")) {
          FlatToml.position(file, entry.getValue().getFirst())
              .map(folder -> folder.resolve(MANIFEST))
              .filter(other -> !manifests.containsKey(other) && Files.isRegularFile(other))
              .ifPresent(
                  other ->
                      keys(reader, other)
                          .ifPresent(
                              read -> {
                                manifests.put(other, read);
                                open.add(other);
                              }));
        }
      }
    }
    return manifests;
  }

  private static Optional<FlatToml> keys(ProjectManifestReader reader, Path file) {
    try {
      return Optional.of(reader.read(file));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private void add(FlatToml keys) {
    String name = keys.get(List.of("package", "name")).orElse("");
    Set<List<String>> dependencies = new LinkedHashSet<>();
    for (List<String> path : keys.values().keySet()) {
      int kind = path.getFirst().equals("target") ? 2 : 0;
      if (path.size() > kind + 1 && KINDS.contains(path.get(kind))) {
        dependencies.add(List.copyOf(path.subList(0, kind + 2)));
      }
    }
    dependencies.forEach(path -> add(name, keys, path));
  }

  private void add(String name, FlatToml keys, List<String> path) {
    String alias = path.getLast();
    Table own = new Table(keys, path);
    boolean inherited = own.get("workspace").filter("true"::equals).isPresent();
    Table stated = inherited ? new Table(root, List.of("workspace", "dependencies", alias)) : own;
    if (List.of("git", "path", "registry", "registry-index").stream()
        .anyMatch(k -> stated.get(k).isPresent())) {
      return;
    }
    Set<String> features = new LinkedHashSet<>(stated.all("features"));
    features.addAll(own.all("features"));
    String defaults =
        own.get("default-features")
            .or(() -> stated.get("default-features"))
            .or(() -> stated.get("default_features"))
            .orElse("true");
    if (defaults.equals("true")) {
      features.add("default");
    }
    features.addAll(forwarded(keys, alias));
    try {
      found.add(
          new WorkspaceRequirement(
              name,
              CrateName.parse(stated.get("package").orElse(alias)),
              VersionReq.parse(stated.version().orElse("*")),
              List.copyOf(features)));
    } catch (MalformedException _) {
      // cargo refuses the manifest, and doctor reports that.
    }
  }

  /// Returns the features of a dependency that features of the package itself enable.
  private static List<String> forwarded(FlatToml keys, String alias) {
    List<String> forwarded = new ArrayList<>();
    for (String own : keys.below("features")) {
      for (String value : keys.all(List.of("features", own))) {
        for (String start : List.of(alias + "/", alias + "?/")) {
          if (value.startsWith(start)) {
            forwarded.add(value.substring(start.length()));
          }
        }
      }
    }
    return forwarded;
  }

  /// A dependency in a manifest, in its short or its long form.
  private record Table(FlatToml keys, List<String> path) {
    List<String> all(String key) {
      List<String> whole = new ArrayList<>(path);
      whole.add(key);
      return keys.all(whole);
    }

    Optional<String> get(String key) {
      return all(key).stream().findFirst();
    }

    Optional<String> version() {
      return keys.get(path).or(() -> get("version"));
    }
  }
}
