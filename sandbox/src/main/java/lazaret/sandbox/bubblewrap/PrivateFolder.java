package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of one run for what only the launcher may read; gone when it is closed.
record PrivateFolder(Path path) implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> MINE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// Makes one below the folder for temporary files. Others may pass through it, because root's
  /// stage stands in it, and see nothing.
  static PrivateFolder make() throws IOException {
    Path folder = Files.createTempDirectory("lazaret-sandbox-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return new PrivateFolder(folder);
  }

  /// Returns where a file is, or will be.
  Path place(String name) {
    return path.resolve(name);
  }

  /// Writes a file that only its user can read.
  Path file(String name, byte[] bytes) throws IOException {
    Path file = Files.createFile(place(name), MINE);
    return Files.write(file, bytes, StandardOpenOption.WRITE);
  }

  /// Makes a folder that only its user can enter.
  Path folder(String name) throws IOException {
    return Files.createDirectory(
        path.resolve(name),
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
      Files.walkFileTree(path, new Removal());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take away " + path, e);
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    /// A build may leave folders that not even their owner can enter.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      boolean closed =
          e instanceof AccessDeniedException
              && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
              && !Files.isExecutable(file);
      if (!closed) {
        throw e;
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      Files.walkFileTree(file, this);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
