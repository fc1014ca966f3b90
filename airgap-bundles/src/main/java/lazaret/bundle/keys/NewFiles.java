package lazaret.bundle.keys;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.storage.PublicFiles;
import lazaret.vetting.Bytes;

/// Operations that write files atomically. Private keys are readable by their owner only, all other
/// files by everyone.
final class NewFiles {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(
          Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private NewFiles() {}

  /// Creates a folder and its missing parents, accessible by their owner only.
  ///
  /// @throws BundleException `key-unusable`
  static void folder(Path folder) {
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
    create(file, content, aside, false);
  }

  /// Writes a new file.
  ///
  /// @param aside an existing folder on the same file system for the temporary file, which is left
  ///   there after an interruption
  /// @throws BundleException `key-unusable`, also if the file exists
  static void create(Path file, Bytes content, Path aside) {
    create(file, content, aside, true);
  }

  private static void create(Path file, Bytes content, Path aside, boolean open) {
    try {
      Path part = part(aside, content, open);
      try {
        link(part, file);
      } finally {
        Files.deleteIfExists(part);
      }
      sync(file);
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
  static void replace(Path file, Bytes content, Path aside) {
    try {
      Files.move(part(aside, content, true), file, StandardCopyOption.ATOMIC_MOVE);
      sync(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static Path part(Path aside, Bytes content, boolean open) throws IOException {
    Path part = Files.createTempFile(aside, ".", ".part", PRIVATE);
    try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
      var bytes = java.nio.ByteBuffer.wrap(content.array());
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
      if (open) {
        PublicFiles.open(part);
      }
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    return part;
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

  private static void sync(Path file) throws IOException {
    try (FileChannel entries = FileChannel.open(file.toAbsolutePath().getParent())) {
      entries.force(true);
    }
  }

  private static BundleException failed(Path file, IOException e) {
    return new BundleException(
        BundleCode.KEY_UNUSABLE, "cannot write %s: %s".formatted(file, e), e);
  }
}
