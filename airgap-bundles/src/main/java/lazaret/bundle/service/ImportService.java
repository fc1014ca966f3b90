package lazaret.bundle.service;

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
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.Bytes;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.gate.store.RunningOperation;

/// The verb `import`. Thread-safe; one import at a time, see [BundleImporter].
final class ImportService {
  private final SnapshotService desk;
  private final BundleService.BundleSettings place;
  private final BundleImporter importer;

  ImportService(SnapshotService desk, BundleService.BundleSettings place, Clock clock) {
    this.desk = desk;
    this.place = place;
    this.importer = BundleImporter.over(desk, place.data(), clock);
  }

  Bytes run(Wanted wanted, String by) {
    Set<String> networks = new HashSet<>(place.networks());
    networks.addAll(wanted.texts("networks"));
    var order =
        new ImportOptions(
            wanted.path("bundle"),
            by,
            networks,
            wanted.digest("approval"),
            scan(),
            wanted.flag("dry_run"),
            wanted.flag("early"),
            wanted.text("despite_expiry"));
    wanted.done();
    ImportOutcome outcome = importer.run(order, progress(RunningOperation.current()));
    return ImportAnswer.of(outcome, order.dryRun() ? Optional.empty() : Receipt.of(desk));
  }

  /// Returns what notes the stages of an import as the phases of an operation.
  static ImportProgress progress(RunningOperation operation) {
    return (stage, done, total) -> {
      String phase = stage.name().toLowerCase(Locale.ROOT);
      if (!operation.state().phase().equals(phase)) {
        operation.begin(phase, total);
      }
      operation.reach(done);
    };
  }

  Optional<BundleService.StoreLag> behind() {
    return importer.behind();
  }

  Optional<BundleService.Trust> trust() {
    var trust = new StoredTrust(desk.store());
    Instant floor = trust.clockFloor();
    return trust
        .read(Roles.ROOT)
        .map(
            root ->
                new BundleService.Trust(
                    root,
                    floor.isAfter(Instant.EPOCH) ? floor : null,
                    importer.highWater().map(HighWaterMark::line).orElse(null)));
  }

  List<BundleService.Revocation> revocations() {
    return importer.revocations();
  }

  private Optional<ImportOptions.Scan> scan() {
    return place.scan().isEmpty()
        ? Optional.empty()
        : Optional.of(new ImportOptions.Scan(place.scan(), place.scanPatience()));
  }
}
