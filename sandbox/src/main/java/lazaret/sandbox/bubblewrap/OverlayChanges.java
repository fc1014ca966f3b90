package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import lazaret.sandbox.Violation;

/// The upper overlay layer over a writable project. It receives the changes of a build, which are
/// listed and then discarded.
///
/// Source: Linux overlayfs.rst.
///
/// @param folder the folder of the layer
record OverlayChanges(Path folder) {
  private static final int MOST = 100;
  private static final String UPPER = "upper";
  private static final String WORK = "work";

  /// Creates an empty layer that the build owns.
  static OverlayChanges make(RunFolder parent, BwrapLauncher start) throws IOException {
    Path folder = parent.folder("changes");
    for (String part : List.of(UPPER, WORK)) {
      start.handOver(Files.createDirectory(folder.resolve(part)));
    }
    start.handOver(folder);
    return new OverlayChanges(folder);
  }

  /// Mounts the project under this layer.
  void cover(BwrapArguments arguments, String project, String staged) {
    arguments
        .add("--overlay-src", project)
        .add("--overlay", staged + "/" + UPPER, staged + "/" + WORK, SandboxPaths.PROJECT);
  }

  /// Returns the changes of the build to a project.
  List<Violation> list(Path project) throws IOException {
    Listing listing = new Listing(folder.resolve(UPPER), project);
    Files.walkFileTree(listing.upper, listing);
    List<Violation> all = new ArrayList<>();
    listing.found.forEach(path -> all.add(violation(path, 1)));
    if (listing.more > 0) {
      all.add(violation("more files of the project", listing.more));
    }
    return all;
  }

  private static Violation violation(String resource, int count) {
    return new Violation(
        Violation.Kind.WRITE_ATTEMPT,
        resource,
        Violation.Origin.UNKNOWN,
        count,
        "a build must not change its project: the change was discarded",
        "make the change yourself if it is wanted");
  }

  private static final class Listing extends SimpleFileVisitor<Path> {
    private final Path upper;
    private final Path project;
    private final List<String> found = new ArrayList<>();
    private int more;

    Listing(Path upper, Path project) {
      this.upper = upper;
      this.project = project;
    }

    /// Reports a new folder. A folder of the project is in the layer too if something in it was
    /// changed.
    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      if (!Files.isDirectory(below(path), LinkOption.NOFOLLOW_LINKS)) {
        note(path, "/");
      }
      return FileVisitResult.CONTINUE;
    }

    /// Reports a changed file. A removed file is represented by a device with number 0.
    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      note(path, attributes.isOther() ? " (removed)" : "");
      return FileVisitResult.CONTINUE;
    }

    /// Opens a folder that the build made inaccessible and continues, because the layer belongs to
    /// this program.
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !Files.isExecutable(path)) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        Files.walkFileTree(path, this);
        return FileVisitResult.CONTINUE;
      }
      note(path, " (not readable)");
      return FileVisitResult.CONTINUE;
    }

    private Path below(Path path) {
      return project.resolve(upper.relativize(path));
    }

    private void note(Path path, String what) {
      if (found.size() < MOST) {
        found.add(SandboxPaths.PROJECT + "/" + upper.relativize(path) + what);
      } else {
        more++;
      }
    }
  }
}
