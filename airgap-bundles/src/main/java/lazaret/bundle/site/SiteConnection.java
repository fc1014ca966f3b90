package lazaret.bundle.site;

import java.util.List;
import java.util.Optional;
import lazaret.site.BundledCollection;
import lazaret.site.SiteBundles;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileService;

/// The files of the site that the service of bundles exports and imports.
///
/// @param files the files
/// @param collections what bundles carry of collections in addition to their files
/// @param names the names of the gate
public record SiteConnection(
    SiteFileService files, List<BundledCollection> collections, SiteBundles.Names names) {
  /// Copies the list.
  public SiteConnection {
    collections = List.copyOf(collections);
  }

  /// Returns what bundles carry of a collection in addition to its files, or empty for nothing.
  public Optional<BundledCollection> of(SiteFileCollection collection) {
    return collections.stream().filter(each -> each.collection() == collection).findFirst();
  }
}
