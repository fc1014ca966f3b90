package lazaret.bundle.site;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.SiteRowTable;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCodec;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SitePins;
import lazaret.site.store.SiteFile;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;

/// The content of a site in an export.
///
/// @param collections the collections that it states completely, sorted
/// @param rows the rows, in the order of [SiteRowTable]
/// @param files the files that the bundle has, by SHA-256
/// @param warnings what a person may miss in the bundle, with the next step
public record SiteSelection(
    List<String> collections, List<DeskRow> rows, List<SiteFile> files, List<String> warnings) {
  /// An export of crates alone.
  public static final SiteSelection NONE =
      new SiteSelection(List.of(), List.of(), List.of(), List.of());

  /// Copies the lists, and sorts the collections and rows.
  public SiteSelection {
    collections = List.copyOf(new TreeSet<>(collections));
    rows = rows.stream().sorted(Comparator.comparing(SiteRowTable::order)).toList();
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  /// Selects whole collections. Of files that belong to versions, it takes those of the snapshot.
  ///
  /// @param wanted the collections
  /// @param held the files that each importing network has
  /// @param snapshot the sequence of the snapshot
  /// @throws BundleException `file-missing` if the bytes of a file are not stored
  /// @throws IOException if a file cannot be read
  public static SiteSelection of(
      SiteConnection site, Set<SiteFileCollection> wanted, Set<Sha256> held, long snapshot)
      throws IOException {
    List<String> names = new ArrayList<>();
    List<DeskRow> rows = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    SortedMap<Sha256, SiteFile> files = new TreeMap<>();
    for (SiteFileCollection collection : wanted) {
      names.add(collection.code());
      Optional<BundledCollection> more = site.of(collection);
      List<SiteFileRow> all = site.files().list(collection, "", SiteRowTable.MOST_ROWS);
      List<SiteFileRow> own = more.map(each -> each.files(all, snapshot)).orElse(all);
      for (SiteFileRow row : own) {
        rows.add(new DeskRow(DeskTable.SITE_FILES, row.key(), SiteFileCodec.encode(row)));
        SiteFile file =
            site.files()
                .open(row)
                .orElseThrow(
                    () ->
                        new BundleException(
                            BundleCode.FILE_MISSING,
                            "cannot export '%s' of '%s': its bytes are missing; run 'site-files check'"
                                .formatted(row.path(), collection.code())));
        if (!held.contains(row.sha256())) {
          files.put(row.sha256(), file);
        }
      }
      more.ifPresent(each -> rows.addAll(each.rows(own, snapshot, warnings::add)));
    }
    return new SiteSelection(names, rows, List.copyOf(files.values()), warnings);
  }

  /// Returns this selection with the rows of private names, if there are any.
  public SiteSelection withPrivate(List<DeskRow> more) {
    return with(BundleStatement.SiteContents.PRIVATE, more);
  }

  /// Adds the revocations that a bundle of any kind carries. A collection that is carried as a
  /// whole has them among its rows.
  ///
  /// @param pins what the root of the bundle accepts
  public SiteSelection withRevocations(SiteConnection site, SitePins pins) {
    List<DeskRow> more = new ArrayList<>();
    List<String> warned = new ArrayList<>(warnings);
    for (BundledCollection collection : site.collections()) {
      if (!collections.contains(collection.collection().code())) {
        more.addAll(collection.revocations(pins, warned::add));
      }
    }
    return new SiteSelection(collections, rows, files, warned)
        .with(BundleStatement.SiteContents.REVOKED_RESULTS, more);
  }

  private SiteSelection with(String collection, List<DeskRow> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<String> names = new ArrayList<>(collections);
    names.add(collection);
    List<DeskRow> all = new ArrayList<>(rows);
    all.addAll(more);
    return new SiteSelection(names, all, files, warnings);
  }

  /// Returns the SHA-256 of the files that the rows name, in the bundle or not.
  public SortedSet<Sha256> named() {
    SortedSet<Sha256> named = new TreeSet<>();
    for (DeskRow row : rows) {
      if (row.table() == DeskTable.SITE_FILES) {
        named.add(SiteFileCodec.decode(row.value()).sha256());
      }
    }
    return named;
  }
}
