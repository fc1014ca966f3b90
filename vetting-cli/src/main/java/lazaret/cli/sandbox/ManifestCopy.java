package lazaret.cli.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import lazaret.cli.desk.CliException;
import lazaret.vetting.ErrorCode;

/// A copy of the files that cargo reads when it resolves a workspace: manifests and the lockfile.
/// Source files are copied as empty files, because cargo only checks that they exist.
final class ManifestCopy extends SimpleFileVisitor<Path> {
  private static final int MOST_FILES = 200_000;
  private static final long MOST_BYTES = 32 << 20;
  private static final Set<String> COPIED = Set.of("Cargo.toml", "Cargo.lock");

  private final Path from;
  private final Path to;
  private int seen;

  private ManifestCopy(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /// Copies the skeleton of a workspace. Links are not followed.
  ///
  /// @throws CliException if the workspace is too large, or cannot be read or written
  static void copy(Path workspace, Path scratch) {
    try {
      Files.walkFileTree(workspace, new ManifestCopy(workspace, scratch));
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot copy the manifests of %s to resolve them: %s".formatted(workspace, e),
          e);
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    count();
    boolean passed =
        !folder.equals(from)
            && (folder.getFileName().toString().startsWith(".")
                || Files.exists(folder.resolve("CACHEDIR.TAG")));
    if (passed) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    Files.createDirectories(copyFile(folder));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    count();
    String name = file.getFileName().toString();
    if (attributes.isRegularFile() && COPIED.contains(name)) {
      if (attributes.size() > MOST_BYTES) {
        throw new IOException(file + " has over " + MOST_BYTES + " bytes");
      }
      Files.copy(file, copyFile(file));
    } else if (attributes.isRegularFile() && name.endsWith(".rs")) {
      Files.createFile(copyFile(file));
    }
    return FileVisitResult.CONTINUE;
  }

  private Path copyFile(Path path) {
    return to.resolve(from.relativize(path));
  }

  private void count() throws IOException {
    if (++seen > MOST_FILES) {
      throw new IOException("over " + MOST_FILES + " files; name the folder of the workspace");
    }
  }
}
