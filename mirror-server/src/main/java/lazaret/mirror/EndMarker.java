package lazaret.mirror;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.storage.PrivateFiles;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.StoreException;

/// A file in the data folder that says that the last server ended in order. It is removed at each
/// start: a server that is killed, or that loses power, leaves none. Its absence, not its presence,
/// is the alarm, so that a full disk errs to the safe side.
final class EndMarker {
  private static final System.Logger LOG = System.getLogger(EndMarker.class.getName());
  private static final String FILE = "ended-in-order";

  private EndMarker() {}

  /// Removes the marker, also from the disk.
  ///
  /// @return whether it was there
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

  /// Makes the marker. A failure is logged: the next start then replaces the admin token.
  static void put(Path dataDir) {
    try {
      PrivateFiles.create(dataDir.resolve(FILE)).close();
    } catch (FileAlreadyExistsException _) {
      // made by an end before, whose start did not come so far as to remove it
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "end not marked in the data folder: {0}",
          PrivateFiles.describe(e));
    }
  }
}
