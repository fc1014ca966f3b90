package lazaret.sandbox.folders;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// A temporary folder of this process. It is removed when it is closed or the process is asked to
/// terminate. After a kill it is removed when a folder is created in the same parent.
public final class TemporaryFolder implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SPARED_BITS = 20;

  private final Path path;
  private final TerminationHooks interruption;

  private TemporaryFolder(Path path) {
    this.path = path;
    this.interruption = TerminationHooks.doing(() -> removeQuietly(path));
  }

  /// Creates a folder.
  ///
  /// @param parent the parent folder, for example `/tmp`
  /// @param kind the purpose of the folder, in lower-case letters
  /// @param mode the permissions, for example `rwx------`
  public static TemporaryFolder make(Path parent, String kind, String mode) throws IOException {
    OrphanedFolders.removeInBackground(parent);
    // The random number prevents other users from creating the folder in advance.
    Path folder =
        parent.resolve(ProcessFolderName.OURS.text(kind, RANDOM.nextLong() >>> SPARED_BITS));
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    return new TemporaryFolder(folder.toRealPath());
  }

  /// Returns the path with links resolved.
  public Path path() {
    return path;
  }

  /// Removes the folder and its contents. Links are not followed.
  ///
  /// @throws IOException if a part cannot be removed
  @Override
  public void close() throws IOException {
    try {
      remove(path);
    } finally {
      interruption.close();
    }
  }

  static void removeQuietly(Path folder) {
    try {
      remove(folder);
    } catch (IOException _) {
      // Another process still writes there or owns the folder; the termination does not wait for
      // it.
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(folder, new Removal());
    }
  }

  /// The recursive removal. Missing files are ignored, because another thread may remove the same
  /// folder.
  private static final class Removal extends SimpleFileVisitor<Path> {
    /// Opens a folder that the build made inaccessible and continues.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      boolean closed =
          e instanceof AccessDeniedException
              && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
              && !Files.isExecutable(file);
      if (!closed) {
        throw e;
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      Files.walkFileTree(file, this);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
