package lazaret.vetting.desk.snapshots;

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

/// The service that exports snapshots to other networks and imports them. It is an optional plug-in
/// of a server, which does not depend on it. Thread-safe; blocks until the operation ends.
public interface BundleService {
  /// Executes an operation on bundles.
  ///
  /// @param verb the operation: `export`, `import`, `rollback`
  /// @param order a JSON object; its fields depend on the operation
  /// @param by the name of the person who orders it
  /// @return a JSON object
  /// @throws lazaret.vetting.LazaretException if the operation is refused or fails, with the reason
  Bytes ask(String verb, Bytes order, String by);

  /// Returns the lag of the store behind earlier imports into its folder, as after a restore from a
  /// backup. While there is a lag, imports are refused, and versions that were denied since may be
  /// served. Cheap: called for each status.
  ///
  /// @return the lag, or empty if there is none
  Optional<StoreLag> behind();

  /// The lag of a store behind earlier imports into its folder.
  ///
  /// @param stored the newest snapshot of the store; 0 if there is none
  /// @param highWaterMark the newest snapshot that was ever imported; 0 if that cannot be read
  /// @param lag the difference, in one clause without paths
  /// @param next the action to take, in one clause
  record StoreLag(long stored, long highWaterMark, String lag, String next) {
    /// Returns both clauses.
    public String detail() {
      return lag + "; " + next;
    }
  }

  /// Returns the trust of the store, which a person needs to check a bundle, or empty if no root is
  /// trusted.
  default Optional<Trust> trust() {
    return Optional.empty();
  }

  /// The trust of a store in bundles.
  ///
  /// @param root the file of the newest trusted root
  /// @param clockFloor the moment at which the newest bundle was made; null before the first import
  /// @param highWaterMark the line that the last import printed; null before the first import
  record Trust(Bytes root, @Nullable Instant clockFloor, @Nullable String highWaterMark) {}

  /// Returns the revocations made after the served snapshot, oldest first. Their denials are in
  /// force in addition to it.
  default List<Revocation> revocations() {
    return List.of();
  }

  /// An imported revocation.
  ///
  /// @param number its epoch and sequence, such as `e1/3`
  /// @param at the moment of the import
  /// @param bundle the SHA-256 of its statement
  /// @param versions the number of versions that it denies; 0 if an older program imported it
  record Revocation(String number, Instant at, Sha256 bundle, long versions) {}

  /// A factory of the service.
  interface Factory {
    /// Opens the service of a store.
    ///
    /// @param snapshots the service that makes snapshots and puts them in force
    /// @param place the settings of the network
    /// @param clock the only source of time
    BundleService open(SnapshotService snapshots, BundleSettings place, Clock clock);
  }

  /// The settings of a network that imports bundles.
  ///
  /// @param data the data folder of the store
  /// @param networks the names of this network, to which bundles are addressed
  /// @param scan the program that scans files before they are imported, by its absolute path, and
  ///   its first arguments; empty for no scan
  /// @param scanPatience the maximum time of a scan of one file
  record BundleSettings(
      Path data, List<String> networks, List<String> scan, Duration scanPatience) {
    /// Copies the lists.
    public BundleSettings {
      networks = List.copyOf(networks);
      scan = List.copyOf(scan);
    }
  }

  /// Returns the factory among the providers of this program, or empty if there is none.
  static Optional<Factory> find() {
    return ServiceLoader.load(Factory.class).findFirst();
  }
}
