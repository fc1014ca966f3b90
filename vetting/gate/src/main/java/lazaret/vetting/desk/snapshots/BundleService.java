package lazaret.vetting.desk.snapshots;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.deskapi.bundles.ExportRequest;
import lazaret.vetting.deskapi.bundles.ImportReply;
import lazaret.vetting.deskapi.bundles.ImportRequest;
import lazaret.vetting.deskapi.bundles.RevocationInfo;
import lazaret.vetting.deskapi.bundles.RollbackReply;
import lazaret.vetting.deskapi.bundles.RollbackRequest;
import lazaret.vetting.deskapi.bundles.TrustReply;

/// The service that exports snapshots to other networks and imports them. It is an optional plug-in
/// of a server, which does not depend on it. Thread-safe; blocks until the operation ends.
public interface BundleService {
  /// Exports a bundle.
  ///
  /// @param by the name of the person who orders it
  /// @throws lazaret.vetting.LazaretException if the export is refused or fails; nothing was made
  ///   then, unless the message states it
  ExportReply export(ExportRequest request, String by);

  /// Imports a bundle, completely or not at all.
  ///
  /// @param by the name of the person who orders it
  /// @throws lazaret.vetting.LazaretException if the bundle is refused or the import fails
  ImportReply importBundle(ImportRequest request, String by);

  /// Puts an earlier snapshot in force.
  ///
  /// @param by the name of the person who orders it
  /// @throws lazaret.vetting.LazaretException if the snapshot is not retained
  RollbackReply rollback(RollbackRequest request, String by);

  /// Returns the lag of the store behind earlier imports into its folder, as after a restore from a
  /// backup. While there is a lag, imports are refused, and versions that were denied since may be
  /// served. Cheap: called for each status.
  ///
  /// @return the lag, or empty if there is none
  Optional<StoreLag> storeLag();

  /// Returns the root by which bundles are verified.
  default TrustReply trust() {
    return new TrustReply(false, null, null, null);
  }

  /// Returns the revocations made after the served snapshot, oldest first. Their denials are in
  /// force in addition to it.
  default List<RevocationInfo> revocations() {
    return List.of();
  }

  /// A factory of the service.
  interface Factory {
    /// Opens the service of a store.
    ///
    /// @param snapshots the service that makes snapshots and puts them in force
    /// @param settings the settings of the network
    /// @param clock the only source of time
    BundleService open(SnapshotService snapshots, BundleSettings settings, Clock clock);
  }

  /// Returns the factory among the providers of this program, or empty if there is none.
  static Optional<Factory> find() {
    return ServiceLoader.load(Factory.class).findFirst();
  }
}
