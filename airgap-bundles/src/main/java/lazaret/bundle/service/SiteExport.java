package lazaret.bundle.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.importing.RootPins;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.site.CarriedFileRows;
import lazaret.bundle.site.ReleaseCheck;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.site.SiteSelection;
import lazaret.bundle.trust.SiteTrust;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationCodec;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import org.jspecify.annotations.Nullable;

/// The content of the site in an export: collections of files, a release of this program, and the
/// names of private crates. For one export.
final class SiteExport {
  private static final int BUFFER = 64 << 10;
  private static final int MOST_ROWS = 100_000;
  private static final String TYPE = "application/octet-stream";

  private final SnapshotService desk;
  private final @Nullable SiteConnection site;

  /// Creates an export.
  ///
  /// @param site the files of the site; null in a program without them
  SiteExport(SnapshotService desk, @Nullable SiteConnection site) {
    this.desk = desk;
    this.site = site;
  }

  private SiteConnection connection() {
    if (site == null) {
      throw new MalformedException(
          "cannot export files of the site: this program keeps none; export on a server");
    }
    return site;
  }

  /// Admits a release of this program, so that it is the only one among the files of the site.
  ///
  /// @param keys the folder whose newest root names the keys of releases
  /// @throws BundleException `site-refused` if the release is not signed by them, or incomplete
  void admit(ExportParameters.Contents contents, KeyFolder keys, String by) {
    Path folder = contents.product();
    if (folder == null) {
      return;
    }
    try {
      admit(folder, SiteTrust.of(keys.root()), by);
    } catch (IOException e) {
      throw ReleaseCheck.refused("'%s' cannot be read: %s".formatted(folder, e.getMessage()));
    }
  }

  private void admit(Path folder, SiteTrust trust, String by) throws IOException {
    ReleaseCheck release =
        ReleaseCheck.of((name, most) -> whole(folder.resolve(name), most), trust.releaseKeys());
    Map<String, Path> present = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> present.put(folder.relativize(file).toString(), file));
    }
    List<Batch.Write> writes = new ArrayList<>();
    SiteConnection to = connection();
    to.files().list(SiteFileCollection.PRODUCT, "", MOST_ROWS).stream()
        .map(to.files()::drop)
        .forEach(writes::add);
    for (String name : release.complete(present.keySet())) {
      Path file = present.get(name);
      if (file != null) {
        writes.add(to.files().put(row(release, name, file, by)));
      }
    }
    writes.add(
        new Batch.Write.Append(
            new Notice(
                Notice.Kind.PRODUCT_IMPORTED,
                desk.now(),
                by,
                null,
                null,
                "release %s of this program is carried by bundles".formatted(release.version()))));
    var _ = desk.store().commit(Batch.synced(writes));
  }

  private SiteFileRow row(ReleaseCheck release, String name, Path file, String by)
      throws IOException {
    Sha256 expected = release.files().get(name);
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file);
        SiteFileUpload upload = connection().files().files().begin(Files.size(file))) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        upload.write(buffer, 0, read);
      }
      var stored = upload.commit(expected);
      return new SiteFileRow(
          SiteFileCollection.PRODUCT,
          release.version() + '/' + name,
          stored.sha256(),
          stored.length(),
          TYPE,
          desk.now(),
          by,
          SiteFileRow.UPSTREAM,
          release.version());
    } catch (MalformedException e) {
      throw ReleaseCheck.refused("its file '%s': %s".formatted(name, e.getMessage()));
    }
  }

  private static Bytes whole(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("'%s' has more than %d bytes".formatted(file, most));
      }
      return Bytes.of(bytes);
    }
  }

  /// Selects what the bundle carries.
  ///
  /// @param bases the snapshots to which a delta applies; empty for another kind
  /// @param sequence the sequence of the snapshot
  SiteSelection select(ExportParameters order, List<BundleStatement.State> bases, long sequence)
      throws IOException {
    if (order.onlyDenies()) {
      return SiteSelection.NONE;
    }
    Set<Sha256> held =
        new CarriedFileRows(desk.store())
            .heldBy(bases.stream().map(BundleStatement.State::sequence).toList());
    SiteSelection files =
        order.contents().collections().isEmpty()
            ? SiteSelection.NONE
            : SiteSelection.of(connection(), order.contents().collections(), held, sequence);
    return files.withPrivate(privateRows(sequence));
  }

  /// Adds the revocations that a bundle of any kind carries.
  ///
  /// @param keys the folder whose newest root names the keys of results
  SiteSelection withRevocations(SiteSelection carried, KeyFolder keys) {
    return site == null
        ? carried
        : carried.withRevocations(site, RootPins.of(SiteTrust.of(keys.root())));
  }

  /// Returns the rows of private crates that are hosted here and are in a snapshot. Of their
  /// versions, only those that it serves are among them.
  private List<DeskRow> privateRows(long sequence) {
    List<DeskRow> rows = new ArrayList<>();
    try (Stream<DeskRow> names = desk.store().deskRows().list(DeskTable.NAMES, "")) {
      for (DeskRow row : (Iterable<DeskRow>) names::iterator) {
        HostedName name = PublicationCodec.decodeName(row.value());
        Optional<SnapshotCrate> crate =
            name.isHere()
                ? desk.store().snapshots().crate(name.name(), sequence)
                : Optional.empty();
        if (crate.isPresent()) {
          rows.add(row);
          rows.addAll(publications(crate.get()));
        }
      }
    }
    return rows;
  }

  private List<DeskRow> publications(SnapshotCrate crate) {
    return crate.lines().stream()
        .filter(line -> line.statement().allows())
        .map(line -> Publication.key(crate.name(), line.entry().version()))
        .flatMap(
            key ->
                desk.store().deskRows().find(DeskTable.PUBLICATIONS, key).stream()
                    .map(value -> new DeskRow(DeskTable.PUBLICATIONS, key, value)))
        .toList();
  }

  /// Returns the writes that record the files that networks with the snapshot have.
  List<Batch.Write> noted(long sequence, SiteSelection carried) {
    Set<Long> kept =
        desk.all().stream()
            .map(SnapshotInfo::sequence)
            .collect(Collectors.toCollection(HashSet::new));
    return new CarriedFileRows(desk.store()).noted(sequence, carried.named(), kept);
  }
}
