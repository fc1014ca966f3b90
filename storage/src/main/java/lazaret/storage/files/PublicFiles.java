package lazaret.storage.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;

/// Files and folders for transport to others. The programs run under a umask that denies access to
/// others, so that access is granted explicitly. The folder above, whose rights its owner chose,
/// then decides who can reach them. Every method blocks on the disk; none keeps state.
public final class PublicFiles {
  private static final int BUFFER = 256 << 10;

  private static final Set<PosixFilePermission> READ =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private static final Set<PosixFilePermission> ENTER =
      Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

  private PublicFiles() {}

  /// Permits all users to read a file, or to enter and list a folder. If the file system has no
  /// rights, or does not allow their change, as on many removable disks, the mount options decide.
  ///
  /// @throws IOException if it does not exist
  public static void open(Path path) throws IOException {
    Set<PosixFilePermission> found;
    try {
      found = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    } catch (UnsupportedOperationException _) {
      return;
    }
    boolean more = found.addAll(READ);
    if (Files.isDirectory(path)) {
      more |= found.addAll(ENTER);
    }
    if (more) {
      try {
        Files.setPosixFilePermissions(path, found);
      } catch (FileSystemException _) {
        // The file is complete; only its rights are unchanged.
      }
    }
  }

  /// The writer of the content of a file.
  @FunctionalInterface
  public interface Content {
    /// Writes the content.
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes a file that all users may read, atomically, and syncs it. Several processes may write
  /// it at the same time.
  ///
  /// @param aside an existing folder on the same file system for the temporary file, which is left
  ///   there after an interruption
  /// @throws IOException as the file system throws it
  public static void write(Path file, Bytes content, Path aside) throws IOException {
    Path part = PrivateFiles.part(aside, content);
    try {
      open(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    PrivateFiles.syncName(file);
  }

  /// Writes a large file that all users may read, atomically, and syncs it. Its name has one writer
  /// at a time: the temporary file is the name with the suffix `.part`. It is removed if it cannot
  /// be completed, because the disk may be full.
  ///
  /// @throws IOException as the file system or the writer throws it
  public static void write(Path file, Content content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel channel = PrivateFiles.create(part)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      content.writeTo(out);
      out.flush();
      channel.force(true);
      open(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    PrivateFiles.syncName(file);
  }

  /// Grants access to a folder and all of its contents, as [#open] does.
  ///
  /// @throws IOException if it cannot be listed
  public static void openTree(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.toList();
    }
    for (Path path : all) {
      open(path);
    }
  }
}
