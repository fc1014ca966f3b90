package lazaret.vetting.desk;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.ServiceLoader;
import lazaret.vetting.Bytes;

/// What carries snapshots to other networks and takes them in: a part of the program that a server
/// may have or not, and that it does not know. Thread-safe; blocks for as long as it takes.
public interface Freight {
  /// Does something with bundles.
  ///
  /// @param verb what: `export`, `import`, `rollback`, `snapshots`
  /// @param order a JSON object; its fields depend on the verb
  /// @param by who wants it
  /// @return a JSON object
  /// @throws lazaret.vetting.LazaretException if it is refused or fails, with the reason
  Bytes ask(String verb, Bytes order, String by);

  /// Opens the part over a store.
  interface Factory {
    /// Opens it.
    ///
    /// @param snapshots makes snapshots and puts them in force
    /// @param data the data folder of the store
    Freight open(SnapshotDesk snapshots, Path data, Clock clock);
  }

  /// Finds the part among what the program was started with; empty where it is not there.
  static Optional<Factory> find() {
    return ServiceLoader.load(Factory.class).findFirst();
  }
}
