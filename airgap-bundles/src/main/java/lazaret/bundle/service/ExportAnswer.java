package lazaret.bundle.service;

import java.nio.file.Path;
import java.util.List;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.format.BundleStatement;
import lazaret.vetting.Bytes;
import lazaret.vetting.desk.snapshots.SnapshotDraft;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.snapshot.SnapshotKind;

/// The response of the verb `export`.
final class ExportAnswer {
  /// The warning of an export from a gate without advisories.
  static final String NO_FEEDS =
      "the bundle has no advisories, because this gate has no feed: known bad versions are not recognized here or inside; 'vetting-cli feed import PATH' (RustSec or OSV), or set feeds.rustsec or feeds.osv, and export again";

  private ExportAnswer() {}

  /// Returns the response of a refused export, in which requested versions are missing.
  static Bytes refused(SnapshotDraft draft) {
    return JsonWriter.object(
        json -> {
          json.put("exported", false);
          lacking(json, draft);
        });
  }

  /// Returns the response of a completed export.
  ///
  /// @param draft the exported draft
  /// @param exported the bundle
  /// @param removals the versions that the bundle removes on importing networks
  /// @param place the folder or the single file
  /// @param unsigned the roles that lack signatures
  static Bytes exported(
      SnapshotDraft draft,
      BundleExporter.Exported exported,
      ExportRemovals removals,
      Path place,
      List<String> unsigned) {
    BundleStatement said = exported.statement();
    return JsonWriter.object(
        json -> {
          json.put("exported", true).text("path", place);
          Statements.put(json, said, exported.digest());
          json.put("crates_changed", draft.changed()).texts("unsigned", unsigned);
          json.object("removed", removals::put);
          json.texts("warnings", warnings(said));
          lacking(json, draft);
        });
  }

  private static List<String> warnings(BundleStatement said) {
    return said.kind() == SnapshotKind.REVOCATION || !said.feeds().isEmpty()
        ? List.of()
        : List.of(NO_FEEDS);
  }

  private static void lacking(JsonWriter json, SnapshotDraft draft) {
    json.list(
        "missing",
        draft.missing(),
        (out, m) ->
            out.text("name", m.name())
                .text("version", m.version())
                .text("why", m.why())
                .put("told", m.acceptedBefore()));
    json.list(
        "unmet",
        draft.unmet(),
        (out, u) ->
            out.text("name", u.by().name())
                .text("version", u.by().version())
                .text("requires", u.dependency().packageName())
                .text("req", u.dependency().req())
                .put("target_only", u.dependency().target() != null)
                .put("told", u.acceptedBefore()));
  }
}
