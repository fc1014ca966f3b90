package lazaret.bundle.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import org.jspecify.annotations.Nullable;

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
      throw existing(file, e);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /// Refuses an existing file.
  ///
  /// @throws BundleException `key-unusable` if it exists
  static void requireAbsent(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw existing(file, null);
    }
  }

  private static BundleException existing(Path file, @Nullable FileAlreadyExistsException e) {
    return new BundleException(
        BundleCode.KEY_UNUSABLE,
        "cannot write %s: it exists, and is never overwritten".formatted(file),
        e);
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

  /// Refuses a key file that others may write to. Only the permissions of the file protect the name
  /// of the program or driver in it.
  ///
  /// @throws BundleException `key-unusable` if others may
  /// @throws IOException if the permissions cannot be read
  static void refuseForeign(Path file) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
    if (may.contains(PosixFilePermission.GROUP_WRITE)
        || may.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new BundleException(
          BundleCode.KEY_UNUSABLE,
          "cannot use the key file %s: it names a program, and other users can write it; run chmod 600"
              .formatted(file));
    }
  }
}
