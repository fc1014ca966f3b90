package lazaret.storage.rocks.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;

/// Hard links to the files of a database as they were before it was opened. At opening, RocksDB
/// deletes files that it considers obsolete: logs after a damaged record, or all newer tables if an
/// older manifest was restored. If the opening finds a loss, the links stay for a repair.
public final class DatabaseFileLinks {
  private static final System.Logger LOG = System.getLogger(DatabaseFileLinks.class.getName());

  private DatabaseFileLinks() {}

  /// Links all files of a database into a folder next to it; existing files stay.
  public static void keep(Path database, Path before) {
    try {
      if (!Files.exists(before)) {
        PrivateFiles.createFolders(before);
      }
      try (Stream<Path> files = Files.list(database)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          keepFile(file, before.resolve(file.getFileName().toString()));
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the files before this opening are not kept for a repair: {0}",
          e.getMessage());
    }
  }

  private static void keepFile(Path file, Path link) throws IOException {
    String name = file.getFileName().toString();
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && !name.startsWith("LO")
        && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      Files.createLink(link, file);
    }
  }

  /// Removes the links.
  public static void forget(Path before) {
    try {
      FileTrees.delete(before);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the files of an earlier opening stay in '" + before + "': " + PrivateFiles.describe(e));
    }
  }
}
