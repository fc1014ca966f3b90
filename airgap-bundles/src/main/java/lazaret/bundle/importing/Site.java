package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import lazaret.storage.PrivateFiles;
import lazaret.vetting.desk.SnapshotDesk;
import lazaret.vetting.desk.Store;

/// Where bundles are imported.
///
/// @param desk puts snapshots in force
/// @param data the data folder of its store
/// @param clock the time
/// @param steps told at the boundaries of steps
record Site(SnapshotDesk desk, Path data, Clock clock, Steps steps) {
  /// Whoever wants to see an import cut short between two steps.
  @FunctionalInterface
  interface Steps {
    Steps NONE = _ -> {};

    /// Is told that a step is done.
    void done(String step);
  }

  Store store() {
    return desk.store();
  }

  /// Returns the folder that staging lies in.
  Path folder() {
    return data.resolve("import");
  }

  /// Lets go of all staging: of other bundles nothing can go on after a snapshot is in force. What
  /// waits for its turn stays.
  void clear() throws IOException {
    if (!Files.isDirectory(folder())) {
      return;
    }
    try (Stream<Path> folders = Files.list(folder())) {
      for (Path folder : (Iterable<Path>) folders::iterator) {
        if (!folder.equals(WaitingRoom.of(this).folder())) {
          PrivateFiles.deleteTree(folder);
        }
      }
    }
  }
}
