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

/// A folder of this user for as long as this process needs it. It is gone when it is closed, when
/// the process is told to end, and where the process is killed, when another one makes a folder
/// beside it.
public final class TemporaryFolder implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SPARED_BITS = 20;

  private final Path path;
  private final Interruption interruption;

  private TemporaryFolder(Path path) {
    this.path = path;
    this.interruption = Interruption.doing(() -> removeQuietly(path));
  }

  /// Makes one.
  ///
  /// @param parent where, for example `/tmp`
  /// @param kind lower-case letters, for whoever sees the folder
  /// @param mode what its user and others may do, as `rwx------`
  public static TemporaryFolder make(Path parent, String kind, String mode) throws IOException {
    DeadFolders.removeOnce(parent);
    // Whoever plants folders for others to fall over them cannot know it.
    Path folder = parent.resolve(FolderName.OURS.text(kind, RANDOM.nextLong() >>> SPARED_BITS));
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    return new TemporaryFolder(folder.toRealPath());
  }

  /// Returns where it is, links resolved.
  public Path path() {
    return path;
  }

  /// Takes the folder away with all that is in it; links are not followed.
  ///
  /// @throws IOException if something of it stays
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
      // Somebody still writes there, or it is not ours: whoever ends does not wait for that.
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(folder, new Removal());
    }
  }

  /// What is gone already was taken away by somebody else who ends this.
  private static final class Removal extends SimpleFileVisitor<Path> {
    /// A build may leave folders that not even their owner can enter.
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
