package lazaret.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Files and folders that others carry off. The programs run under a umask that closes everything,
/// so what is public is opened by name; who gets at it is then decided by the folder above, as the
/// person has it who named it. Everything blocks on the disk; nothing here keeps state.
public final class PublicFiles {
  private static final Set<PosixFilePermission> READ =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private static final Set<PosixFilePermission> ENTER =
      Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

  private PublicFiles() {}

  /// Lets everybody read a file, or enter and list a folder. Where the file system knows no rights,
  /// or lets nobody change them, as on many a stick, whoever mounts it says who reads.
  ///
  /// @throws IOException if it is not there
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
        // Nothing was written less for that.
      }
    }
  }

  /// Opens a folder and all that is in it, as [#open] does.
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
