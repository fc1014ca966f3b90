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

/// Files and folders for transport to others. The programs run under a umask that denies access to
/// others, so that access is granted explicitly. The folder above, whose rights its owner chose,
/// then decides who can reach them. Every method blocks on the disk; none keeps state.
public final class PublicFiles {
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
