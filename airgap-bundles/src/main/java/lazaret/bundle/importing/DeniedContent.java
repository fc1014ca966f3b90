package lazaret.bundle.importing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.bundle.BundleException;
import lazaret.bundle.site.SiteConnection;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.store.DeskRow;

/// The content of a bundle that persons here decided against, which stays so.
///
/// @param keys the keys of the rows of files that were removed here, which are not taken again
/// @param texts a clause for each denial that the bundle lacks
record DeniedContent(Set<String> keys, List<String> texts) {
  /// The content of a bundle without a decision of this site.
  static final DeniedContent NONE = new DeniedContent(Set.of(), List.of());

  DeniedContent {
    keys = Set.copyOf(keys);
    texts = List.copyOf(texts);
  }

  /// Returns what was decided against in some collections.
  ///
  /// @param rows the rows of the bundle: foreign data
  /// @throws BundleException `site-refused` if a row has another form
  static DeniedContent of(
      SiteConnection site, List<SiteFileCollection> collections, List<DeskRow> rows) {
    Set<String> keys = new HashSet<>();
    List<String> texts = new ArrayList<>();
    for (SiteFileCollection collection : collections) {
      site.of(collection)
          .ifPresent(
              each -> {
                BundledCollection.LocalDenials found = found(each, rows);
                found.paths().forEach(path -> keys.add(SiteFileRow.key(collection, path)));
                texts.addAll(found.texts());
              });
    }
    return new DeniedContent(keys, texts);
  }

  private static BundledCollection.LocalDenials found(
      BundledCollection collection, List<DeskRow> rows) {
    try {
      return collection.denials(
          rows.stream().filter(row -> collection.tables().contains(row.table())).toList());
    } catch (MalformedException e) {
      throw SiteFlip.refused(collection.collection(), e);
    }
  }
}
