package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.sandbox.folders.TemporaryFolder;

/// A temporary folder of one run that only the launcher can read. It is removed when it is closed.
///
/// @param folder the underlying folder
record RunFolder(TemporaryFolder folder) implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> MINE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// Creates a folder in the folder for temporary files. Other users can pass through it to the
  /// stage of root, but cannot list it.
  static RunFolder make() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    return new RunFolder(TemporaryFolder.make(parent, "sandbox", "rwx--x--x"));
  }

  /// Returns the path of the folder.
  Path path() {
    return folder.path();
  }

  /// Returns the path of a file, which need not exist.
  Path create(String name) {
    return path().resolve(name);
  }

  /// Writes a file that only its user can read.
  Path file(String name, byte[] bytes) throws IOException {
    Path file = Files.createFile(create(name), MINE);
    return Files.write(file, bytes, StandardOpenOption.WRITE);
  }

  /// Creates a folder that only its user can enter.
  Path folder(String name) throws IOException {
    return Files.createDirectory(
        create(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// Returns whether a folder is empty.
  static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /// Removes the folder and its contents. Links are not followed.
  @Override
  public void close() {
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path(), e);
    }
  }
}
