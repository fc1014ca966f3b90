package lazaret.sandbox.folders;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/// The removal of temporary folders whose processes were killed.
final class OrphanedFolders {
  private static final Set<String> MODES = Set.of("rwx------", "rwx--x--x");
  private static final int MOST = 1_000;

  private OrphanedFolders() {}

  /// Starts the removal in the background.
  static void removeInBackground(Path parent) {
    Thread.ofPlatform().daemon().name("sandbox-dead-folders").start(() -> remove(parent));
  }

  /// Removes orphaned folders. A folder is removed if it has such a name, belongs to this user, has
  /// the permissions of a temporary folder, and its process has ended.
  static void remove(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "lazaret-*")) {
      Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      int left = MOST;
      for (Path folder : folders) {
        if (left > 0 && isDead(folder, user)) {
          TemporaryFolder.removeQuietly(folder);
          left--;
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // Remaining folders only occupy disk space; the next process tries again.
    }
  }

  private static boolean isDead(Path folder, Object user) {
    try {
      Map<String, Object> found =
          Files.readAttributes(
              folder, "unix:uid,isDirectory,permissions", LinkOption.NOFOLLOW_LINKS);
      String mode =
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
      return Boolean.TRUE.equals(found.get("isDirectory"))
          && user.equals(found.get("uid"))
          && MODES.contains(mode)
          && ProcessFolderName.read(String.valueOf(folder.getFileName()))
              .filter(ProcessFolderName::isDead)
              .isPresent();
    } catch (IOException _) {
      return false;
    }
  }
}
