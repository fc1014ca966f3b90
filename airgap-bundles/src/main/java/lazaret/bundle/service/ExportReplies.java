package lazaret.bundle.service;

import java.nio.file.Path;
import java.util.List;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.format.BundleStatement;
import lazaret.vetting.desk.snapshots.SnapshotDraft;
import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.deskapi.bundles.MissingVersionInfo;
import lazaret.vetting.deskapi.bundles.UnmetInSnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;

/// The replies of the verb `export`.
final class ExportReplies {
  /// The warning of an export from a gate without advisories.
  static final String NO_FEEDS =
      "the bundle has no advisories, because this gate has no feed: known bad versions are not recognized here or inside; 'vetting-cli feed import PATH' (RustSec or OSV), or set feeds.rustsec or feeds.osv, and export again";

  private ExportReplies() {}

  /// Returns the reply of a refused export, in which requested versions are missing.
  static ExportReply refused(SnapshotDraft draft) {
    return new ExportReply(
        false, null, null, 0, List.of(), null, List.of(), missing(draft), unmet(draft));
  }

  /// Returns the reply of a completed export.
  ///
  /// @param draft the exported draft
  /// @param exported the bundle
  /// @param removals the versions that the bundle removes on importing networks
  /// @param place the folder or the single file
  /// @param unsigned the roles that lack signatures
  static ExportReply exported(
      SnapshotDraft draft,
      BundleExporter.Exported exported,
      ExportRemovals removals,
      Path place,
      List<String> unsigned) {
    return new ExportReply(
        true,
        place.toString(),
        BundleInfos.bundle(exported.statement(), exported.digest()),
        draft.changed(),
        unsigned,
        removals.info(),
        warnings(exported.statement()),
        missing(draft),
        unmet(draft));
  }

  private static List<String> warnings(BundleStatement statement) {
    return statement.kind() == SnapshotKind.REVOCATION || !statement.feeds().isEmpty()
        ? List.of()
        : List.of(NO_FEEDS);
  }

  private static List<MissingVersionInfo> missing(SnapshotDraft draft) {
    return draft.missing().stream()
        .map(
            each ->
                new MissingVersionInfo(
                    each.name(), each.version(), each.why(), each.acceptedBefore()))
        .toList();
  }

  private static List<UnmetInSnapshotInfo> unmet(SnapshotDraft draft) {
    return draft.unmet().stream()
        .map(
            each ->
                new UnmetInSnapshotInfo(
                    each.by().name(),
                    each.by().version(),
                    each.dependency().packageName(),
                    each.dependency().req().toString(),
                    each.dependency().target() != null,
                    each.acceptedBefore()))
        .toList();
  }
}
