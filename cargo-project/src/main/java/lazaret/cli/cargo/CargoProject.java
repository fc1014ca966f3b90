package lazaret.cli.cargo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.MalformedException;

/// The workspace that a folder belongs to, according to its manifests.
///
/// Source: Cargo reference, *Workspaces*.
///
/// @param root the folder with the workspace's manifest and its lockfile
/// @param manifests the manifests of the root and of the members
/// @param unreadable one message for each manifest that is not valid TOML
public record CargoProject(Path root, Map<Path, FlatToml> manifests, List<String> unreadable) {
  private static final String MANIFEST = "Cargo.toml";
  private static final int MAX_MANIFESTS = 2_000;

  /// Finds the workspace of a folder, or returns empty if there is no `Cargo.toml` in it or above
  /// it.
  public static Optional<CargoProject> of(Path folder) {
    Path nearest = null;
    for (Path at = folder; at != null; at = at.getParent()) {
      Path manifest = at.resolve(MANIFEST);
      if (Files.isRegularFile(manifest)) {
        nearest = nearest == null ? at : nearest;
        if (isWorkspace(manifest)) {
          return Optional.of(read(at, nearest));
        }
      }
    }
    return nearest == null ? Optional.empty() : Optional.of(read(nearest, nearest));
  }

  private static boolean isWorkspace(Path manifest) {
    try {
      return !FlatToml.read(manifest).below("workspace").isEmpty();
    } catch (MalformedException _) {
      return false;
    }
  }

  private static CargoProject read(Path root, Path nearest) {
    Map<Path, FlatToml> manifests = new LinkedHashMap<>();
    List<String> unreadable = new ArrayList<>();
    add(root, manifests, unreadable);
    FlatToml top = manifests.get(root.resolve(MANIFEST));
    if (top != null) {
      for (String member : top.all(List.of("workspace", "members"))) {
        expand(root, member).forEach(folder -> add(folder, manifests, unreadable));
      }
    }
    add(nearest, manifests, unreadable);
    return new CargoProject(root, manifests, unreadable);
  }

  private static void add(Path folder, Map<Path, FlatToml> manifests, List<String> unreadable) {
    Path manifest = folder.resolve(MANIFEST);
    if (manifests.size() < MAX_MANIFESTS
        && !manifests.containsKey(manifest)
        && Files.isRegularFile(manifest)) {
      try {
        manifests.put(manifest, FlatToml.read(manifest));
      } catch (MalformedException e) {
        unreadable.add(String.valueOf(e.getMessage()));
      }
    }
  }

  /// Expands `*` and `?` in the segments of a member's path like cargo's glob, except that `**`
  /// matches one level only.
  private static List<Path> expand(Path root, String member) {
    List<Path> folders = List.of(root);
    for (String segment : member.split("/", -1)) {
      List<Path> next = new ArrayList<>();
      for (Path folder : folders) {
        next.addAll(children(folder, segment));
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
        if (found.size() < MAX_MANIFESTS && Files.isDirectory(entry)) {
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
