package lazaret.vetting.desk;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

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

  /// Returns the trust of the store, by which a person checks a bundle; empty if no root is
  /// trusted.
  default Optional<Trust> trust() {
    return Optional.empty();
  }

  /// The trust of a store in bundles.
  ///
  /// @param root the file of the newest root that is trusted
  /// @param clockFloor the moment at which the newest bundle was made; null before the first import
  /// @param mark the line that the last import printed; null before the first import
  record Trust(Bytes root, @Nullable Instant clockFloor, @Nullable String mark) {}

  /// Returns the revocations that were made after the snapshot that is served, the oldest first:
  /// their denials are in force in addition to it.
  default List<Revocation> revocations() {
    return List.of();
  }

  /// A revocation that was imported.
  ///
  /// @param number its epoch and sequence, as `e1/3`
  /// @param at when it was imported
  /// @param bundle SHA-256 of its statement
  /// @param versions how many versions it denies; 0 for one that an older program imported
  record Revocation(String number, Instant at, Sha256 bundle, long versions) {}

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
