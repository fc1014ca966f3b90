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

/// A folder of one run for what only the launcher may read; gone when it is closed.
record PrivateFolder(TemporaryFolder folder) implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> MINE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// Makes one below the folder for temporary files. Others may pass through it, because root's
  /// stage stands in it, and see nothing.
  static PrivateFolder make() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    return new PrivateFolder(TemporaryFolder.make(parent, "sandbox", "rwx--x--x"));
  }

  /// Returns where it is.
  Path path() {
    return folder.path();
  }

  /// Returns where a file is, or will be.
  Path place(String name) {
    return path().resolve(name);
  }

  /// Writes a file that only its user can read.
  Path file(String name, byte[] bytes) throws IOException {
    Path file = Files.createFile(place(name), MINE);
    return Files.write(file, bytes, StandardOpenOption.WRITE);
  }

  /// Makes a folder that only its user can enter.
  Path folder(String name) throws IOException {
    return Files.createDirectory(
        place(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// Tells whether a folder holds nothing.
  static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /// Takes the folder away with all that is in it; links are not followed.
  @Override
  public void close() {
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take away " + path(), e);
    }
  }
}
