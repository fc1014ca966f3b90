package lazaret.bundle.importing;

import java.util.List;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.trust.SiteTrust;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.store.SiteFileStore;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;

/// The rows of the site in a bundle, as the checks of collections receive them.
///
/// @param rows the rows of all collections
record CarriedRows(BundleInspection bundle, List<DeskRow> rows) {
  /// Returns a collection of the bundle.
  ///
  /// @param files the rows of its files, in the form in which they are stored here
  /// @param bytes a store that has the bytes of these files
  BundledCollection.Received of(
      BundledCollection collection, List<SiteFileRow> files, SiteFileStore bytes) {
    List<DeskTable> tables = collection.tables();
    return new BundledCollection.Received(
        files,
        rows.stream().filter(row -> tables.contains(row.table())).toList(),
        bytes,
        RootPins.of(SiteTrust.of(bundle.trust().root())),
        bundle.statement().stream().name());
  }
}
