package lazaret.cli.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import lazaret.cli.desk.CliException;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;

/// A private folder that goes away with all that is in it.
///
/// @param path where it is
public record ScratchFolder(Path path) implements AutoCloseable {
  /// Makes one.
  public static ScratchFolder make() {
    try {
      return new ScratchFolder(Files.createTempDirectory("lazaret-sandbox").toRealPath());
    } catch (IOException e) {
      throw failed("make a folder for temporary files", e);
    }
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(path, new Removal());
    } catch (IOException e) {
      throw failed("remove " + path, e);
    }
  }

  private static CliException failed(String tried, IOException e) {
    return new CliException(ErrorCode.CONFIG_INVALID, "cannot " + tried + ": " + e, e);
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
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
