package lazaret.bundle.service;

import java.nio.file.Path;
import java.util.ArrayList;
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
  /// @param notes the roles that lack signatures, and warnings
  static ExportReply exported(
      SnapshotDraft draft,
      BundleExporter.Exported exported,
      ExportRemovals removals,
      Path place,
      Notes notes) {
    return new ExportReply(
        true,
        place.toString(),
        BundleInfos.bundle(exported.statement(), exported.digest()),
        draft.changed(),
        notes.unsigned(),
        removals.info(),
        warnings(exported.statement(), notes.warnings()),
        missing(draft),
        unmet(draft));
  }

  /// Returns the reply of an exported bundle of advisories.
  ///
  /// @param place the folder or the single file
  /// @param notes the roles that lack signatures, and warnings
  static ExportReply advisories(BundleExporter.Exported exported, Path place, Notes notes) {
    return new ExportReply(
        true,
        place.toString(),
        BundleInfos.bundle(exported.statement(), exported.digest()),
        0,
        notes.unsigned(),
        null,
        warnings(exported.statement(), notes.warnings()),
        List.of(),
        List.of());
  }

  /// The notes on a bundle for the person who exports it.
  ///
  /// @param unsigned the roles that lack signatures
  /// @param warnings what the bundle lacks of the site
  record Notes(List<String> unsigned, List<String> warnings) {
    /// Copies the lists.
    Notes {
      unsigned = List.copyOf(unsigned);
      warnings = List.copyOf(warnings);
    }
  }

  private static List<String> warnings(BundleStatement statement, List<String> more) {
    List<String> warnings = new ArrayList<>(more);
    if (statement.kind() != SnapshotKind.REVOCATION && statement.feeds().isEmpty()) {
      warnings.add(NO_FEEDS);
    }
    return warnings;
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
