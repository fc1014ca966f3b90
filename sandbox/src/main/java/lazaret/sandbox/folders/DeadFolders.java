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
import java.util.concurrent.ConcurrentHashMap;

/// Folders of processes that were killed before they could take them away.
final class DeadFolders {
  private static final Set<Path> LOOKED = ConcurrentHashMap.newKeySet();
  private static final Set<String> MODES = Set.of("rwx------", "rwx--x--x");
  private static final int MOST = 1_000;

  private DeadFolders() {}

  /// Begins to take them away, the first time that this process looks into a folder: beside all
  /// else, since nobody waits for it.
  static void removeOnce(Path parent) {
    if (LOOKED.add(parent)) {
      Thread.ofPlatform().daemon().name("sandbox-dead-folders").start(() -> remove(parent));
    }
  }

  /// Takes them away: what bears such a name, is a folder of this user with the rights that ours
  /// have, and was made by a process that lives no more.
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
      // They cost room and nothing else: the next process looks again.
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
          && FolderName.read(String.valueOf(folder.getFileName()))
              .filter(FolderName::isDead)
              .isPresent();
    } catch (IOException _) {
      return false;
    }
  }
}
