package lazaret.bundle.importing;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.VerifyingTargetStream;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.plan.ImportPlan;
import lazaret.bundle.plan.ImportPlanBuilder;
import lazaret.bundle.plan.TableDiff;
import lazaret.bundle.trust.StoredTrust;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotLine;

/// The import of a revocation: denials are added to the ledger, and nothing else changes. The order
/// of several revocations has no effect. For one use.
final class RevocationImport {
  /// The largest number of lines of a revocation.
  static final int MOST = 10_000;

  private final ImportContext site;
  private final ImportOptions order;
  private final VerifiedBundle look;
  private final StagingFolder staging;
  private final SnapshotInfo newest;
  private final Instant now;
  private final ImportPlanBuilder plan = new ImportPlanBuilder(AdvisorySet.NONE);
  private final List<Batch.Write> writes = new ArrayList<>();
  private final DenialImport denials;
  private long crates;
  private long entries;

  /// Creates the import of a revocation.
  ///
  /// @param newest the newest stored snapshot
  RevocationImport(
      ImportContext site,
      ImportOptions order,
      VerifiedBundle look,
      StagingFolder staging,
      SnapshotInfo newest) {
    this.site = site;
    this.order = order;
    this.look = look;
    this.staging = staging;
    this.newest = newest;
    this.now = site.clock().instant();
    this.denials = new DenialImport(statement(), now);
  }

  private BundleStatement statement() {
    return look.bundle().statement();
  }

  /// Imports the revocation, or returns the plan of a dry run.
  SnapshotImport.Result take() throws IOException {
    for (BundleTarget file : BundleTarget.tables(statement())) {
      staging.copy(file.path(), BundleCode.METADATA_MISSING);
    }
    BundleInspection copies = staging.copies();
    nothingElse(copies);
    SiteImport files = SiteImport.read(site, order, look.bundle(), copies);
    TableDiff.crates(copies, this::crate);
    if (entries != statement().contents().entries()) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot use the index table: the statement counts %d lines, it has %d"
              .formatted(statement().contents().entries(), entries));
    }
    ImportPlan made =
        plan.finish(
            look.bundle(),
            newest.sequence(),
            new ImportPlan.Sample(0, List.of()),
            new ImportPlan.Volume(crates, entries, 0, 0, 0));
    site.steps().done("denials read");
    return new SnapshotImport.Result(
        made, order.dryRun() ? FeedUpdateReport.Reevaluation.NOTHING : publish(made, files));
  }

  private void nothingElse(BundleInspection copies) throws IOException {
    try (VerifyingTargetStream materials = TableDiff.open(copies, BundleTarget.SBOM);
        VerifyingTargetStream advisories = TableDiff.open(copies, BundleTarget.ADVISORIES);
        VerifyingTargetStream blobs = TableDiff.open(copies, BundleTarget.BLOBS)) {
      materials.finish();
      advisories.finish();
      boolean artifacts;
      try {
        artifacts = new BlobTable(blobs.in()).next().isPresent();
        blobs.finish();
      } catch (BundleException e) {
        throw blobs.instead(e);
      }
      if (artifacts
          || statement().contents().parts() > 0
          || !statement().feeds().isEmpty()
          || !statement().extras().site().hasOnlyRevocations()) {
        throw new BundleException(
            BundleCode.REVOCATION_NOT_MONOTONE,
            "cannot use a revocation with artifacts, files or feeds");
      }
    }
  }

  private void crate(SnapshotCrate crate) {
    crates++;
    entries += crate.lines().size();
    if (crate.gone() || entries > MOST) {
      throw new BundleException(
          crate.gone() ? BundleCode.REVOCATION_NOT_MONOTONE : BundleCode.LIMIT_EXCEEDED,
          crate.gone()
              ? "cannot use a revocation that removes the crate '%s'".formatted(crate.name())
              : "cannot use a revocation of more than %d lines".formatted(MOST));
    }
    for (SnapshotLine line : crate.lines()) {
      if (line.statement().allows()) {
        throw new BundleException(
            BundleCode.REVOCATION_NOT_MONOTONE,
            "cannot use a revocation that allows %s".formatted(line.entry().id()));
      }
      writes.add(denials.of(line.statement().claim()));
    }
    plan.add(Optional.empty(), new SnapshotCrate(crate.name(), served(crate)));
  }

  /// Returns the lines whose versions are served now. Versions that the store lacks or does not
  /// serve are not counted as revoked.
  private List<SnapshotLine> served(SnapshotCrate crate) {
    return crate.lines().stream().filter(line -> site.desk().serves(line.entry().id())).toList();
  }

  private FeedUpdateReport.Reevaluation publish(ImportPlan made, SiteImport files) {
    files.revoke();
    BundleInspection bundle = look.bundle();
    if (!look.late()) {
      writes.addAll(new StoredTrust(site.store()).published(bundle.trust(), statement().issued()));
    }
    writes.add(ImportedRevocations.of(site.store()).with(bundle.digest(), now, statement()));
    writes.add(
        new Batch.Write.Append(
            new Notice(
                Notice.Kind.SNAPSHOT_SERVED,
                now,
                order.by(),
                null,
                null,
                "%s is in force: denied versions: %d, of them served so far: %d; bundle %s"
                    .formatted(
                        SnapshotChain.what(statement()),
                        entries,
                        made.changes().revoked().count(),
                        bundle.digest()))));
    site.steps().done("about to revoke");
    FeedUpdateReport.Reevaluation consequences = site.desk().publish(writes);
    site.steps().done("revoked");
    return consequences;
  }

  /// Returns the description of a revocation for the response. No snapshot is stored under its
  /// sequence.
  static SnapshotInfo info(BundleInspection bundle, SnapshotInfo newest, Instant at) {
    BundleStatement statement = bundle.statement();
    return new SnapshotInfo(
        statement.epoch(),
        statement.sequence(),
        statement.kind(),
        newest.stateRoot(),
        bundle.digest(),
        statement.issued(),
        at,
        newest.crates(),
        newest.versions(),
        newest.bytes());
  }
}
