package lazaret.mirror;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;

/// The file in the data folder that records an orderly end of the last server. It is removed at
/// each start; a server that is killed, or that loses power, leaves none. The alarm is the absence
/// of the file, so that a full disk errs on the safe side.
final class CleanStopFile {
  private static final System.Logger LOG = System.getLogger(CleanStopFile.class.getName());
  private static final String FILE = "ended-in-order";

  private CleanStopFile() {}

  /// Removes the marker and syncs its folder to the disk.
  ///
  /// @return whether the marker existed
  /// @throws StoreException if it cannot be removed
  static boolean take(Path dataDir) {
    Path file = dataDir.resolve(FILE);
    try {
      boolean inOrder = Files.deleteIfExists(file);
      if (inOrder) {
        PrivateFiles.syncFolder(dataDir);
      }
      return inOrder;
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot remove '%s': %s".formatted(file, PrivateFiles.describe(e)),
          e);
    }
  }

  /// Creates the marker. A failure is logged; the next start then replaces the admin token.
  static void put(Path dataDir) {
    try {
      PrivateFiles.create(dataDir.resolve(FILE)).close();
    } catch (FileAlreadyExistsException _) {
      // left by an earlier end whose following start failed before it removed the marker
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "end not marked in the data folder: {0}",
          PrivateFiles.describe(e));
    }
  }
}
