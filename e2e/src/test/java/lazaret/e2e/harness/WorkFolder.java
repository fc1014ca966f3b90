package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// New folders that are removed when the test class that created them has ended.
public final class WorkFolder {
  private static final Path ROOT = root();

  private WorkFolder() {}

  /// Creates a new folder.
  public static Path folder(String name) {
    try {
      return Files.createTempDirectory(ROOT, name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder", e);
    }
  }

  private static Path root() {
    try {
      Path root = Files.createTempDirectory("lazaret-e2e");
      // Empty at that time, unless a class was aborted.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder", e);
    }
  }

  /// Deletes all folders.
  static void sweep() {
    try (Stream<Path> folders = Files.list(ROOT)) {
      List<Path> all = folders.toList();
      all.forEach(WorkFolder::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + ROOT, e);
    }
  }

  /// Deletes a folder with its content as far as possible.
  public static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Removal());
    } catch (IOException _) {
      // The system's own cleanup removes the rest.
    }
  }

  /// A visitor that deletes all files and folders.
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return remove(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return remove(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return remove(folder);
    }

    private static FileVisitResult remove(Path path) {
      boolean _ = path.toFile().delete();
      return FileVisitResult.CONTINUE;
    }
  }
}
