package lazaret.bundle.service;

import java.util.List;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.trust.Fingerprint;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.bundles.AffectedVersionInfo;
import lazaret.vetting.deskapi.bundles.BundleBaseInfo;
import lazaret.vetting.deskapi.bundles.BundleChangesInfo;
import lazaret.vetting.deskapi.bundles.BundleFeedInfo;
import lazaret.vetting.deskapi.bundles.BundleInfo;
import lazaret.vetting.deskapi.bundles.BundleKind;
import lazaret.vetting.deskapi.bundles.BundleReevaluationInfo;
import lazaret.vetting.deskapi.bundles.NamedItemsInfo;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.snapshot.SnapshotKind;

/// The conversion of values about bundles to records of the desk API.
public final class BundleInfos {
  private BundleInfos() {}

  /// Returns the metadata of a bundle, without regard to its signatures.
  ///
  /// @param digest the SHA-256 of the file of its statement
  public static BundleInfo bundle(BundleStatement statement, Sha256 digest) {
    return new BundleInfo(
        statement.folder(),
        digest,
        Fingerprint.of(digest).groups(),
        statement.stream().name(),
        statement.epoch(),
        statement.sequence(),
        kind(statement.kind()),
        statement.audience(),
        statement.result().stateRoot(),
        statement.result().crates(),
        statement.result().versions(),
        statement.result().bytes(),
        statement.issued(),
        statement.expires(),
        statement.nextExpectedBy(),
        statement.kind() == SnapshotKind.DELTA
            ? statement.bases().stream()
                .map(each -> new BundleBaseInfo(each.sequence(), each.stateRoot()))
                .toList()
            : List.of(),
        changes(statement.changes()),
        statement.feeds().stream()
            .map(each -> new BundleFeedInfo(each.info().name(), each.info().asOf()))
            .toList());
  }

  static BundleKind kind(SnapshotKind kind) {
    return switch (kind) {
      case FULL -> BundleKind.FULL;
      case DELTA -> BundleKind.DELTA;
      case REVOCATION -> BundleKind.REVOCATION;
      case ADVISORIES -> BundleKind.ADVISORIES;
    };
  }

  static SnapshotKind kind(BundleKind kind) {
    return switch (kind) {
      case FULL -> SnapshotKind.FULL;
      case DELTA -> SnapshotKind.DELTA;
      case REVOCATION -> SnapshotKind.REVOCATION;
      case ADVISORIES -> SnapshotKind.ADVISORIES;
    };
  }

  /// Returns the re-evaluated versions, with the numbers of clients that have versions that are no
  /// longer served.
  static BundleReevaluationInfo reevaluation(FeedUpdateReport.Reevaluation reevaluation) {
    return new BundleReevaluationInfo(
        reevaluation.versions(),
        reevaluation.withdrawn(),
        reevaluation.released(),
        reevaluation.affected().stream()
            .map(
                each ->
                    new AffectedVersionInfo(
                        each.name(),
                        each.version(),
                        each.holders().size() + each.more(),
                        each.lockfiles().size()))
            .toList());
  }

  private static BundleChangesInfo changes(BundleStatement.Changes changes) {
    return new BundleChangesInfo(
        items(changes.added()),
        items(changes.changed()),
        items(changes.yanked()),
        items(changes.removed()),
        items(changes.revoked()),
        items(changes.cksumChanged()));
  }

  private static NamedItemsInfo items(BundleStatement.Change change) {
    return new NamedItemsInfo(change.count(), change.items());
  }
}
