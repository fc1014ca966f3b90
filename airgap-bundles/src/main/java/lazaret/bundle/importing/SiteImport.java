package lazaret.bundle.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.FilePartReader;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.BundledFile;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.trust.SiteTrust;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCodec;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The import of the files of the site. They are stored by SHA-256, where no row names them, and
/// checked once more by what this site trusts. Their rows come into force with the snapshot. For
/// one use.
final class SiteImport {
  private static final int BUFFER = 64 << 10;

  private final ImportContext site;
  private final ImportOptions order;
  private final BundleInspection bundle;
  private final Instant now;
  private final List<DeskRow> rows;
  private final List<BundledFile> files;
  private final List<SiteFileCollection> taken;
  private DeniedContent denied = DeniedContent.NONE;

  private SiteImport(
      ImportContext site, ImportOptions order, BundleInspection bundle, SiteTables tables) {
    this.site = site;
    this.order = order;
    this.bundle = bundle;
    this.now = site.clock().instant();
    this.rows = tables.rows();
    this.files = tables.files();
    this.taken = new ArrayList<>();
  }

  /// Reads the tables of a bundle, which may carry nothing of the site.
  ///
  /// @param bundle the bundle, whose parts are on the medium
  /// @param copies the same bundle with copies of its tables
  /// @throws BundleException `table-malformed`, `table-hash-mismatch`; `site-refused` if the bundle
  ///   carries a collection that this program does not have
  static SiteImport read(
      ImportContext site, ImportOptions order, BundleInspection bundle, BundleInspection copies)
      throws IOException {
    BundleStatement.SiteContents contents = bundle.statement().extras().site();
    SiteImport read = new SiteImport(site, order, bundle, SiteTables.read(copies, contents));
    read.choose(contents.collections());
    return read;
  }

  private void choose(List<String> collections) {
    for (String name : collections) {
      if (name.equals(BundleStatement.SiteContents.PRIVATE)
          || name.equals(BundleStatement.SiteContents.REVOKED_RESULTS)) {
        continue;
      }
      SiteFileCollection collection =
          Coded.find(SiteFileCollection.class, name)
              .filter(each -> each != SiteFileCollection.ADVISORIES)
              .orElseThrow(() -> refused("this program has no collection '" + name + "'"));
      if (!order.without().contains(name)) {
        taken.add(collection);
      }
    }
    // Results are stored before the flip, so that no other collection is checked after them.
    taken.sort(Comparator.comparing(each -> each == SiteFileCollection.RESULTS));
    if (!taken.isEmpty()) {
      denied = DeniedContent.of(connection(), taken, rows);
    }
  }

  /// Returns a clause for each source that a person here denied, and the bundle does not.
  List<String> denied() {
    return denied.texts();
  }

  private SiteConnection connection() {
    return site.site()
        .orElseThrow(() -> refused("this program keeps no files of a site; use a server"));
  }

  /// Returns the rows of private names and their versions.
  List<DeskRow> privateRows() {
    BundleStatement.SiteContents contents = bundle.statement().extras().site();
    if (!contents.collections().contains(BundleStatement.SiteContents.PRIVATE)) {
      return List.of();
    }
    return rows.stream()
        .filter(row -> row.table() == DeskTable.NAMES || row.table() == DeskTable.PUBLICATIONS)
        .toList();
  }

  /// Returns the disk space that the files need, at most.
  long bytes() throws IOException {
    long bytes = 0;
    for (BundledFile file : needed()) {
      bytes += file.length();
    }
    return bytes;
  }

  /// Returns the files that rows of chosen collections name, without those that are stored and are
  /// not swept before their rows are in force.
  private List<BundledFile> needed() throws IOException {
    if (taken.isEmpty()) {
      return List.of();
    }
    Set<Sha256> wanted = wanted();
    Set<Sha256> named = connection().files().named();
    List<BundledFile> needed = new ArrayList<>();
    for (BundledFile file : files) {
      if (wanted.contains(file.digest())
          && store().find(file.digest()).filter(here -> stays(here, named)).isEmpty()) {
        needed.add(file);
      }
    }
    return needed;
  }

  /// Returns the SHA-256 that rows of chosen collections name.
  private Set<Sha256> wanted() {
    return received().stream().map(SiteFileRow::sha256).collect(Collectors.toSet());
  }

  /// Returns whether a stored file stays until the rows of the bundle name it.
  private boolean stays(SiteFile file, Set<Sha256> named) {
    return named.contains(file.sha256()) || SiteFileService.isRecent(file, now);
  }

  /// Stores the files again that are here, that the bundle lacks, and that could be swept.
  private void refresh() throws IOException {
    if (taken.isEmpty()) {
      return;
    }
    Set<Sha256> lacking = new HashSet<>(wanted());
    files.forEach(file -> lacking.remove(file.digest()));
    Set<Sha256> named = connection().files().named();
    for (Sha256 digest : lacking) {
      Optional<SiteFile> here = store().find(digest).filter(file -> !stays(file, named));
      if (here.isPresent()) {
        SiteFile _ = connection().files().renew(here.get());
      }
    }
  }

  private SiteFileStore store() {
    return connection().files().files();
  }

  /// Returns the rows of the files of chosen collections in the form in which they are stored here.
  /// Those that were removed here after a denial are left out.
  private List<SiteFileRow> received() {
    List<SiteFileRow> received = new ArrayList<>();
    for (DeskRow row : rows) {
      if (row.table() == DeskTable.SITE_FILES) {
        SiteFileRow file = file(row);
        if (taken.contains(file.collection()) && !denied.keys().contains(file.key())) {
          received.add(file);
        }
      }
    }
    return received;
  }

  private SiteFileRow file(DeskRow row) {
    try {
      SiteFileRow file = SiteFileCodec.decode(row.value());
      if (file.key().equals(row.key())) {
        return new SiteFileRow(
            file.collection(),
            file.path(),
            file.sha256(),
            file.length(),
            file.mediaType(),
            now,
            order.by(),
            origin(),
            file.reference());
      }
    } catch (LazaretException | IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
    throw malformed("the row of a file has another key than its path");
  }

  private String origin() {
    return SiteFileRow.BUNDLE + bundle.statement().stream().name();
  }

  private static BundleException malformed(String found) {
    return new BundleException(
        BundleCode.TABLE_MALFORMED, "cannot read site-rows.ndjson.gz: " + found);
  }

  private static BundleException refused(String why) {
    return new BundleException(
        BundleCode.SITE_REFUSED, "cannot import the files of the bundle: " + why);
  }

  /// Stores the files that are missing here. An interrupted import continues.
  ///
  /// @param scanner the scanner of the parts; null for none
  /// @throws BundleException `part-missing`, `part-damaged`, `blob-digest-mismatch`,
  ///   `scan-rejected`, `space-insufficient`
  void store(StagingFolder staging, @Nullable OperatorScanner scanner) throws IOException {
    refresh();
    Set<Sha256> wanted = needed().stream().map(BundledFile::digest).collect(Collectors.toSet());
    for (int part = 1; part <= bundle.statement().extras().site().parts(); part++) {
      int number = part;
      boolean useful =
          files.stream().anyMatch(f -> f.part() == number && wanted.contains(f.digest()));
      if (useful) {
        part(number, wanted, staging, scanner);
        site.steps().done("files " + number);
      }
    }
  }

  private void part(
      int part, Set<Sha256> wanted, StagingFolder staging, @Nullable OperatorScanner scanner)
      throws IOException {
    FilePartReader.Taker taker =
        (file, content) -> {
          if (wanted.contains(file.digest())) {
            keep(file, content);
          }
        };
    if (scanner == null) {
      FilePartReader.read(bundle, part, files, taker);
      return;
    }
    Path copy = staging.copy(BundleTarget.filePart(part), BundleCode.PART_MISSING);
    scanner.scan(copy);
    FilePartReader.read(staging.copies(), part, files, taker);
    staging.drop(copy);
  }

  private void keep(BundledFile file, InputStream content) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (SiteFileUpload upload = store().begin(file.length())) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        upload.write(buffer, 0, read);
      }
      SiteFile _ = upload.commit(file.digest());
    } catch (MalformedException e) {
      throw new BundleException(
          BundleCode.BLOB_DIGEST_MISMATCH,
          "cannot use a file of part %d: %s".formatted(file.part(), e.getMessage()),
          e);
    }
  }

  /// Takes the revocations of inspection results, which a bundle of any kind may carry. They have
  /// signatures of their own, and are in force at once. A program without results leaves them out:
  /// the next bundle has them again.
  void revoke() {
    String name = BundleStatement.SiteContents.REVOKED_RESULTS;
    List<String> carried = bundle.statement().extras().site().collections();
    if (carried.contains(name) && !order.without().contains(name)) {
      site.site()
          .flatMap(known -> known.of(SiteFileCollection.RESULTS))
          .ifPresent(
              results ->
                  results.revoked(new CarriedRows(bundle, rows).of(results, List.of(), store())));
    }
  }

  /// Takes the revocations, and checks all chosen collections. Nothing of these is in force yet.
  ///
  /// @return what comes into force; empty if nothing was chosen
  /// @throws BundleException `file-missing`, `site-refused`
  Optional<SiteFlip> checked() throws IOException {
    revoke();
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    List<SiteFileRow> all = received();
    for (SiteFileRow row : all) {
      requireStored(row, store());
    }
    SiteFlip flip = new SiteFlip(connection().files(), origin());
    for (SiteFileCollection collection : taken) {
      List<SiteFileRow> own = all.stream().filter(r -> r.collection() == collection).toList();
      List<DeskTable> tables =
          connection().of(collection).map(BundledCollection::tables).orElse(List.of());
      flip.add(new SiteFlip.Part(collection, tables, own, checked(collection, own, store())));
    }
    return Optional.of(flip);
  }

  /// Checks all chosen collections for a dry run, unless the medium lacks a part with their files.
  /// Nothing is stored.
  ///
  /// @throws BundleException `file-missing`, `site-refused`, `part-damaged`
  void check() throws IOException {
    Set<Integer> parts = needed().stream().map(BundledFile::part).collect(Collectors.toSet());
    if (taken.isEmpty()
        || !parts.stream().allMatch(part -> FilePartReader.isPresent(bundle, part))) {
      return;
    }
    for (int part : parts) {
      FilePartReader.check(bundle, part, files);
    }
    SiteFileStore both = new BundledFileStore(store(), bundle, files);
    List<SiteFileRow> all = received();
    for (SiteFileRow row : all) {
      requireStored(row, both);
    }
    for (SiteFileCollection collection : taken) {
      var _ =
          checked(
              collection, all.stream().filter(r -> r.collection() == collection).toList(), both);
    }
  }

  private static void requireStored(SiteFileRow row, SiteFileStore bytes) throws IOException {
    Optional<SiteFile> file = bytes.find(row.sha256());
    if (file.isEmpty() || file.get().length() != row.length()) {
      throw new BundleException(
          BundleCode.FILE_MISSING,
          "cannot import '%s' of '%s': its bytes are neither in the bundle nor here; ask for a full bundle"
              .formatted(row.path(), row.collection().code()));
    }
  }

  /// Checks a collection.
  ///
  /// @return reads what is stored, and returns the changes apart from the rows of files
  private Supplier<BundledCollection.Change> checked(
      SiteFileCollection collection, List<SiteFileRow> own, SiteFileStore bytes)
      throws IOException {
    if (collection == SiteFileCollection.PRODUCT) {
      SiteTrust trust = SiteTrust.of(bundle.trust().root());
      new ReleaseImport(bytes, trust.releaseKeys()).check(own);
      return () -> BundledCollection.Change.NONE;
    }
    BundledCollection checks =
        connection()
            .of(collection)
            .orElseThrow(
                () ->
                    refused(
                        "this program does not check the collection '%s'; leave it out with --without %s"
                            .formatted(collection.code(), collection.code())));
    BundledCollection.Received brought = new CarriedRows(bundle, rows).of(checks, own, bytes);
    try {
      if (order.dryRun()) {
        checks.check(brought);
        return () -> BundledCollection.Change.NONE;
      }
      List<DeskRow> accepted = checks.received(brought);
      return () -> checks.change(brought, accepted);
    } catch (MalformedException e) {
      throw SiteFlip.refused(collection, e);
    }
  }

  /// Returns the notices of what came into force.
  List<Batch.Write> notices() {
    return taken.contains(SiteFileCollection.PRODUCT)
        ? ReleaseImport.notices(received(), bundle.digest(), order.by(), now)
        : List.of();
  }
}
