package lazaret.storage.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import lazaret.vetting.Bytes;

/// The creation of files that are never overwritten. A file has its name only when it is complete
/// and on the disk.
public final class NewFile {
  private NewFile() {}

  /// Creates a file. The temporary file is in the same folder.
  ///
  /// @throws FileAlreadyExistsException if the file exists
  /// @throws IOException as the file system throws it
  public static void create(Path file, Bytes content, FileAccess access) throws IOException {
    create(
        file,
        content,
        access,
        Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("/")));
  }

  /// Creates a file.
  ///
  /// @param aside an existing folder on the same file system for the temporary file, which is left
  ///   there after an interruption
  /// @throws FileAlreadyExistsException if the file exists
  /// @throws IOException as the file system throws it
  public static void create(Path file, Bytes content, FileAccess access, Path aside)
      throws IOException {
    Path part = PrivateFiles.part(aside, content);
    try {
      if (access == FileAccess.PUBLIC) {
        PublicFiles.open(part);
      }
      link(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
    PrivateFiles.syncName(file);
  }

  /// Publishes a temporary file under its name. A hard link fails if the name exists. File systems
  /// without links get a rename, which does not fail then, after a check.
  private static void link(Path part, Path file) throws IOException {
    try {
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
