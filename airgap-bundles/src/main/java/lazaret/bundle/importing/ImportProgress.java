package lazaret.bundle.importing;

/// A listener for the progress of an import. One thread calls it.
@FunctionalInterface
public interface ImportProgress {
  /// The listener that ignores all reports.
  ImportProgress NONE = (_, _, _) -> {};

  /// A stage of an import.
  enum Stage {
    /// The tables are copied, verified and compared.
    TABLES,
    /// The parts are scanned, if the operator has a scanner, then read and their artifacts stored.
    PARTS,
    /// A scanner examines the tables.
    SCAN,
    /// The result is compared with the statement of the bundle.
    CLOSING,
    /// The snapshot is put in force.
    FLIP
  }

  /// Reports the progress.
  ///
  /// @param stage the current stage
  /// @param done the bytes of parts so far
  /// @param total the bytes of all parts to read
  void at(Stage stage, long done, long total);
}
