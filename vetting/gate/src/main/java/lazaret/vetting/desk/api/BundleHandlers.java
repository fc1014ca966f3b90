package lazaret.vetting.desk.api;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.bundles.BundleKind;
import lazaret.vetting.deskapi.bundles.RetainedSnapshotInfo;
import lazaret.vetting.deskapi.bundles.RevocationInfo;
import lazaret.vetting.deskapi.bundles.SnapshotsReply;
import lazaret.vetting.deskapi.bundles.TrustReply;
import lazaret.vetting.gate.store.RunningOperations;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;

/// The operations on snapshots and bundles.
final class BundleHandlers {
  private final SnapshotService snapshots;
  private final @Nullable BundleService bundles;
  private final RunningOperations running;

  /// @param bundles the service of bundles; null if the program was started without one
  /// @param running the long operations of the program
  BundleHandlers(Desk desk, @Nullable BundleService bundles, RunningOperations running) {
    this.snapshots = desk.snapshots();
    this.bundles = bundles;
    this.running = running;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(BundleOperations.SNAPSHOTS, (_, _) -> snapshots());
    handlers.add(BundleOperations.TRUST, (_, _) -> trust());
    handlers.add(
        BundleOperations.EXPORT,
        (request, caller) ->
            running.run("export", () -> service().export(request, caller.owner())));
    handlers.add(
        BundleOperations.IMPORT,
        (request, caller) ->
            running.run("import", () -> service().importBundle(request, caller.owner())));
    handlers.add(
        BundleOperations.ROLLBACK,
        (request, caller) ->
            running.run("rollback", () -> service().rollback(request, caller.owner())));
  }

  private BundleService service() {
    if (bundles == null) {
      throw new ProblemException(
          ErrorCode.CONFIG_INVALID,
          "this server was started without the part that handles bundles");
    }
    return bundles;
  }

  private SnapshotsReply snapshots() {
    return new SnapshotsReply(
        snapshots.head(),
        snapshots.all().stream().map(BundleHandlers::snapshot).toList(),
        revocations());
  }

  /// Returns the revocations after the served snapshot; none if the server has an upstream, whose
  /// own list of snapshots contains them.
  List<RevocationInfo> revocations() {
    return bundles == null || snapshots.head() == 0 ? List.of() : bundles.revocations();
  }

  Optional<StoreLag> storeLag() {
    return bundles == null ? Optional.empty() : bundles.storeLag();
  }

  /// Returns the root by which bundles are verified. It is public: each bundle contains it.
  private TrustReply trust() {
    return bundles == null ? new TrustReply(false, null, null, null) : bundles.trust();
  }

  private static RetainedSnapshotInfo snapshot(SnapshotInfo info) {
    return new RetainedSnapshotInfo(
        info.sequence(),
        info.epoch(),
        kind(info.kind()),
        info.stateRoot(),
        info.bundle(),
        info.issued(),
        info.at(),
        info.crates(),
        info.versions());
  }

  private static BundleKind kind(SnapshotKind kind) {
    return switch (kind) {
      case FULL -> BundleKind.FULL;
      case DELTA -> BundleKind.DELTA;
      case REVOCATION -> BundleKind.REVOCATION;
      case ADVISORIES -> BundleKind.ADVISORIES;
    };
  }
}
