package lazaret.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import lazaret.vetting.Bytes;
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

  /// Creates a new file that only its owner can access, and syncs its bytes.
  ///
  /// @throws IOException as the file system throws it, for example because the file exists
  public static void create(Path file, Bytes content) throws IOException {
    try (FileChannel channel = create(file)) {
      fill(channel, content);
    }
  }

  /// Creates a file with a random name that only its owner can access, and syncs its bytes. It is
  /// removed if it cannot be written.
  ///
  /// @param folder the folder of the file
  /// @return the file, which the caller moves or removes
  /// @throws IOException as the file system throws it
  public static Path part(Path folder, Bytes content) throws IOException {
    Path part =
        Files.createTempFile(folder, ".", ".part", PosixFilePermissions.asFileAttribute(FILE));
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      fill(channel, content);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    return part;
  }

  private static void fill(FileChannel channel, Bytes content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content.array());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  /// Writes a small file that only its owner can access, atomically, and syncs it.
  ///
  /// @throws IOException as the file system throws it
  public static void write(Path file, String text) throws IOException {
    write(file, Bytes.utf8(text));
  }

  /// Writes a small file that only its owner can access, atomically, and syncs it. Its folder has
  /// one writer at a time: the temporary file is the name with the suffix `.new`.
  ///
  /// @throws IOException as the file system throws it
  public static void write(Path file, Bytes content) throws IOException {
    write(file, content, file.resolveSibling(file.getFileName() + ".new"));
  }

  /// Writes a file as [#write(Path, Bytes)] does.
  ///
  /// @param fresh the temporary file, on the same file system; an existing one is replaced
  /// @throws IOException as the file system throws it
  public static void write(Path file, Bytes content, Path fresh) throws IOException {
    Files.deleteIfExists(fresh);
    create(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncName(file);
  }

  /// Writes a small file that only its owner can access, atomically. Several processes may write it
  /// at the same time. It is not synced, for files that a power cut may lose.
  ///
  /// @throws IOException as the file system throws it
  public static void replace(Path file, Bytes content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path fresh =
        Files.createTempFile(
            folder,
            String.valueOf(file.getFileName()),
            null,
            PosixFilePermissions.asFileAttribute(FILE));
    try {
      Files.write(fresh, content.array());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// Syncs the name of a file or folder to the disk.
  ///
  /// @throws IOException as the file system throws it
  public static void syncName(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      syncFolder(folder);
    }
  }

  /// Syncs the names within a folder to the disk.
  ///
  /// @throws IOException as the file system throws it
  public static void syncFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
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
