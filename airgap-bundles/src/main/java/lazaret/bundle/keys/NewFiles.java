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

/// Files that are there whole or not at all: private keys for their owner alone, all else for
/// whoever carries it off.
final class NewFiles {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(
          Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private NewFiles() {}

  /// Makes a folder and those above it where they are missing, for their owner alone.
  ///
  /// @throws BundleException `key-unusable`
  static void folder(Path folder) {
    try {
      Files.createDirectories(folder, PRIVATE_FOLDER);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /// Writes a file that is not there yet, for its owner alone.
  ///
  /// @param aside as below
  /// @throws BundleException `key-unusable`, also where it is there
  static void createPrivate(Path file, Bytes content, Path aside) {
    create(file, content, aside, false);
  }

  /// Writes a file that is not there yet.
  ///
  /// @param aside an existing folder of the same disk, where a file stays under another name if
  ///   this is cut off
  /// @throws BundleException `key-unusable`, also where it is there
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
          "cannot write %s: it is there already, and is never overwritten".formatted(file),
          e);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /// Writes a file in place of the one that is there.
  ///
  /// @param aside as above
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

  /// A link fails where a file of that name is; sticks with a file system without links take a
  /// rename, which does not.
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
