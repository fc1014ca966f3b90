package lazaret.vetting.desk;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import lazaret.vetting.Bytes;

/// What carries snapshots to other networks and takes them in: a part of the program that a server
/// may have or not, and that it does not know. Thread-safe; blocks for as long as it takes.
public interface Freight {
  /// Does something with bundles.
  ///
  /// @param verb what: `export`, `import`, `rollback`
  /// @param order a JSON object; its fields depend on the verb
  /// @param by who wants it
  /// @return a JSON object
  /// @throws lazaret.vetting.LazaretException if it is refused or fails, with the reason
  Bytes ask(String verb, Bytes order, String by);

  /// Tells whether the store is older than what was imported into its folder before, as one is that
  /// was brought back from a backup. Nothing is imported then, and what was denied since may be
  /// served. Cheap: asked with each status.
  ///
  /// @return empty where it is not
  Optional<Behind> behind();

  /// In what a store is older than what was imported into its folder.
  ///
  /// @param held the newest snapshot of the store; 0 for none
  /// @param mark the newest snapshot that was ever imported; 0 where that cannot be read
  /// @param lag what differs, in one clause that names no paths
  /// @param next what to do, in another one
  record Behind(long held, long mark, String lag, String next) {
    /// Returns both clauses.
    public String detail() {
      return lag + "; " + next;
    }
  }

  /// Opens the part over a store.
  interface Factory {
    /// Opens it.
    ///
    /// @param snapshots makes snapshots and puts them in force
    Freight open(SnapshotDesk snapshots, Place place, Clock clock);
  }

  /// Where bundles come to.
  ///
  /// @param data the data folder of the store
  /// @param networks the names that this network goes by: what bundles are for
  /// @param scan the program, by its absolute path, and its first arguments, that looks at what is
  ///   imported before it is taken; none for nothing
  /// @param scanPatience how long it may take for one file
  record Place(Path data, List<String> networks, List<String> scan, Duration scanPatience) {
    /// Copies the lists.
    public Place {
      networks = List.copyOf(networks);
      scan = List.copyOf(scan);
    }
  }

  /// Finds the part among what the program was started with; empty where it is not there.
  static Optional<Factory> find() {
    return ServiceLoader.load(Factory.class).findFirst();
  }
}
