package lazaret.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files and folders that only their owner can access. Every method blocks on the disk; none keeps
/// state.
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private PrivateFiles() {}

  /// Creates a folder and its missing parents, all private, and syncs their names to the disk.
  ///
  /// @throws IOException as the file system throws it
  public static void createFolders(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent != null && !Files.exists(parent)) {
      createFolders(parent);
    }
    Files.createDirectory(absolute, PosixFilePermissions.asFileAttribute(FOLDER));
    if (parent != null) {
      syncFolder(parent);
    }
  }

  /// Creates a new file that only its owner can access.
  ///
  /// @throws IOException as the file system throws it, for example because the file exists
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(FILE));
  }

  /// Returns why other users than that of this process can access a folder, and the remedy; null if
  /// they cannot.
  ///
  /// @throws IOException as the file system throws it
  public static @Nullable String whyNotPrivate(Path folder) throws IOException {
    if (!isOurs(folder)) {
      return "it belongs to user %s and this program runs as user %s; run it as that user, or name another folder"
          .formatted(uid(folder), self());
    }
    Set<PosixFilePermission> found =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    if (!FOLDER.containsAll(found)) {
      return "it is open to other users (%s); run 'chmod 700 %s'"
          .formatted(PosixFilePermissions.toString(found), folder);
    }
    return null;
  }

  /// Returns whether a file belongs to this process's user; of a link, the link itself counts.
  ///
  /// @throws IOException as the file system throws it
  public static boolean isOurs(Path file) throws IOException {
    return uid(file).equals(self());
  }

  private static Object uid(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static Object self() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /// Writes a small file that only its owner can access, atomically, and syncs its bytes. Its name
  /// is on the disk after [#syncFolder].
  ///
  /// @throws IOException as the file system throws it
  public static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (var channel = create(fresh)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Syncs the names within a folder to the disk.
  ///
  /// @throws IOException as the file system throws it
  public static void syncFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Deletes a folder with its contents if it exists; links are deleted, not followed.
  ///
  /// @throws IOException as the file system throws it
  public static void deleteTree(Path folder) throws IOException {
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
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Returns a failure of the file system as a clause. The JDK's own messages are often only a
  /// path.
  public static String describe(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "access to '" + ((FileSystemException) e).getFile() + "' is denied; check who owns it";
    }
    if (e instanceof NoSuchFileException none) {
      return "there is no '" + none.getFile() + "'";
    }
    if (e instanceof FileSystemException failure) {
      String reason = failure.getReason();
      return "'"
          + failure.getFile()
          + "': "
          + (reason == null ? e.getClass().getSimpleName() : reason);
    }
    return String.valueOf(e.getMessage());
  }
}
