package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.PrivateFiles;

/// The checks that a folder may hold a store, before anything in it changes.
final class DataFolderCheck {
  private DataFolderCheck() {}

  private static void makeFolder(Path wanted) {
    try {
      PrivateFiles.createFolders(wanted);
    } catch (IOException e) {
      Path parent = wanted.toAbsolutePath().getParent();
      throw StoreFailures.unusable(
          wanted,
          "it cannot be made in '%s' (%s); name a folder on a disk that this user may write to"
              .formatted(
                  parent,
                  e instanceof NoSuchFileException
                      ? "its file system does not allow new folders"
                      : PrivateFiles.describe(e)),
          e);
    }
  }

  /// Returns the real path of a folder that only this user can read; it is created if missing.
  static Path privateFolder(Path wanted) throws IOException {
    if (!Files.exists(wanted)) {
      makeFolder(wanted);
    }
    if (!Files.isDirectory(wanted)) {
      throw StoreFailures.unusable(wanted, "it is not a folder; name another one", null);
    }
    Path folder = wanted.toRealPath();
    String why = PrivateFiles.whyNotPrivate(folder);
    if (why != null) {
      throw StoreFailures.unusable(folder, why, null);
    }
    return folder;
  }

  /// Refuses a folder with files of another program.
  static void refuseForeign(Path folder) throws IOException {
    if (Files.exists(folder.resolve(DataFolderFiles.MARKER))) {
      return;
    }
    List<String> foreign;
    try (Stream<Path> entries = Files.list(folder)) {
      foreign =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !DataFolder.OURS.contains(name))
              .sorted()
              .toList();
    }
    if (foreign.contains("CURRENT") || Files.exists(folder.resolve("CURRENT"))) {
      throw StoreFailures.unusable(
          folder, "it holds the database of another program; name another folder", null);
    }
    if (foreign.stream().anyMatch(name -> name.startsWith(DataFolderFiles.HEAD_OF_CLUSTER))) {
      throw StoreFailures.unusable(
          folder,
          "it belongs to a server whose store is in PostgreSQL; name the configuration file of that"
              + " server with --config or LAZARET_CONFIG",
          null);
    }
    if (!foreign.isEmpty()) {
      throw StoreFailures.unusable(
          folder,
          "it is not empty and not a store of Lazaret's (it holds "
              + String.join(", ", foreign.subList(0, Math.min(3, foreign.size())))
              + "); name an empty or a new folder",
          null);
    }
  }
}
