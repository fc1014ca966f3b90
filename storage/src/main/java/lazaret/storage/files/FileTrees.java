package lazaret.storage.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Operations on folders with their contents. Links are not followed. Every method blocks on the
/// disk; none keeps state.
public final class FileTrees {
  private FileTrees() {}

  /// Deletes a folder with its contents if it exists.
  ///
  /// @throws IOException as the file system throws it
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
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
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Deletes a folder with its contents if its files have more than a number of bytes. Its folders
  /// are opened to their owner first: those of unpacked archives have permissions of strangers.
  ///
  /// @throws IOException as the file system throws it
  public static void deleteIfLarger(Path folder, long most) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && bytes(folder) > most) {
      delete(folder);
    }
  }

  private static long bytes(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    long sum = attributes.size();
    if (attributes.isDirectory()) {
      Set<PosixFilePermission> rights =
          new HashSet<>(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
      if (rights.addAll(PosixFilePermissions.fromString("rwx------"))) {
        Files.setPosixFilePermissions(file, rights);
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(file)) {
        for (Path each : files) {
          sum += bytes(each);
        }
      }
    }
    return sum;
  }

  /// Syncs the names within a folder and within all folders below it to the disk. Files are not
  /// synced.
  ///
  /// @throws IOException as the file system throws it
  public static void syncFolders(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            PrivateFiles.syncFolder(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
