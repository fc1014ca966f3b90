package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// The parts of a project that are hidden from its build. They are version control data, the
/// configuration of cargo, files of secrets, and earlier build output that cargo marked. Sockets,
/// FIFOs and devices are hidden too, because a build could reach other processes through them.
final class HiddenPaths {
  /// The replacement of a hidden part.
  enum Mask {
    /// A folder, replaced by an empty one.
    FOLDER,
    /// A file that may contain secrets, replaced by a decoy or an empty file.
    FILE,
    /// A socket, a FIFO or a device, replaced by an empty file.
    SPECIAL_FILE
  }

  private static final int MOST = 500_000;
  private static final int MOST_SPECIAL_FILES = 1_000;
  private static final Set<String> HIDDEN = Set.of(".git", ".hg", ".svn", ".jj");
  private static final String CONFIGURATION = ".cargo";
  private static final String OUTPUT_MARK = "CACHEDIR.TAG";

  private final Path project;
  private final boolean ownConfiguration;
  private final String marker;

  /// The hidden parts by path relative to the project.
  private final SortedMap<Path, Mask> found = new TreeMap<>();

  private int seen;
  private int specialFiles;

  private HiddenPaths(Path project, boolean ownConfiguration, String marker) {
    this.project = project;
    this.ownConfiguration = ownConfiguration;
    this.marker = marker;
  }

  /// Searches a project.
  ///
  /// @param project the real path of the project
  /// @param ownConfiguration whether its `.cargo` folders stay visible
  /// @param marker the name of the file in the data folder of each gate
  /// @return the masks by path relative to the project
  /// @throws SandboxException if the project cannot be searched completely
  static SortedMap<Path, Mask> of(Path project, boolean ownConfiguration, String marker) {
    HiddenPaths masks = new HiddenPaths(project, ownConfiguration, marker);
    try {
      Files.walkFileTree(project, masks.new Visitor());
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED, "cannot look for secrets in the project " + project + ": " + e, e);
    }
    masks.found.keySet().removeIf(masks::standsInHidden);
    return masks.found;
  }

  /// Checks that the working folder is visible. In an empty folder cargo finds no manifest, and
  /// uses that of a folder above, whose lockfile was not checked.
  ///
  /// @param masks the masks by path relative to the project
  /// @param within the working folder, relative to the project
  /// @throws SandboxException if the folder, or one above it in the project, is hidden
  static void requireVisible(SortedMap<Path, Mask> masks, Path within) {
    requireVisible(masks, within, Path.of(""));
    for (Path at = within.normalize(); at != null; at = at.getParent()) {
      requireVisible(masks, within, at);
    }
  }

  private static void requireVisible(SortedMap<Path, Mask> masks, Path within, Path folder) {
    if (masks.containsKey(folder)) {
      throw new SandboxException(
          Kind.REFUSED,
          "cannot build in '%s': expected a working folder that the sandbox shows, found '%s', which it hides; start the command in another folder, or remove a link to it that is named .env, .git or .cargo"
              .formatted(within, folder));
    }
  }

  /// Returns the path in the sandbox of a path of the project.
  static String inside(Path path) {
    return SandboxPaths.PROJECT + "/" + path;
  }

  /// Returns the paths in the sandbox of hidden files of secrets.
  static List<String> secrets(SortedMap<Path, Mask> masks) {
    return masks.entrySet().stream()
        .filter(mask -> mask.getValue() == Mask.FILE)
        .map(Map.Entry::getKey)
        .filter(path -> !HIDDEN.contains(path.getFileName().toString()))
        .map(HiddenPaths::inside)
        .toList();
  }

  private boolean standsInHidden(Path path) {
    for (Path at = path.getParent(); at != null; at = at.getParent()) {
      if (found.containsKey(at)) {
        return true;
      }
    }
    return false;
  }

  private boolean hides(String name) {
    return HIDDEN.contains(name)
        || name.startsWith(".env")
        || (name.equals(CONFIGURATION) && !ownConfiguration);
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      count();
      if (folder.equals(project)) {
        return FileVisitResult.CONTINUE;
      }
      CheckedFolders.refuseGate("the project", project, folder, marker);
      boolean hidden =
          hides(folder.getFileName().toString()) || Files.exists(folder.resolve(OUTPUT_MARK));
      if (hidden) {
        found.put(project.relativize(folder), Mask.FOLDER);
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      count();
      if (attributes.isOther()) {
        found.put(project.relativize(file), Mask.SPECIAL_FILE);
        countSpecialFile();
      } else if (hides(file.getFileName().toString())) {
        hide(file, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    /// Handles an inaccessible entry. The build cannot read a file that its user cannot read. A
    /// folder that cannot be listed is hidden, because a socket in it could still be reached.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (!(e instanceof AccessDeniedException)) {
        throw e;
      }
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        found.put(project.relativize(file), Mask.FOLDER);
      }
      return FileVisitResult.CONTINUE;
    }

    private void countSpecialFile() {
      if (++specialFiles > MOST_SPECIAL_FILES) {
        throw new SandboxException(
            Kind.REFUSED,
            "cannot build in %s: expected at most %,d sockets, FIFOs and devices, found more; remove them"
                .formatted(project, MOST_SPECIAL_FILES));
      }
    }

    /// Hides a file. The target of a link is hidden in its own place if it is in the project; other
    /// links lead nowhere in the sandbox.
    private void hide(Path file, BasicFileAttributes attributes) throws IOException {
      if (!attributes.isSymbolicLink()) {
        found.put(project.relativize(file), Mask.FILE);
      } else if (Files.exists(file) && file.toRealPath().startsWith(project)) {
        Path real = file.toRealPath();
        found.put(project.relativize(real), Files.isDirectory(real) ? Mask.FOLDER : Mask.FILE);
      }
    }

    private void count() {
      if (++seen > MOST) {
        throw new SandboxException(
            Kind.REFUSED,
            "the project %s has over %,d files: name the folder of the workspace itself"
                .formatted(project, MOST));
      }
    }
  }
}
