package lazaret.storage.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The creation of folders with their contents. A folder has its name only when it is complete and
/// on the disk.
public final class NewFolder {
  private NewFolder() {}

  /// The writer of the contents of a folder.
  ///
  /// @param <T> the result
  @FunctionalInterface
  public interface Content<T> {
    /// Writes the contents, and syncs the bytes of its files.
    ///
    /// @param folder the folder under its temporary name
    T writeTo(Path folder) throws IOException;
  }

  /// Creates a folder. It is written under the name with the suffix `.part`, whose remains of an
  /// interrupted attempt are removed first. If the writer fails, the folder is removed.
  ///
  /// @return the result of the writer
  /// @throws FileAlreadyExistsException if the folder exists
  /// @throws IOException as the file system or the writer throws it
  public static <T> T create(Path folder, FileAccess access, Content<T> content)
      throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    Path part = folder.resolveSibling(folder.getFileName() + ".part");
    FileTrees.delete(part);
    PrivateFiles.createFolders(part);
    T result;
    try {
      result = content.writeTo(part);
      if (access == FileAccess.PUBLIC) {
        PublicFiles.openTree(part);
      }
      FileTrees.syncFolders(part);
    } catch (IOException | RuntimeException e) {
      remove(part, e);
      throw e;
    }
    Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.syncName(folder);
    return result;
  }

  private static void remove(Path part, Exception cause) {
    try {
      FileTrees.delete(part);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
