package lazaret.cli.gitsource;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder whose content is replaced.
final class GitTreeFolder {
  private GitTreeFolder() {}

  /// Makes a folder empty. Links in it are removed and not followed.
  ///
  /// @throws IOException if something cannot be removed, or the folder cannot be created
  static void replace(Path folder) throws IOException {
    remove(folder);
    Files.createDirectory(folder);
  }

  /// Removes a folder with its content, if it exists. Links in it are removed and not followed.
  ///
  /// @throws IOException if something cannot be removed
  static void remove(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
                throws IOException {
              Files.delete(each);
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }
}
