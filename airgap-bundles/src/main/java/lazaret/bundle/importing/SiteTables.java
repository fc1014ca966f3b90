package lazaret.bundle.importing;

import java.io.IOException;
import java.util.List;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.VerifyingTargetStream;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.BundledFile;
import lazaret.bundle.format.FileTable;
import lazaret.bundle.format.SiteRowTable;
import lazaret.bundle.plan.TableDiff;
import lazaret.vetting.gate.store.DeskRow;

/// The tables of a bundle about a site.
///
/// @param rows the rows of all collections
/// @param files the files in the parts
record SiteTables(List<DeskRow> rows, List<BundledFile> files) {
  SiteTables {
    rows = List.copyOf(rows);
    files = List.copyOf(files);
  }

  /// Reads the tables.
  ///
  /// @param copies the bundle with copies of its tables
  /// @throws BundleException `table-malformed`, `table-hash-mismatch`
  static SiteTables read(BundleInspection copies, BundleStatement.SiteContents contents)
      throws IOException {
    if (contents.isEmpty()) {
      return new SiteTables(List.of(), List.of());
    }
    List<DeskRow> rows;
    try (VerifyingTargetStream table = TableDiff.open(copies, BundleTarget.SITE_ROWS)) {
      try {
        rows =
            SiteRowTable.read(
                TableDiff.lines(copies, table, BundleTarget.SITE_ROWS), contents.rows());
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
    }
    List<BundledFile> files;
    try (VerifyingTargetStream table = TableDiff.open(copies, BundleTarget.FILES)) {
      try {
        files = FileTable.read(table.in(), contents.parts());
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
    }
    return new SiteTables(rows, files);
  }
}
