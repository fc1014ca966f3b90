package lazaret.bundle.service;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lazaret.bundle.BundleException;
import lazaret.bundle.site.SiteConnection;
import lazaret.site.BundledCollection;
import lazaret.site.SiteBundles;
import lazaret.site.SiteFileService;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.desk.snapshots.BundleSettings;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.deskapi.bundles.ExportRequest;
import lazaret.vetting.deskapi.bundles.ImportReply;
import lazaret.vetting.deskapi.bundles.ImportRequest;
import lazaret.vetting.deskapi.bundles.RevocationInfo;
import lazaret.vetting.deskapi.bundles.RollbackReply;
import lazaret.vetting.deskapi.bundles.RollbackRequest;
import lazaret.vetting.deskapi.bundles.TrustReply;

/// The bundle service of a gate and its store. The message of a refused bundle begins with its
/// [lazaret.bundle.BundleCode]. Thread-safe.
public final class SnapshotBundleService implements BundleService, SiteBundles {
  private final SnapshotService snapshots;
  private final ExportService exports;
  private final ImportService imports;

  private SnapshotBundleService(SnapshotService snapshots, BundleSettings settings, Clock clock) {
    this.snapshots = snapshots;
    this.exports = new ExportService(snapshots, clock);
    this.imports = new ImportService(snapshots, settings, clock);
  }

  /// The factory, which `META-INF/services` names.
  public static final class Opener implements Factory {
    @Override
    public BundleService open(SnapshotService snapshots, BundleSettings settings, Clock clock) {
      return new SnapshotBundleService(snapshots, settings, clock);
    }
  }

  @Override
  public void use(
      SiteFileService files, List<BundledCollection> collections, SiteBundles.Names names) {
    SiteConnection site = new SiteConnection(files, collections, names);
    exports.use(site);
    imports.use(site);
  }

  @Override
  public ExportReply export(ExportRequest request, String by) {
    return coded(() -> exports.run(ExportParameters.of(request), by));
  }

  @Override
  public ImportReply importBundle(ImportRequest request, String by) {
    return coded(() -> imports.run(request, by));
  }

  @Override
  public RollbackReply rollback(RollbackRequest request, String by) {
    if (request.snapshot() < 1) {
      throw new MalformedException(
          "cannot roll back: expected 1 or more as SNAPSHOT, found " + request.snapshot());
    }
    if (request.reason().isBlank()) {
      throw new MalformedException("cannot roll back: expected a reason, found a blank one");
    }
    return coded(
        () ->
            new RollbackReply(
                request.snapshot(),
                BundleInfos.reevaluation(
                    snapshots.rollback(request.snapshot(), by, request.reason()))));
  }

  @Override
  public Optional<StoreLag> storeLag() {
    return imports.storeLag();
  }

  @Override
  public TrustReply trust() {
    return imports.trust();
  }

  @Override
  public List<RevocationInfo> revocations() {
    return imports.revocations();
  }

  private static <T> T coded(Supplier<T> action) {
    try {
      return action.get();
    } catch (BundleException e) {
      throw e.saying("%s: %s".formatted(e.reason().code(), e.getMessage()));
    }
  }
}
