package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.ExternalDigestSort;
import lazaret.bundle.plan.ArtifactDiff;
import lazaret.bundle.plan.ImportPlan;
import lazaret.bundle.plan.ImportPlanBuilder;
import lazaret.bundle.plan.NewBuildScripts;
import lazaret.bundle.plan.SnapshotRowWriter;
import lazaret.bundle.plan.TableDiff;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.trust.StoredTrust;
import lazaret.site.SiteBundles;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.retention.SnapshotSweep;
import lazaret.vetting.desk.snapshots.StaleDataException;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The import of a full bundle or a delta: the tables, the parts, and the one write that puts
/// everything in force. For one use.
final class SnapshotImport {

  private final ImportContext site;
  private final ImportOptions order;
  private final BundleInspection bundle;
  private final StagingFolder staging;
  private final ImportProgress progress;
  private final Instant now;

  SnapshotImport(
      ImportContext site,
      ImportOptions order,
      BundleInspection bundle,
      StagingFolder staging,
      ImportProgress progress) {
    this.site = site;
    this.order = order;
    this.bundle = bundle;
    this.staging = staging;
    this.progress = progress;
    this.now = site.clock().instant();
  }

  /// The result of an import.
  ///
  /// @param plan the changes
  /// @param consequences the re-evaluated versions and the clients that have withdrawn versions;
  ///   empty in a dry run
  record Result(ImportPlan plan, FeedUpdateReport.Reevaluation consequences) {}

  /// Imports the bundle, or returns the plan of a dry run.
  Result take() throws IOException {
    progress.at(ImportProgress.Stage.TABLES, 0, 0);
    tables();
    if (!order.dryRun()) {
      begin();
    }
    try (var allowed = new ExternalDigestSort(staging.within("allowed"));
        var denied = new ExternalDigestSort(staging.within("denied"))) {
      return take(allowed, denied);
    }
  }

  private BundleStatement statement() {
    return bundle.statement();
  }

  /// Copies the tables. The SBOM is for people, so only its digest is checked.
  private void tables() throws IOException {
    List<BundleTarget> tables = BundleTarget.tables(statement());
    long room = bundle.length(BundleTarget.STATEMENT.path(), BundleCode.METADATA_MISSING);
    for (BundleTarget file : tables) {
      room += bundle.length(file.path(), BundleCode.METADATA_MISSING);
      room += statement().contents().tables().getOrDefault(file.path(), 0L);
    }
    requireSpace(room);
    for (BundleTarget file : tables) {
      staging.copy(file.path(), BundleCode.METADATA_MISSING);
    }
    try (var materials = TableDiff.open(staging.copies(), BundleTarget.SBOM)) {
      materials.finish();
    }
    site.steps().done("tables copied");
  }

  /// Records the import in the store. The remains of another import are removed first.
  private void begin() {
    Bytes mark = Bytes.utf8(bundle.digest().hex());
    Optional<Bytes> before =
        site.store().meta(MetaKey.BUNDLE_IMPORT).filter(value -> value.length() > 0);
    if (before.isPresent() && !before.get().equals(mark)) {
      SnapshotSweep.rows(site.store());
    }
    site.store()
        .commit(
            Batch.synced(
                List.<Batch.Write>of(new Batch.Write.PutMeta(MetaKey.BUNDLE_IMPORT, mark))));
    site.steps().done("marked");
  }

  private Result take(ExternalDigestSort allowed, ExternalDigestSort denied) throws IOException {
    BundleInspection copies = staging.copies();
    Optional<SnapshotInfo> base = newest();
    boolean later =
        ImportedAdvisories.of(site.store())
            .filter(last -> statement().issued().isBefore(last.issued()))
            .isPresent();
    FeedImport feeds = FeedImport.read(copies, site.store(), later);
    requireFresh(feeds);
    SiteImport files = SiteImport.read(site, order, bundle, copies);
    var plan = new ImportPlanBuilder(feeds.inForce());
    feeds.leftOutTexts().forEach(plan::addLeftOut);
    files.denied().forEach(plan::addDenied);
    var rows = new SnapshotRowWriter(site.store(), copies, plan, allowed, denied, !order.dryRun());
    OriginCheck names =
        new OriginCheck(site.store(), names().origins(), statement().stream().name(), rows)
            .with(files.privateRows());
    TableDiff.Read read = new TableDiff(copies, site.store().snapshots(), base, names).read();
    rows.finish(order.dryRun() || order.approval().isPresent());
    site.steps().done("rows");
    var parts = new ArtifactDiff(copies, site.store(), allowed);
    Set<Sha256> successors =
        plan.successors().stream().map(s -> s.now().cksum()).collect(Collectors.toSet());
    ArtifactDiff.Needed needed = parts.needed(successors);
    var load =
        new ImportPlan.Volume(
            read.crates(), read.entries(), needed.artifacts(), needed.bytes(), needed.stored());
    if (order.dryRun()) {
      files.check();
    } else {
      parts(parts, needed, files);
    }
    ImportPlan.Sample scripts =
        new NewBuildScripts(site.store(), id -> bytes(id, needed)).find(plan.successors());
    ImportPlan made =
        plan.finish(bundle, base.map(SnapshotInfo::sequence).orElse(0L), scripts, load);
    return new Result(
        made,
        order.dryRun()
            ? FeedUpdateReport.Reevaluation.NOTHING
            : flip(made, new Brought(feeds, files, names), denied));
  }

  /// The content that comes into force with the snapshot, apart from the rows of the site.
  private record Brought(FeedImport feeds, SiteImport files, OriginCheck names) {
    List<Batch.Write> writes(String by, Instant now) {
      List<Batch.Write> writes = new ArrayList<>(feeds.writes(by, now));
      writes.addAll(files.notices());
      writes.addAll(names.writes());
      return writes;
    }
  }

  private SiteBundles.Names names() {
    return site.site().map(SiteConnection::names).orElse(SiteBundles.Names.ALL_PUBLIC);
  }

  /// Refuses the import if the feeds are stale. Approved versions stay served then, but no new
  /// versions are accepted.
  private void requireFresh(FeedImport feeds) {
    List<FeedInfo> infos = feeds.inForce().feeds().stream().map(Feed::info).toList();
    try {
      site.desk().requireFreshFeeds(infos, "import " + SnapshotChain.what(statement()));
    } catch (StaleDataException e) {
      throw new BundleException(BundleCode.FEEDS_STALE, String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<SnapshotInfo> newest() {
    List<SnapshotInfo> noted = site.store().snapshots().all();
    return noted.isEmpty() ? Optional.empty() : Optional.of(noted.getLast());
  }

  private Optional<Bytes> bytes(CrateId id, ArtifactDiff.Needed needed) throws IOException {
    Optional<Bytes> held = site.store().artifact(id.cksum());
    var place = needed.positions().get(id.cksum());
    return held.isPresent() || place == null ? held : Optional.of(ArtifactDiff.read(bundle, place));
  }

  private void parts(ArtifactDiff parts, ArtifactDiff.Needed needed, SiteImport files)
      throws IOException {
    Optional<OperatorScanner> scanner = Optional.empty();
    long room = needed.bytes() + files.bytes();
    if (order.scan().isPresent()) {
      scanner = Optional.of(OperatorScanner.of(order.scan().get(), staging.folder()));
      room += largestPart();
      progress.at(ImportProgress.Stage.SCAN, 0, 0);
      scanner.get().scan(staging.folder());
    }
    requireSpace(room);
    new ArtifactImport(site, bundle, staging, needed, scanner, progress).take(parts);
    files.store(staging, scanner.orElse(null));
    site.steps().done("parts");
  }

  private long largestPart() {
    long largest = 0;
    for (int part = 1; part <= statement().contents().parts(); part++) {
      largest = Math.max(largest, bundle.length(BundleTarget.part(part), BundleCode.PART_MISSING));
    }
    for (int part = 1; part <= statement().extras().site().parts(); part++) {
      largest =
          Math.max(largest, bundle.length(BundleTarget.filePart(part), BundleCode.PART_MISSING));
    }
    return largest;
  }

  private void requireSpace(long bytes) throws IOException {
    long needed = bytes + bytes / 10;
    long free = Files.getFileStore(site.data()).getUsableSpace();
    if (free < needed) {
      throw new BundleException(
          BundleCode.SPACE_INSUFFICIENT,
          "cannot import the bundle: %d bytes are needed in '%s', %d are free; free disk space and import again"
              .formatted(needed, site.data(), free));
    }
  }

  /// Publishes the snapshot by one write. The rows of the site are made right before it, in their
  /// scope: a decision of a person since the check of the bundle stays.
  private FeedUpdateReport.Reevaluation flip(
      ImportPlan plan, Brought brought, ExternalDigestSort denied) throws IOException {
    progress.at(ImportProgress.Stage.FLIP, 0, 0);
    Optional<SiteFlip> rows = brought.files().checked();
    List<Batch.Write> more = brought.writes(order.by(), now);
    List<Batch.Write> writes =
        new ArrayList<>(
            new DenialImport(statement(), now)
                .of(site.store(), denied, some -> site.desk().publish(some)));
    SnapshotInfo info = SnapshotRowWriter.info(bundle, now);
    writes.add(new Batch.Write.PutSnapshot(info));
    writes.add(
        new Batch.Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8(Long.toString(info.sequence()))));
    writes.add(
        new Batch.Write.PutMeta(
            MetaKey.SNAPSHOT_NEXT, Bytes.utf8(statement().nextExpectedBy().toString())));
    writes.addAll(more);
    writes.addAll(new StoredTrust(site.store()).published(bundle.trust(), statement().issued()));
    writes.add(new Batch.Write.PutMeta(MetaKey.BUNDLE_IMPORT, Bytes.EMPTY));
    writes.add(new Batch.Write.Append(notice(plan)));
    // Nothing about a private name leaves the gate from here on, even if the switch fails.
    brought.names().added().forEach(names().added());
    writes.addAll(advised(brought.feeds()));
    site.steps().done("about to flip");
    FeedUpdateReport.Reevaluation consequences =
        rows.isEmpty()
            ? site.desk().publish(writes)
            : site.desk().publish(writes, WriteScope.SITE, rows.get()::writes);
    site.steps().done("flipped");
    return consequences;
  }

  /// Returns the denials of versions of the snapshot by advisories that were imported before and
  /// are newer than it.
  private List<Batch.Write> advised(FeedImport feeds) {
    if (feeds.leftOut().isEmpty()) {
      return List.of();
    }
    var denials = new AdvisoryDenials(site, statement(), feeds.known(), feeds.inForce());
    try (Stream<SnapshotCrate> crates = site.store().snapshots().crates(statement().sequence())) {
      return crates
          .flatMap(crate -> crate.lines().stream())
          .filter(line -> line.statement().allows())
          .map(line -> line.entry().id())
          .flatMap(id -> denials.of(id).stream())
          .flatMap(AdvisoryDenials.Effect::denials)
          .filter(denial -> !denials.isDenied(denial.id()))
          .<Batch.Write>map(Batch.Write.Append::new)
          .toList();
    }
  }

  private static String before(long head) {
    return head == 0 ? "nothing" : "snapshot " + head;
  }

  private Notice notice(ImportPlan plan) {
    ImportPlan.Changes changes = plan.changes();
    return new Notice(
        Notice.Kind.SNAPSHOT_SERVED,
        now,
        order.by(),
        null,
        null,
        "%s is served in place of %s: %d added, %d changed, %d removed, %d revoked, %d with other bytes; state root %s, bundle %s%s"
            .formatted(
                SnapshotChain.what(statement()),
                before(site.desk().head()),
                changes.added().count(),
                changes.changed().count() + changes.yanked().count(),
                changes.removed().count(),
                changes.revoked().count(),
                plan.attention().cksumChanged().count(),
                statement().result().stateRoot(),
                bundle.digest(),
                order.words()));
  }
}
