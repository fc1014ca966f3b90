package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.deskapi.bundles.ExportRequest;
import lazaret.vetting.deskapi.bundles.ImportReply;
import lazaret.vetting.deskapi.bundles.ImportRequest;
import lazaret.vetting.deskapi.bundles.RollbackReply;
import lazaret.vetting.deskapi.bundles.RollbackRequest;
import lazaret.vetting.deskapi.bundles.SnapshotsReply;
import lazaret.vetting.deskapi.bundles.TrustReply;

/// The operations on snapshots and bundles.
public final class BundleOperations {
  /// Lists the snapshots that are retained.
  public static final Operation<EmptyRequest, SnapshotsReply> SNAPSHOTS =
      Operation.get("snapshots", "/snapshots", EmptyRequest.class, SnapshotsReply.class)
          .access(Access.READ)
          .summary("List the snapshots that are retained");

  /// Returns the root by which bundles are verified.
  public static final Operation<EmptyRequest, TrustReply> TRUST =
      Operation.get("trust", "/trust", EmptyRequest.class, TrustReply.class)
          .access(Access.READ)
          .summary("Return the root by which bundles are verified");

  /// Exports a bundle.
  public static final Operation<ExportRequest, ExportReply> EXPORT =
      Operation.post("exportBundle", "/bundles/export", ExportRequest.class, ExportReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Export a bundle");

  /// Imports a bundle.
  public static final Operation<ImportRequest, ImportReply> IMPORT =
      Operation.post("importBundle", "/bundles/import", ImportRequest.class, ImportReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Import a bundle");

  /// Serves an earlier snapshot.
  public static final Operation<RollbackRequest, RollbackReply> ROLLBACK =
      Operation.post("rollback", "/bundles/rollback", RollbackRequest.class, RollbackReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Serve an earlier snapshot");

  private BundleOperations() {}
}
