package lazaret.bundle.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.storage.files.FileAccess;
import lazaret.storage.files.NewFile;
import lazaret.storage.files.PublicFiles;
import lazaret.vetting.Bytes;

/// Operations that write files of keys and roots, with the refusals of this package. Private keys
/// are readable by their owner only, all other files by everyone.
public final class NewFiles {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private NewFiles() {}

  /// Creates a folder and its missing parents, accessible by their owner only.
  ///
  /// @throws BundleException `key-unusable`
  public static void folder(Path folder) {
    try {
      Files.createDirectories(folder, PRIVATE_FOLDER);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /// Writes a new file that only its owner can read.
  ///
  /// @param aside as in [#create(Path, Bytes, Path)]
  /// @throws BundleException `key-unusable`, also if the file exists
  static void createPrivate(Path file, Bytes content, Path aside) {
    create(file, content, FileAccess.PRIVATE, aside);
  }

  /// Writes a new file.
  ///
  /// @param aside an existing folder on the same file system for the temporary file, which is left
  ///   there after an interruption
  /// @throws BundleException `key-unusable`, also if the file exists
  public static void create(Path file, Bytes content, Path aside) {
    create(file, content, FileAccess.PUBLIC, aside);
  }

  private static void create(Path file, Bytes content, FileAccess access, Path aside) {
    try {
      NewFile.create(file, content, access, aside);
    } catch (FileAlreadyExistsException e) {
      throw new BundleException(
          BundleCode.KEY_UNUSABLE,
          "cannot write %s: it exists, and is never overwritten".formatted(file),
          e);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /// Writes a file and replaces an existing one.
  ///
  /// @param aside as in [#create(Path, Bytes, Path)]
  /// @throws BundleException `key-unusable`
  public static void replace(Path file, Bytes content, Path aside) {
    try {
      PublicFiles.write(file, content, aside);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static BundleException failed(Path file, IOException e) {
    return new BundleException(
        BundleCode.KEY_UNUSABLE, "cannot write %s: %s".formatted(file, e), e);
  }
}
