package lazaret.cli.cargo;

import static lazaret.cli.cargo.WorkspaceRootSearch.EVERYTHING;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.MalformedException;

/// The workspace that a folder belongs to, according to its manifests.
///
/// Source: Cargo reference, *Workspaces*.
///
/// @param root the folder with the workspace's manifest and its lockfile
/// @param manifests the manifests of the root, of the members, and of path dependencies in the
///   root, without the tables that cargo does not read there
/// @param unreadable one message for each manifest that cargo cannot read
/// @param uncertain the reason if the root may be another one in the sandbox; empty for none
public record CargoProject(
    Path root, Map<Path, FlatToml> manifests, List<String> unreadable, List<String> uncertain) {
  private static final String MANIFEST = "Cargo.toml";
  private static final int MAX_MANIFESTS = 10_000;

  /// The maximum number of folders that a member's path with `*` matches.
  private static final int MAX_FOLDERS = 100_000;

  /// The tables of dependencies. Cargo accepts the names with underscores, too.
  private static final Set<String> TABLES =
      Set.of(
          "dependencies",
          "dev-dependencies",
          "dev_dependencies",
          "build-dependencies",
          "build_dependencies",
          "replace");

  private static final Set<String> OVERRIDES = Set.of("patch", "replace");
  private static final Set<String> TESTS = Set.of("dev-dependencies", "dev_dependencies");

  /// Finds the workspace of a folder for a report, or returns empty if there is no `Cargo.toml` in
  /// it or above it. If cargo finds no root, the result is the nearest package, and `unreadable`
  /// has the reason.
  public static Optional<CargoProject> of(Path folder) {
    try {
      return exactly(folder);
    } catch (MalformedException e) {
      return WorkspaceRootSearch.nearest(folder, EVERYTHING)
          .map(nearest -> reported(nearest, String.valueOf(e.getMessage())));
    }
  }

  /// Finds the workspace of a package whose root is not certain.
  private static CargoProject reported(Path nearest, String why) {
    try {
      ProjectManifestReader reader = new ProjectManifestReader();
      Path root = WorkspaceRootSearch.rootOutside(nearest, reader);
      CargoProject found = new ManifestSearch(reader).project(root, nearest);
      return new CargoProject(root, found.manifests, found.unreadable, List.of(why));
    } catch (MalformedException e) {
      ManifestSearch search = new ManifestSearch(new ProjectManifestReader());
      search.add(nearest);
      return new CargoProject(
          nearest, search.manifests, List.of(String.valueOf(e.getMessage())), List.of());
    }
  }

  /// Returns a finding for each fault of the manifests.
  public List<DoctorFinding> faults() {
    List<DoctorFinding> faults = new ArrayList<>();
    for (String why : unreadable) {
      faults.add(DoctorFinding.problem("manifest-unreadable", why, "repair it: cargo refuses it"));
    }
    for (String why : uncertain) {
      faults.add(
          DoctorFinding.note(
              "workspace-uncertain",
              why,
              "cargo accepts it, but 'vetting-cli sandbox' and 'vetting-cli run' refuse it"));
    }
    return faults;
  }

  /// Finds the workspace whose lockfile cargo uses in a folder. The result is empty if there is no
  /// `Cargo.toml` in it or above it.
  ///
  /// @param folder a path without symbolic links
  /// @throws MalformedException if the root is not certain
  public static Optional<CargoProject> exactly(Path folder) {
    return WorkspaceRootSearch.nearest(folder, EVERYTHING)
        .map(
            nearest -> {
              ProjectManifestReader reader = new ProjectManifestReader();
              Path root = WorkspaceRootSearch.rootOf(nearest, EVERYTHING, reader);
              return new ManifestSearch(reader).project(root, nearest);
            });
  }

  /// Finds the root of the workspace of a folder for cargo in the sandbox. No manifest above the
  /// project exists there. The result is empty if there is no manifest in the project.
  ///
  /// @param folder a path without symbolic links, in the project
  /// @throws MalformedException if the root is not certain
  static Optional<Path> rootWithin(Path folder, Path project) {
    return WorkspaceRootSearch.nearest(folder, project)
        .map(nearest -> WorkspaceRootSearch.rootOf(nearest, project, new ProjectManifestReader()));
  }

  /// Returns whether the last key of a path is a property of a dependency.
  ///
  /// @param path keys of a manifest, at least three
  public static boolean isDependency(List<String> path) {
    return TABLES.contains(path.get(path.size() - 3))
        || (path.size() == 4 && path.getFirst().equals("patch"));
  }

  /// The collection of the manifests of one project.
  private static final class ManifestSearch {
    private final ProjectManifestReader reader;
    private final Map<Path, FlatToml> manifests = new LinkedHashMap<>();
    private final List<String> unreadable = new ArrayList<>();

    /// The files that were added, without symbolic links. A link can lead to a folder above it.
    private final Set<Path> seen = new HashSet<>();

    ManifestSearch(ProjectManifestReader reader) {
      this.reader = reader;
    }

    CargoProject project(Path root, Path nearest) {
      add(root);
      FlatToml top = manifests.get(root.resolve(MANIFEST));
      if (top != null) {
        for (String member : top.all(List.of("workspace", "members"))) {
          expand(root, member).forEach(this::add);
        }
      }
      add(nearest);
      addPathDependencies(root);
      return new CargoProject(root, manifests, unreadable, List.of());
    }

    /// Adds the manifests of path dependencies in the root.
    private void addPathDependencies(Path root) {
      FlatToml top = manifests.get(root.resolve(MANIFEST));
      boolean workspace = top != null && top.has("workspace");
      Deque<Map.Entry<Path, FlatToml>> open = new ArrayDeque<>(manifests.entrySet());
      while (!open.isEmpty()) {
        Map.Entry<Path, FlatToml> next = open.remove();
        for (Path folder : pathDependencies(next.getKey(), next.getValue())) {
          Path manifest = folder.resolve(MANIFEST);
          if (folder.startsWith(root) && !manifests.containsKey(manifest)) {
            add(folder);
            FlatToml whole = manifests.get(manifest);
            if (whole != null) {
              FlatToml read = readByCargo(whole, workspace && isMember(folder, root));
              manifests.put(manifest, read);
              open.add(Map.entry(manifest, read));
            }
          }
        }
      }
    }

    /// Returns whether a path dependency is a member of the workspace. Packages that the workspace
    /// excludes, and those of another one, are not members.
    private boolean isMember(Path folder, Path root) {
      try {
        return WorkspaceRootSearch.rootOf(folder, EVERYTHING, reader).equals(root);
      } catch (MalformedException _) {
        reader.requireRoom();
        return true;
      }
    }

    /// Adds the manifest of a folder if its file is new.
    private void add(Path folder) {
      Path manifest = folder.resolve(MANIFEST);
      if (!Files.isRegularFile(manifest) || !isNew(manifest)) {
        return;
      }
      if (manifests.size() + unreadable.size() >= MAX_MANIFESTS) {
        throw tooMany(folder);
      }
      try {
        manifests.put(manifest, reader.read(manifest));
      } catch (MalformedException e) {
        reader.requireRoom();
        unreadable.add(String.valueOf(e.getMessage()));
      }
    }

    private boolean isNew(Path manifest) {
      try {
        return seen.add(manifest.toRealPath());
      } catch (IOException _) {
        return seen.add(manifest);
      }
    }
  }

  /// Returns the parts of a path dependency's manifest that cargo reads. It reads overrides in the
  /// root of a workspace alone, dependencies of tests for members alone, and the dependencies of a
  /// workspace if a package inherits them.
  private static FlatToml readByCargo(FlatToml keys, boolean member) {
    Map<List<String>, List<String>> values = new LinkedHashMap<>(keys.values());
    values
        .keySet()
        .removeIf(path -> OVERRIDES.contains(path.getFirst()) || (!member && isOfTests(path)));
    Set<String> inherited = new HashSet<>();
    for (List<String> path : values.keySet()) {
      if (path.size() >= 3 && path.getLast().equals("workspace") && isDependency(path)) {
        inherited.add(path.get(path.size() - 2));
      }
    }
    values
        .keySet()
        .removeIf(
            path ->
                path.getFirst().equals("workspace")
                    && !(path.size() > 3 && inherited.contains(path.get(2))));
    return new FlatToml(values, keys.tables());
  }

  private static boolean isOfTests(List<String> path) {
    int kind = path.getFirst().equals("target") ? 2 : 0;
    return path.size() > kind && TESTS.contains(path.get(kind));
  }

  private static List<Path> pathDependencies(Path manifest, FlatToml keys) {
    List<Path> folders = new ArrayList<>();
    keys.values()
        .forEach(
            (path, values) -> {
              if (path.size() >= 3 && path.getLast().equals("path") && isDependency(path)) {
                FlatToml.position(manifest, values.getFirst()).ifPresent(folders::add);
              }
            });
    return folders;
  }

  private static MalformedException tooMany(Path folder) {
    return new MalformedException(
        "cannot read the manifests of %s: expected at most %d, found more; use a smaller workspace"
            .formatted(folder, MAX_MANIFESTS));
  }

  /// Expands `*` and `?` in the segments of a member's path like cargo's glob, except that `**`
  /// matches one level only.
  private static List<Path> expand(Path root, String member) {
    List<Path> folders = List.of(root);
    for (String segment : member.split("/", -1)) {
      List<Path> next = new ArrayList<>();
      for (Path folder : folders) {
        next.addAll(children(folder, segment));
        if (next.size() > MAX_FOLDERS) {
          throw tooMany(root);
        }
      }
      folders = next;
    }
    return folders;
  }

  private static List<Path> children(Path folder, String segment) {
    if (segment.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
      return FlatToml.position(folder.resolve(MANIFEST), segment).stream().toList();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, segment)) {
      for (Path entry : entries) {
        if (found.size() <= MAX_MANIFESTS && Files.isDirectory(entry)) {
          found.add(entry);
        }
      }
    } catch (IOException | IllegalArgumentException _) {
      // For cargo, too, a folder that cannot be listed has no members.
    }
    found.sort(null);
    return found;
  }
}
