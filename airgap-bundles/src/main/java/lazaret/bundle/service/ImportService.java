package lazaret.bundle.service;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import lazaret.bundle.importing.BundleImporter;
import lazaret.bundle.importing.HighWaterMark;
import lazaret.bundle.importing.ImportOptions;
import lazaret.bundle.importing.ImportOutcome;
import lazaret.bundle.importing.ImportProgress;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.desk.snapshots.BundleSettings;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.deskapi.bundles.ImportReply;
import lazaret.vetting.deskapi.bundles.ImportRequest;
import lazaret.vetting.deskapi.bundles.RevocationInfo;
import lazaret.vetting.deskapi.bundles.TrustReply;
import lazaret.vetting.gate.store.RunningOperation;

/// The verb `import`. Thread-safe; one import at a time, see [BundleImporter].
final class ImportService {
  private final SnapshotService desk;
  private final BundleSettings settings;
  private final Clock clock;

  /// The importer; another one after the files of the site are known.
  private volatile BundleImporter importer;

  ImportService(SnapshotService desk, BundleSettings settings, Clock clock) {
    this.desk = desk;
    this.settings = settings;
    this.clock = clock;
    this.importer = BundleImporter.over(desk, settings.data(), clock);
  }

  /// Imports files of the site from now on.
  void use(SiteConnection site) {
    importer = BundleImporter.over(desk, settings.data(), clock, site);
  }

  ImportReply run(ImportRequest request, String by) {
    Set<String> networks = new HashSet<>(settings.networks());
    networks.addAll(request.networks());
    ImportOptions options =
        new ImportOptions(
            Path.of(request.bundle().text()),
            by,
            networks,
            Optional.ofNullable(request.approval()),
            scan(),
            request.dryRun(),
            request.early(),
            Optional.ofNullable(request.despiteExpiry()),
            Set.copyOf(request.without()));
    ImportOutcome outcome = importer.run(options, progress(RunningOperation.current()));
    return ImportReplies.of(outcome, options.dryRun() ? Optional.empty() : Receipt.of(desk));
  }

  /// Returns what notes the stages of an import as the phases of an operation.
  static ImportProgress progress(RunningOperation operation) {
    return (stage, done, total) -> {
      String phase = stage.name().toLowerCase(Locale.ROOT);
      if (!operation.state().share().phase().equals(phase)) {
        operation.begin(phase, total, "bytes");
      }
      operation.reach(done);
    };
  }

  Optional<StoreLag> storeLag() {
    return importer.storeLag();
  }

  TrustReply trust() {
    StoredTrust trust = new StoredTrust(desk.store());
    Instant floor = trust.clockFloor();
    return trust
        .read(Roles.ROOT)
        .map(
            root ->
                new TrustReply(
                    true,
                    root.text(),
                    floor.isAfter(Instant.EPOCH) ? floor : null,
                    importer.highWater().map(HighWaterMark::line).orElse(null)))
        .orElseGet(() -> new TrustReply(false, null, null, null));
  }

  List<RevocationInfo> revocations() {
    return importer.revocations();
  }

  private Optional<ImportOptions.Scan> scan() {
    return settings.scan().isEmpty()
        ? Optional.empty()
        : Optional.of(new ImportOptions.Scan(settings.scan(), settings.scanPatience()));
  }
}
