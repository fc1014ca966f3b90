package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
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

/// What of a project is hidden from its build: history and hooks, cargo's configuration, files of
/// secrets, and what earlier builds outside left. Cargo's own marks tell build output.
final class Masks {
  private static final int MOST = 500_000;
  private static final Set<String> HIDDEN = Set.of(".git", ".hg", ".svn", ".jj");
  private static final String CONFIGURATION = ".cargo";
  private static final String OUTPUT_MARK = "CACHEDIR.TAG";

  private final Path project;
  private final boolean ownConfiguration;

  /// By path relative to the project: whether it is a folder.
  private final SortedMap<Path, Boolean> found = new TreeMap<>();

  private int seen;

  private Masks(Path project, boolean ownConfiguration) {
    this.project = project;
    this.ownConfiguration = ownConfiguration;
  }

  /// Looks through a project.
  ///
  /// @param project its real path
  /// @param ownConfiguration whether its `.cargo` folders stay visible
  /// @return paths relative to the project; the value tells whether it is a folder
  /// @throws SandboxException if the project cannot be looked through whole
  static SortedMap<Path, Boolean> of(Path project, boolean ownConfiguration) {
    Masks masks = new Masks(project, ownConfiguration);
    try {
      Files.walkFileTree(project, masks.new Visitor());
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED, "cannot look for secrets in the project " + project + ": " + e, e);
    }
    masks.found.keySet().removeIf(masks::standsInHidden);
    return masks.found;
  }

  /// Returns where a path of the project is inside.
  static String inside(Path path) {
    return Inside.PROJECT + "/" + path;
  }

  /// Returns where hidden files of secrets are inside.
  static List<String> secrets(SortedMap<Path, Boolean> masks) {
    return masks.entrySet().stream()
        .filter(mask -> !mask.getValue())
        .map(Map.Entry::getKey)
        .filter(path -> !HIDDEN.contains(path.getFileName().toString()))
        .map(Masks::inside)
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
      Grounds.refuseGate("the project", project, folder);
      boolean hidden =
          hides(folder.getFileName().toString()) || Files.exists(folder.resolve(OUTPUT_MARK));
      if (hidden) {
        found.put(project.relativize(folder), true);
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      count();
      if (hides(file.getFileName().toString())) {
        hide(file, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    /// What its user cannot read the build cannot either.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof AccessDeniedException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    /// What a link leads to is hidden in its place, where it stands in the project; elsewhere it
    /// leads nowhere.
    private void hide(Path file, BasicFileAttributes attributes) throws IOException {
      if (!attributes.isSymbolicLink()) {
        found.put(project.relativize(file), false);
      } else if (Files.exists(file) && file.toRealPath().startsWith(project)) {
        Path real = file.toRealPath();
        found.put(project.relativize(real), Files.isDirectory(real));
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
