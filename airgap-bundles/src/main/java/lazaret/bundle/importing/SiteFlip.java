package lazaret.bundle.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.SiteRowTable;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;

/// The rows of a site that come into force with a snapshot. They follow from the bundle and from
/// what is stored at that moment: a person may have decided during the import.
final class SiteFlip {
  /// The end of the paths of the manifests of toolchains.
  private static final String MANIFEST = ".toml";

  private final SiteFileService files;
  private final String origin;
  private final List<Part> parts = new ArrayList<>();

  /// Creates a flip without collections.
  ///
  /// @param files the files of the site
  /// @param origin the origin of the rows of files that the bundle brings
  SiteFlip(SiteFileService files, String origin) {
    this.files = files;
    this.origin = origin;
  }

  /// A collection that was checked.
  ///
  /// @param tables the tables whose rows belong to it, apart from the files
  /// @param files the rows of its files
  /// @param change reads what is stored, and returns the other changes
  record Part(
      SiteFileCollection collection,
      List<DeskTable> tables,
      List<SiteFileRow> files,
      Supplier<BundledCollection.Change> change) {
    Part {
      tables = List.copyOf(tables);
      files = List.copyOf(files);
    }
  }

  /// Adds a collection that was checked.
  void add(Part part) {
    parts.add(part);
  }

  /// Returns the writes of all collections by what is stored now. Rows that an earlier bundle of
  /// the stream brought and this one does not state are removed. Those that this gate fetched or
  /// built itself stay. A release replaces that of any stream, so that there is one.
  ///
  /// @throws BundleException `site-refused`
  List<Batch.Write> writes() {
    List<Batch.Write> writes = new ArrayList<>();
    for (Part part : parts) {
      BundledCollection.Change change;
      try {
        change = part.change().get();
      } catch (MalformedException e) {
        throw refused(part.collection(), e);
      }
      for (SiteFileRow row : part.files()) {
        if (!isHere(row) && !change.leftOut().contains(row.path())) {
          writes.add(files.put(row));
        }
      }
      writes.addAll(rows(part, change));
      writes.addAll(removals(part, change.kept()));
    }
    return writes;
  }

  static BundleException refused(SiteFileCollection collection, MalformedException e) {
    return new BundleException(
        BundleCode.SITE_REFUSED,
        "cannot import the collection '%s': %s; or leave it out with --without %s"
            .formatted(collection.code(), e.getMessage(), collection.code()),
        e);
  }

  /// Returns whether this gate fetched or built the same file itself, which stays its own then. It
  /// may belong to several channels or sources, and the row names one of them.
  private boolean isHere(SiteFileRow row) {
    return files
        .find(row.collection(), row.path())
        .filter(SiteFileRow::isOwn)
        .filter(own -> own.sha256().equals(row.sha256()))
        .filter(own -> !isManifest(row) || Objects.equals(own.reference(), row.reference()))
        .isPresent();
  }

  /// Returns whether a file is the manifest of a toolchain. The reference of its row is content: it
  /// states the components that are stored.
  private static boolean isManifest(SiteFileRow row) {
    return row.collection() == SiteFileCollection.TOOLCHAINS && row.path().endsWith(MANIFEST);
  }

  private static List<Batch.Write> rows(Part part, BundledCollection.Change change) {
    List<Batch.Write> writes = new ArrayList<>();
    for (DeskRow row : change.stored()) {
      writes.add(new Batch.Write.PutDeskRow(own(part, row)));
    }
    for (DeskRow row : change.dropped()) {
      writes.add(new Batch.Write.DropDeskRow(own(part, row).table(), row.key()));
    }
    return writes;
  }

  private static DeskRow own(Part part, DeskRow row) {
    if (!part.tables().contains(row.table())) {
      throw new IllegalStateException("a collection changes rows of foreign tables");
    }
    return row;
  }

  private List<Batch.Write> removals(Part part, Set<String> kept) {
    Set<String> stated = part.files().stream().map(SiteFileRow::key).collect(Collectors.toSet());
    boolean replaces = part.collection() == SiteFileCollection.PRODUCT && !part.files().isEmpty();
    return files.list(part.collection(), "", SiteRowTable.MOST_ROWS).stream()
        .filter(row -> replaces || row.origin().equals(origin))
        .filter(row -> !stated.contains(row.key()) && !kept.contains(row.path()))
        .map(files::drop)
        .toList();
  }
}
