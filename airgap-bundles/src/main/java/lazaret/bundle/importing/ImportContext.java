package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.bundle.site.SiteConnection;
import lazaret.storage.files.FileTrees;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The store, folder and clock of an importing site.
///
/// @param desk the snapshots of the store
/// @param data the data folder of the store
/// @param clock the clock
/// @param steps the listener for completed steps
/// @param connection the files of the site; null in a program without them
record ImportContext(
    SnapshotService desk,
    Path data,
    Clock clock,
    Steps steps,
    @Nullable SiteConnection connection) {
  /// Creates the context of a program without files of a site.
  ImportContext(SnapshotService desk, Path data, Clock clock, Steps steps) {
    this(desk, data, clock, steps, null);
  }

  /// Returns the files of the site, if this program has them.
  Optional<SiteConnection> site() {
    return Optional.ofNullable(connection);
  }

  /// A listener for completed steps, with which tests interrupt an import between two steps.
  @FunctionalInterface
  interface Steps {
    Steps NONE = _ -> {};

    /// Reports a completed step.
    void done(String step);
  }

  Store store() {
    return desk.store();
  }

  /// Returns the folder for staging.
  Path folder() {
    return data.resolve("import");
  }

  /// Removes all staging except the pending bundles. After a snapshot is in force, interrupted
  /// imports of other bundles cannot continue.
  void clear() throws IOException {
    if (!Files.isDirectory(folder())) {
      return;
    }
    try (Stream<Path> folders = Files.list(folder())) {
      for (Path folder : (Iterable<Path>) folders::iterator) {
        if (!folder.equals(PendingBundles.of(this).folder())) {
          FileTrees.delete(folder);
        }
      }
    }
  }
}
