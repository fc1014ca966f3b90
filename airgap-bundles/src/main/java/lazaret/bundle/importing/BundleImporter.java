package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.site.SiteConnection;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.retention.SnapshotSweep;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.deskapi.bundles.RevocationInfo;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;

/// The import of bundles into a store. Thread-safe; a second concurrent import is refused, on other
/// nodes of the store too.
public final class BundleImporter {
  private static final System.Logger LOG = System.getLogger(BundleImporter.class.getName());

  /// The codes of failures after which a repeated import continues from the stored parts.
  private static final Set<BundleCode> RESUMABLE =
      Set.of(
          BundleCode.PART_MISSING,
          BundleCode.PART_DAMAGED,
          BundleCode.MEDIUM_READ_FAILED,
          BundleCode.SPACE_INSUFFICIENT,
          BundleCode.SCAN_FAILED);

  private final ImportContext site;
  private final RollbackGuard marks;
  private final ImportLock lock;

  private BundleImporter(ImportContext site) {
    this.site = site;
    this.marks = new RollbackGuard(site);
    this.lock = new ImportLock(site.store());
  }

  /// Creates an importer.
  ///
  /// @param desk the snapshots of the store
  /// @param data the data folder of the store; it contains a folder `import` during an import
  /// @param clock the clock
  public static BundleImporter over(SnapshotService desk, Path data, Clock clock) {
    return new BundleImporter(new ImportContext(desk, data, clock, ImportContext.Steps.NONE));
  }

  /// Creates an importer that also imports files of a site.
  ///
  /// @param files the files of the site
  public static BundleImporter over(
      SnapshotService desk, Path data, Clock clock, SiteConnection files) {
    return new BundleImporter(
        new ImportContext(desk, data, clock, ImportContext.Steps.NONE, files));
  }

  /// Creates an importer that reports its steps, for tests.
  static BundleImporter over(ImportContext site) {
    return new BundleImporter(site);
  }

  /// Imports a bundle, or returns the plan of a dry run.
  ///
  /// @param order the request
  /// @param progress receives the progress from time to time
  /// @throws BundleException if the bundle is refused; the served snapshot stays unchanged
  /// @throws MalformedException if this store makes snapshots itself
  public ImportOutcome run(ImportOptions order, ImportProgress progress) {
    return lock.run(site.data(), () -> locked(order, progress));
  }

  private ImportOutcome locked(ImportOptions order, ImportProgress progress) {
    requireInside();
    ImportStart start = ImportStart.of(site);
    boolean inForce = false;
    try {
      ImportOutcome outcome = one(order, progress);
      if (order.dryRun()) {
        return outcome;
      }
      inForce = !(outcome instanceof ImportOutcome.Pending);
      return switch (outcome) {
        case ImportOutcome.Imported done ->
            new ImportOutcome.Imported(
                done.snapshot(),
                done.plan(),
                done.consequences(),
                done.highWaterMark(),
                finish(done.snapshot(), order, progress));
        // The work after that import may have been interrupted.
        case ImportOutcome.AlreadyImported(SnapshotInfo snapshot) -> {
          var _ = finish(snapshot, order, progress);
          yield outcome;
        }
        case ImportOutcome.Pending _, ImportOutcome.Planned _ -> outcome;
      };
    } catch (IOException e) {
      throw failed(e, start.tried(site, inForce));
    } catch (StoreException e) {
      if (e.code() == ErrorCode.DISK_FULL) {
        throw new BundleException(
            BundleCode.SPACE_INSUFFICIENT, start.tried(site, inForce) + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /// Completes the work that remains after a bundle is in force.
  private Optional<ImportOutcome.Imported> finish(
      SnapshotInfo done, ImportOptions order, ImportProgress progress) throws IOException {
    marks.write();
    site.steps().done("mark written");
    // A revocation does not affect the staging of other bundles.
    if (done.kind() == SnapshotKind.FULL || done.kind() == SnapshotKind.DELTA) {
      site.clear();
    }
    Optional<ImportOutcome.Imported> then = pending(order, progress);
    SnapshotSweep.old(site.desk());
    site.steps().done("swept");
    return then;
  }

  private BundleException failed(IOException e, String tried) {
    String why = PrivateFiles.describe(e);
    return new BundleException(
        RollbackGuard.code(why),
        "%s: writing to '%s' failed: %s".formatted(tried, site.data(), why),
        e);
  }

  private void requireInside() {
    if (site.desk().head() == 0 && !site.desk().all().isEmpty()) {
      throw new MalformedException(
          "cannot import: this store makes snapshots itself; import into another data folder");
    }
  }

  private ImportOutcome one(ImportOptions order, ImportProgress progress) throws IOException {
    marks.requireNotBehind();
    VerifiedBundle look = look(order);
    BundleStatement statement = look.bundle().statement();
    if (statement.kind() == SnapshotKind.ADVISORIES) {
      return new AdvisoriesImport(site, order, look).run();
    }
    var chain = new SnapshotChain(site.desk().all());
    if (statement.kind() == SnapshotKind.REVOCATION) {
      Optional<SnapshotInfo> held = revoked(look);
      if (held.isPresent()) {
        return new ImportOutcome.AlreadyImported(held.get());
      }
    }
    return switch (position(chain, look, order)) {
      case SnapshotChain.Position.AlreadyImported(SnapshotInfo snapshot) ->
          new ImportOutcome.AlreadyImported(snapshot);
      case SnapshotChain.Position.BaseMissing(long needed, String ask) -> {
        if (!order.early()) {
          throw new BundleException(BundleCode.BUNDLE_SEQUENCE_GAP, ask);
        }
        if (!order.dryRun()) {
          PendingBundles.of(site).keep(look, site, order, progress);
        }
        yield new ImportOutcome.Pending(statement.sequence(), needed, ask);
      }
      case SnapshotChain.Position.Next _ -> take(order, look, progress);
    };
  }

  private VerifiedBundle look(ImportOptions order) {
    try {
      return VerifiedBundle.into(order, site);
    } catch (BundleException e) {
      throw e.reason() == BundleCode.METADATA_ROLLBACK
          ? ImportedMetadata.of(site).map(last -> last.added(e)).orElse(e)
          : e;
    }
  }

  private Optional<SnapshotInfo> revoked(VerifiedBundle look) {
    List<SnapshotInfo> noted = site.desk().all();
    return noted.isEmpty()
        ? Optional.empty()
        : ImportedRevocations.of(site.store())
            .find(look.bundle().digest())
            .map(past -> RevocationImport.info(look.bundle(), noted.getLast(), past.at()));
  }

  private SnapshotChain.Position position(
      SnapshotChain chain, VerifiedBundle look, ImportOptions order) {
    BundleStatement statement = look.bundle().statement();
    try {
      SnapshotChain.Position place = chain.position(statement, look.bundle().digest());
      // A late bundle that would be kept could not be imported later either.
      if (look.late()
          && (place instanceof SnapshotChain.Position.Next
              || (place instanceof SnapshotChain.Position.BaseMissing && order.early()))) {
        onlyLateRevocations(chain, statement);
      }
      return place;
    } catch (BundleException e) {
      if (e.reason() == BundleCode.BUNDLE_FORK && !order.dryRun()) {
        Notice alarm =
            new Notice(
                Notice.Kind.BUNDLE_FORK,
                site.clock().instant(),
                order.by(),
                null,
                null,
                String.valueOf(e.getMessage()));
        site.store().commit(Batch.synced(List.<Batch.Write>of(new Batch.Write.Append(alarm))));
      }
      throw e;
    }
  }

  /// Accepts late metadata only for a revocation that is newer than the newest snapshot; a
  /// revocation can only deny.
  private void onlyLateRevocations(SnapshotChain chain, BundleStatement statement) {
    boolean revocation = statement.kind() == SnapshotKind.REVOCATION;
    if (!revocation) {
      ImportedMetadata.of(site)
          .ifPresent(
              last -> {
                throw last.refuses(statement, chain.base());
              });
    }
    if (!revocation || statement.sequence() <= chain.base()) {
      throw BundleException.older(
          revocation ? BundleCode.BUNDLE_REPLAYED : BundleCode.METADATA_ROLLBACK,
          "cannot import %s: snapshot %d was imported, which is newer; nothing is left to do"
              .formatted(SnapshotChain.what(statement), chain.base()));
    }
  }

  private ImportOutcome take(ImportOptions order, VerifiedBundle look, ImportProgress progress)
      throws IOException {
    Path folder =
        site.folder().resolve((order.dryRun() ? "dry-" : "") + look.bundle().digest().hex());
    StagingFolder staging = StagingFolder.open(folder, look.bundle());
    try {
      boolean revocation = look.bundle().statement().kind() == SnapshotKind.REVOCATION;
      if (!order.dryRun()) {
        marks.write();
      }
      SnapshotImport.Result taken =
          revocation
              ? new RevocationImport(site, order, look, staging, site.desk().all().getLast()).take()
              : new SnapshotImport(site, order, look.bundle(), staging, progress).take();
      if (order.dryRun()) {
        staging.remove();
        return new ImportOutcome.Planned(taken.plan());
      }
      HighWaterMark mark = marks.store().orElseThrow();
      mark.write(HighWaterMark.beside(site.data()));
      staging.remove();
      site.steps().done("staging removed");
      SnapshotInfo newest = site.desk().all().getLast();
      SnapshotInfo imported =
          revocation
              ? RevocationImport.info(look.bundle(), newest, site.clock().instant())
              : newest;
      return new ImportOutcome.Imported(
          imported, taken.plan(), taken.consequences(), mark, Optional.empty());
    } catch (BundleException e) {
      if (order.dryRun() || !RESUMABLE.contains(e.reason())) {
        abandon(order, staging);
      }
      throw e;
    }
  }

  /// Removes everything that was stored of a refused bundle.
  private void abandon(ImportOptions order, StagingFolder staging) throws IOException {
    staging.remove();
    if (!order.dryRun()) {
      SnapshotSweep.rows(site.store());
      site.store()
          .commit(
              Batch.relaxed(
                  List.<Batch.Write>of(
                      new Batch.Write.PutMeta(
                          MetaKey.BUNDLE_IMPORT, lazaret.vetting.Bytes.EMPTY))));
    }
  }

  /// Imports the pending bundles whose base is now in force.
  private Optional<ImportOutcome.Imported> pending(ImportOptions order, ImportProgress progress)
      throws IOException {
    PendingBundles room = PendingBundles.of(site);
    Optional<ImportOutcome.Imported> last = Optional.empty();
    for (Path copy : room.all()) {
      ImportOptions next =
          new ImportOptions(
              copy,
              order.by(),
              order.enclaves(),
              Optional.empty(),
              order.scan(),
              false,
              true,
              Optional.empty(),
              order.without());
      try {
        ImportOutcome outcome = one(next, progress);
        if (outcome instanceof ImportOutcome.Imported done) {
          last = Optional.of(done);
        }
        if (!(outcome instanceof ImportOutcome.Pending)) {
          room.drop(copy);
        }
      } catch (BundleException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "deferred bundle refused and removed: {0}",
            String.valueOf(e.getMessage()));
        if (!RESUMABLE.contains(e.reason())) {
          room.drop(copy);
        }
      }
    }
    return last;
  }

  /// Returns the high-water mark, or empty if there was no import.
  ///
  /// @throws BundleException `trust-unusable` if the file cannot be read
  public Optional<HighWaterMark> highWater() {
    return marks.newest();
  }

  /// Returns the revocations that were made after the served snapshot, oldest first. Their denials
  /// are in force in addition to it.
  public List<RevocationInfo> revocations() {
    long head = site.desk().head();
    return ImportedRevocations.of(site.store()).all().stream()
        .filter(past -> past.sequence() > head)
        .map(past -> new RevocationInfo(past.number(), past.at(), past.bundle(), past.versions()))
        .toList();
  }

  /// Returns how far the store is behind the high-water mark, or empty if it is not behind.
  public Optional<StoreLag> storeLag() {
    return marks.storeLag();
  }

  /// Accepts the store as current after it was restored from a backup. The next import is checked
  /// against its state. The decision is recorded in the ledger.
  ///
  /// @param reason the reason in the person's own words
  /// @param by the person who decides
  /// @return the new high-water mark
  /// @throws BundleException `trust-unusable` if no root is trusted, or the file cannot be written
  public HighWaterMark acknowledge(String reason, String by) {
    return marks.acknowledge(reason, by);
  }
}
