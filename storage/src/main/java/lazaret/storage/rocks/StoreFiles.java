package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.FileTrees;
import lazaret.storage.rocks.files.DatabaseManifestCopy;
import lazaret.storage.rocks.files.DiskReserve;
import lazaret.storage.rocks.files.HeadFile;
import lazaret.storage.rocks.files.LostRows;

/// The files of a store in a data folder.
final class StoreFiles {
  private static final List<String> FILES =
      List.of(
          DataFolderFiles.MARKER, HeadFile.NAME, DiskReserve.FILE, LedgerCopy.FILE, LostRows.FILE);

  private StoreFiles() {}

  /// Deletes the files, the marker of the store first. The data folder, its lock and its tokens
  /// stay.
  static void delete(Path folder) throws IOException {
    for (String file : FILES) {
      Files.deleteIfExists(folder.resolve(file));
    }
    for (String tree :
        List.of(
            DataFolder.DATABASE,
            DataFolder.UNFINISHED,
            DataFolder.ARRIVING,
            DatabaseManifestCopy.FOLDER,
            StoreRepair.ASIDE,
            DataFolder.BEFORE)) {
      FileTrees.delete(folder.resolve(tree));
    }
  }
}
