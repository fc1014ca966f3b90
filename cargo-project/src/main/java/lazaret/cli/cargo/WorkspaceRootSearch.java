package lazaret.cli.cargo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.MalformedException;

/// The search for the root of a package's workspace, in the order of cargo 1.95. Cargo uses the
/// lockfile of the root, so that another result here would check another lockfile.
///
/// A build in the sandbox has the project at another path. Values that mean another folder there
/// are refused: absolute paths, and symbolic links. Cargo also ends its search at `CARGO_HOME`,
/// which is never above the project in the sandbox.
///
/// Source: Cargo reference, *Workspaces*.
final class WorkspaceRootSearch {
  private static final String MANIFEST = "Cargo.toml";

  /// The folder in which cargo verifies packages. Its search ends there.
  private static final Path PACKAGED = Path.of("target", "package");

  /// The folder above all others, in which a search outside of the sandbox ends.
  static final Path EVERYTHING = Path.of("/");

  private final Path start;
  private final Path top;
  private final ProjectManifestReader reader;

  /// If true, a root that may be another one in the sandbox is refused.
  private final boolean certain;

  private WorkspaceRootSearch(Path start, Path top, ProjectManifestReader reader, boolean certain) {
    this.start = start;
    this.top = top;
    this.reader = reader;
    this.certain = certain;
  }

  /// Returns the folder of the manifest that cargo uses in a folder: there or in the nearest folder
  /// above.
  ///
  /// @param top the folder in which the search ends
  static Optional<Path> nearest(Path folder, Path top) {
    for (Path at = folder; at != null; at = at.equals(top) ? null : at.getParent()) {
      if (hasManifest(at)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /// Returns the root of the workspace of a folder that has a manifest.
  ///
  /// @param top the folder in which the search ends
  /// @throws MalformedException if a manifest cannot be read that cargo reads to find the root, or
  ///   if the root may be another one in the sandbox
  static Path rootOf(Path start, Path top, ProjectManifestReader reader) {
    return new WorkspaceRootSearch(start, top, reader, true).root();
  }

  /// Returns the root that cargo finds outside of the sandbox.
  ///
  /// @throws MalformedException if a manifest cannot be read that cargo reads to find the root
  static Path rootOutside(Path start, ProjectManifestReader reader) {
    return new WorkspaceRootSearch(start, EVERYTHING, reader, false).root();
  }

  private Path root() {
    for (Path at = start; at != null; at = at.equals(top) ? null : at.getParent()) {
      if (!at.equals(start) && at.endsWith(PACKAGED)) {
        if (!certain) {
          return start;
        }
        throw refused(
            "a package outside of " + PACKAGED, "one in " + at, "copy it to another folder");
      }
      if (hasManifest(at)) {
        Optional<Path> root = root(at, read(at.resolve(MANIFEST)));
        if (root.isPresent()) {
          return root.get();
        }
      }
    }
    return start;
  }

  /// Returns the root that a manifest determines, or empty if the search goes on above it.
  private Optional<Path> root(Path at, FlatToml keys) {
    if (keys.has("workspace")) {
      return isExcluded(at, keys) ? Optional.empty() : Optional.of(at);
    }
    String table = keys.has("package") ? "package" : "project";
    return keys.get(List.of(table, "workspace")).map(value -> named(at, value));
  }

  /// Returns the root that `package.workspace` names. Cargo removes `..` from the path without a
  /// look at links.
  private Path named(Path at, String value) {
    String shown = "package.workspace = \"%s\" in %s".formatted(value, at.resolve(MANIFEST));
    try {
      Path root = at.resolve(value).normalize();
      if (certain
          && (value.startsWith("/")
              || !root.toRealPath().equals(at.toRealPath().resolve(value).normalize()))) {
        throw refused("a relative path without symbolic links", shown, "name the folder itself");
      }
      if (!read(root.resolve(MANIFEST)).has("workspace")) {
        throw refused(
            "a table [workspace] in " + root.resolve(MANIFEST), "none", "correct " + shown);
      }
      return root;
    } catch (IOException | InvalidPathException _) {
      throw refused("an existing folder", shown, "correct it");
    }
  }

  /// Returns whether a workspace leaves the package out. Cargo compares names only: it expands no
  /// `*` and keeps `..`.
  private boolean isExcluded(Path at, FlatToml keys) {
    List<String> excluded = keys.all(List.of("workspace", "exclude"));
    return excluded.stream().anyMatch(value -> contains(at, value))
        && keys.all(List.of("workspace", "members")).stream()
            .noneMatch(value -> contains(at, value));
  }

  private boolean contains(Path at, String value) {
    if (certain && value.startsWith("/")) {
      throw refused(
          "relative paths in workspace.exclude and workspace.members",
          "'%s' in %s".formatted(value, at.resolve(MANIFEST)),
          "make it relative to that folder");
    }
    if (value.indexOf('\0') >= 0) {
      return false;
    }
    Path place = value.startsWith("/") ? EVERYTHING : at;
    try {
      for (String name : value.split("/", -1)) {
        place = name.equals(".") ? place : place.resolve(name);
      }
    } catch (InvalidPathException _) {
      throw refused(
          "a path in the character set of this terminal",
          "'%s' in %s".formatted(value, at.resolve(MANIFEST)),
          "set LANG to a UTF-8 locale");
    }
    return start.resolve(MANIFEST).startsWith(place);
  }

  private static boolean hasManifest(Path folder) {
    return Files.exists(folder.resolve(MANIFEST), LinkOption.NOFOLLOW_LINKS);
  }

  private FlatToml read(Path manifest) {
    if (!Files.isRegularFile(manifest) || (certain && Files.isSymbolicLink(manifest))) {
      String found = Files.isSymbolicLink(manifest) ? "a symbolic link" : "none";
      throw refused("a regular file " + manifest, found, "replace it by a manifest");
    }
    try {
      return reader.read(manifest);
    } catch (MalformedException e) {
      reader.requireRoom();
      throw refused("a readable manifest", String.valueOf(e.getMessage()), "repair the file");
    }
  }

  private MalformedException refused(String expected, String found, String next) {
    return new MalformedException(
        "cannot find the workspace of %s: expected %s, found %s; %s"
            .formatted(start, expected, found, next));
  }
}
