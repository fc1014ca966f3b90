package lazaret.bundle.importing;

/// Is told how an import goes on; called by one thread.
@FunctionalInterface
public interface Progress {
  /// Tells nobody.
  Progress NONE = (_, _, _) -> {};

  /// Where an import is.
  enum Stage {
    /// Tables are copied, checked and compared.
    TABLES,
    /// Parts are read and their artefacts stored.
    PARTS,
    /// A scanner looks at a file.
    SCAN,
    /// The whole is held against what the bundle states.
    CLOSING,
    /// It is put in force.
    FLIP
  }

  /// Tells how far it is.
  ///
  /// @param done bytes of parts so far
  /// @param total bytes of all parts that are to be read
  void at(Stage stage, long done, long total);
}
