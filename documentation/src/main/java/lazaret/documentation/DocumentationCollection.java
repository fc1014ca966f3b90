package lazaret.documentation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;

/// The documentation of a site in bundles. Records of builds that failed stay here. Thread-safe;
/// blocks.
public final class DocumentationCollection implements BundledCollection {
  private final Store store;
  private final DocumentationService documentation;

  /// Creates the check.
  public DocumentationCollection(Store store, DocumentationService documentation) {
    this.store = store;
    this.documentation = documentation;
  }

  @Override
  public SiteFileCollection collection() {
    return SiteFileCollection.DOCUMENTATION;
  }

  @Override
  public List<DeskTable> tables() {
    return List.of(DeskTable.DOCUMENTATION);
  }

  @Override
  public List<SiteFileRow> files(List<SiteFileRow> all, long snapshot) {
    Set<String> archives = new HashSet<>();
    Set<Sha256> shared = new HashSet<>();
    for (DeskRow row : served(snapshot)) {
      DocumentationRow pages = DocumentationRow.decode(row.value());
      archives.add(DocumentationBuilder.path(pages.id()));
      pages.shared().forEach(page -> shared.add(page.sha256()));
    }
    return all.stream()
        .filter(
            file ->
                archives.contains(file.path())
                    || (file.path().startsWith(DocumentationBuilder.SHARED)
                        && shared.contains(file.sha256())))
        .toList();
  }

  @Override
  public List<DeskRow> rows(List<SiteFileRow> files, long snapshot) {
    Set<Sha256> carried = digests(files);
    return served(snapshot).stream()
        .filter(row -> isCarried(DocumentationRow.decode(row.value()), carried))
        .toList();
  }

  /// Returns the rows of the versions that a snapshot serves. The name of another one may be
  /// private.
  private List<DeskRow> served(long snapshot) {
    Set<CrateId> versions;
    try (Stream<CrateId> served = store.snapshots().versions(snapshot)) {
      versions = served.collect(Collectors.toSet());
    }
    try (Stream<DeskRow> rows =
        store.deskRows().list(DeskTable.DOCUMENTATION, DocumentationRow.VERSIONS)) {
      return rows.filter(row -> versions.contains(DocumentationRow.decode(row.value()).id()))
          .toList();
    }
  }

  private static Set<Sha256> digests(List<SiteFileRow> files) {
    return files.stream().map(SiteFileRow::sha256).collect(Collectors.toSet());
  }

  private static boolean isCarried(DocumentationRow row, Set<Sha256> carried) {
    return row.archive() != null && carried.containsAll(row.files());
  }

  @Override
  public List<DeskRow> received(Received received) throws IOException {
    Set<Sha256> carried = digests(received.files());
    List<DeskRow> accepted = new ArrayList<>();
    for (DeskRow row : received.rows()) {
      accepted.add(documentation.take(checked(row, carried)));
    }
    return accepted;
  }

  /// Returns the rows of the bundle, and those of earlier bundles that it does not state any more.
  @Override
  public Change change(Received received, List<DeskRow> rows) {
    Set<String> stated = rows.stream().map(DeskRow::key).collect(Collectors.toSet());
    List<DeskRow> others;
    try (Stream<DeskRow> all =
        store.deskRows().list(DeskTable.DOCUMENTATION, DocumentationRow.VERSIONS)) {
      others = all.filter(row -> !stated.contains(row.key())).toList();
    }
    List<DeskRow> dropped =
        others.stream()
            .filter(row -> received.brought(store, SiteFileCollection.DOCUMENTATION, path(row)))
            .toList();
    return new Change(rows, dropped, Set.of());
  }

  private static String path(DeskRow row) {
    return DocumentationBuilder.path(DocumentationRow.decode(row.value()).id());
  }

  /// Checks rows and files; the archives of pages are read when they are stored.
  @Override
  public void check(Received received) {
    Set<Sha256> carried = digests(received.files());
    received.rows().forEach(row -> checked(row, carried));
  }

  private static DocumentationRow checked(DeskRow row, Set<Sha256> carried) {
    DocumentationRow pages = DocumentationRow.decode(row.value());
    if (!row.key().equals(DocumentationRow.key(pages.id().name(), pages.id().version()))) {
      throw new MalformedException(
          "cannot take documentation of %s: its row has another key".formatted(pages.id()));
    }
    if (!isCarried(pages, carried)) {
      throw new MalformedException(
          "cannot take documentation of %s: the bundle lacks files of it".formatted(pages.id()));
    }
    return pages;
  }
}
