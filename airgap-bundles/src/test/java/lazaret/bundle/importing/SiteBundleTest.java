package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.BundleVerifier;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.SnapshotSource;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.site.SiteSelection;
import lazaret.bundle.trust.StoredTrust;
import lazaret.site.BundledCollection;
import lazaret.site.SiteBundles;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileUpload;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.PublicationCodec;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of the site and private names in bundles.
class SiteBundleTest {
  private static final Set<SiteFileCollection> GIT = EnumSet.of(SiteFileCollection.GIT);
  private static final Bytes DENIED = Bytes.utf8("denied");

  @TempDir Path folder;
  private final TestExports.Memory source = new TestExports.Memory();
  private final Sources sources = new Sources();
  private SiteFileService outside;
  private NetworkFixture inside;
  private SiteFileService files;
  private NameOrigins origins = NameOrigins.ALL_PUBLIC;
  private ImportContext.Steps steps = ImportContext.Steps.NONE;

  /// The names that became private.
  private final List<CrateName> announced = new ArrayList<>();

  /// Sources of Git dependencies, of which a test can refuse all.
  private static final class Sources implements BundledCollection {
    private String refusal = "";

    /// The files that were read.
    private final List<String> contents = new ArrayList<>();

    private final List<DeskRow> carried = new ArrayList<>();

    /// Reads the stored row of a key.
    private Function<String, Optional<Bytes>> here = _ -> Optional.empty();

    @Override
    public SiteFileCollection collection() {
      return SiteFileCollection.GIT;
    }

    @Override
    public List<DeskTable> tables() {
      return List.of(DeskTable.GIT_SOURCES);
    }

    @Override
    public List<DeskRow> rows(List<SiteFileRow> files, long snapshot) {
      return carried;
    }

    @Override
    public List<DeskRow> received(Received received) throws IOException {
      for (SiteFileRow row : received.files()) {
        try (InputStream in = received.bytes().find(row.sha256()).orElseThrow().open(0)) {
          contents.add(Bytes.of(in.readAllBytes()).text());
        }
      }
      if (!refusal.isEmpty()) {
        throw new MalformedException(refusal);
      }
      return received.rows();
    }

    /// Rows that are denied here stay so.
    @Override
    public Change change(Received received, List<DeskRow> rows) {
      return new Change(
          rows.stream().filter(row -> !here.apply(row.key()).equals(Optional.of(DENIED))).toList());
    }
  }

  /// A source with files of the site.
  record WithSite(SnapshotSource below, SiteSelection site) implements SnapshotSource {
    @Override
    public Stream<SnapshotCrate> changed(long since) {
      return below.changed(since);
    }

    @Override
    public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
      return below.crate(name, asOf);
    }

    @Override
    public Optional<Bytes> artifact(Sha256 cksum) {
      return below.artifact(cksum);
    }

    @Override
    public Optional<String> license(Sha256 cksum) {
      return below.license(cksum);
    }

    @Override
    public List<Feed> feeds() {
      return below.feeds();
    }
  }

  @BeforeEach
  void open() throws IOException {
    outside =
        new SiteFileService(
            new InMemoryStore(), FolderSiteFileStore.open(folder.resolve("outside")));
    inside = NetworkFixture.open(folder.resolve("data"));
    files = new SiteFileService(inside.store(), FolderSiteFileStore.open(folder.resolve("inside")));
    Files.createDirectories(folder.resolve("medium"));
    source.add(1, crate("alpha", "1.0.0"));
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private SiteFileRow put(String path, String content) throws IOException {
    return put(SiteFileCollection.GIT, path, content);
  }

  private SiteFileRow put(SiteFileCollection collection, String path, String content)
      throws IOException {
    Bytes bytes = Bytes.utf8(content);
    SiteFile file;
    try (SiteFileUpload upload = outside.files().begin(bytes.length())) {
      upload.write(bytes.array(), 0, bytes.length());
      file = upload.commit(null);
    }
    SiteFileRow row =
        new SiteFileRow(
            collection,
            path,
            file.sha256(),
            file.length(),
            "application/x-tar",
            Formats.NOW,
            "ada",
            SiteFileRow.UPSTREAM,
            "a commit");
    var _ = outside.store().commit(Batch.synced(List.of(outside.put(row))));
    return row;
  }

  private SiteSelection selection(Set<Sha256> held) throws IOException {
    return SiteSelection.of(
        new SiteConnection(outside, List.of(sources), SiteBundles.Names.ALL_PUBLIC), GIT, held, 1);
  }

  private Path export(SiteSelection site, SnapshotKind kind, long sequence, long... bases)
      throws IOException {
    return export(site, TestExports.order(source, kind, sequence, bases));
  }

  private Path export(SiteSelection site, ExportOptions order) throws IOException {
    return BundleExporter.export(
            order, new WithSite(source, site), TestExports.signers(), folder.resolve("medium"))
        .folder();
  }

  private ImportOutcome run(Path bundle, String... without) {
    return run(ImportOptions.of(bundle, "ann").without(Set.of(without)));
  }

  private ImportOutcome run(ImportOptions order) {
    ImportContext context =
        new ImportContext(
            inside.desk.snapshots(),
            inside.data(),
            NetworkFixture.CLOCK,
            steps,
            new SiteConnection(
                files, List.of(sources), new SiteBundles.Names(origins, announced::add)));
    return BundleImporter.over(context).run(order, ImportProgress.NONE);
  }

  private void refused(BundleCode code, String says, Path bundle) {
    BundleException refusal = catchThrowableOfType(BundleException.class, () -> run(bundle));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(says);
  }

  private String content(SiteFileRow row) throws IOException {
    try (InputStream in = files.open(row).orElseThrow().open(0)) {
      return Bytes.of(in.readAllBytes()).text();
    }
  }

  @Test
  void filesComeIntoForceWithTheSnapshot() throws IOException {
    put("one.tar", "tree one");
    put("two.tar", "tree two");
    put("again.tar", "tree one");
    sources.carried.add(new DeskRow(DeskTable.GIT_SOURCES, "key", Bytes.utf8("{}")));
    Path bundle = export(selection(Set.of()), SnapshotKind.FULL, 1);

    assertThat(run(bundle)).isInstanceOf(ImportOutcome.Imported.class);

    SiteFileRow row = files.find(SiteFileCollection.GIT, "one.tar").orElseThrow();
    assertThat(content(row)).isEqualTo("tree one");
    assertThat(row.origin()).isEqualTo("bundle:prod");
    assertThat(row.by()).isEqualTo("ann");
    assertThat(row.reference()).isEqualTo("a commit");
    assertThat(files.list(SiteFileCollection.GIT, "", 10)).hasSize(3);
    assertThat(files.files().all()).hasSize(2);
    assertThat(inside.store().deskRows().find(DeskTable.GIT_SOURCES, "key"))
        .contains(Bytes.utf8("{}"));
    assertThat(inside.root()).isEqualTo(TestExports.root(source.crates(1)));
  }

  /// The check of a large bundle takes minutes, in which a person may decide.
  @Test
  void decisionDuringTheImportStays() throws IOException {
    put("one.tar", "tree one");
    sources.carried.add(row("key", Bytes.utf8("approved")));
    sources.here = this::stored;
    steps =
        step -> {
          if (step.equals("about to flip")) {
            store(row("key", DENIED));
          }
        };

    assertThat(run(export(selection(Set.of()), SnapshotKind.FULL, 1)))
        .isInstanceOf(ImportOutcome.Imported.class);

    assertThat(stored("key")).contains(DENIED);
  }

  /// Nothing names the file before the import, so that it could be swept meanwhile.
  @Test
  void oldFileWithoutARowIsStoredAgain() throws IOException {
    SiteFileRow one = put("one.tar", "tree one");
    Path bundle = export(selection(Set.of()), SnapshotKind.FULL, 1);
    String hex = one.sha256().hex();
    Path file = folder.resolve("inside").resolve(hex.substring(0, 2)).resolve(hex);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "tree one");
    FileTime old = FileTime.from(Formats.NOW.minus(SiteFileService.GRACE));
    Files.setLastModifiedTime(file, old);

    assertThat(run(bundle)).isInstanceOf(ImportOutcome.Imported.class);

    assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(old);
  }

  private static DeskRow row(String key, Bytes value) {
    return new DeskRow(DeskTable.GIT_SOURCES, key, value);
  }

  private Optional<Bytes> stored(String key) {
    return inside.store().deskRows().find(DeskTable.GIT_SOURCES, key);
  }

  private void store(DeskRow row) {
    var _ =
        inside.store().commit(Batch.synced(List.<Batch.Write>of(new Batch.Write.PutDeskRow(row))));
  }

  @Test
  void bundleStatesWhatAReaderMustKnow() throws IOException {
    put("one.tar", "tree one");
    Path with = export(selection(Set.of()), SnapshotKind.FULL, 1);
    String statement = Files.readString(TestExports.target(with, "bundle.json"));

    assertThat(statement)
        .contains(
            "\"requires\":[\"site-files\"]",
            "\"site\":{\"collections\":[\"git\"],\"parts\":1,\"rows\":1}");
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0"));
    String without =
        Files.readString(
            TestExports.target(export(SiteSelection.NONE, SnapshotKind.FULL, 2), "bundle.json"));
    assertThat(without).contains("\"requires\":[]").doesNotContain("\"site\"");
  }

  @Test
  void verificationWithoutAStoreReadsEachFile() throws IOException {
    put("one.tar", "tree one");
    put("two.tar", "x".repeat(5_000));
    Path bundle =
        export(
            selection(Set.of()),
            TestExports.withParts(TestExports.order(source, SnapshotKind.FULL, 1), 4_096));
    BundleInspection inspection =
        BundleInspection.of(
            BundleFiles.of(bundle),
            new TrustOverlay(new StoredTrust(inside.store()), false),
            Clock.fixed(Formats.NOW.plusSeconds(60), ZoneOffset.UTC));

    assertThat(inspection.statement().extras().site().parts()).isEqualTo(2);
    assertThat(BundleVerifier.check(inspection, _ -> {}).artifacts()).isEqualTo(1);
  }

  @Test
  void deltaLeavesOutWhatTheNetworkHasAndRemovesWhatIsNotStated() throws IOException {
    SiteFileRow one = put("one.tar", "tree one");
    SiteFileRow two = put("two.tar", "tree two");
    assertThat(run(export(selection(Set.of()), SnapshotKind.FULL, 1)))
        .isInstanceOf(ImportOutcome.Imported.class);
    var _ = outside.store().commit(Batch.synced(List.of(outside.drop(two))));
    put("three.tar", "tree three");
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0"));

    Path delta = export(selection(Set.of(one.sha256())), SnapshotKind.DELTA, 2, 1);

    assertThat(Files.readString(TestExports.target(delta, "files.tsv")).lines()).hasSize(1);
    assertThat(run(delta)).isInstanceOf(ImportOutcome.Imported.class);
    assertThat(files.list(SiteFileCollection.GIT, "", 10))
        .extracting(SiteFileRow::path)
        .containsExactly("one.tar", "three.tar");
  }

  @Test
  @Attack(74)
  void deltaWithoutItsFilesIsRefusedAsAWhole() throws IOException {
    SiteFileRow one = put("one.tar", "tree one");
    assertThat(run(export(SiteSelection.NONE, SnapshotKind.FULL, 1)))
        .isInstanceOf(ImportOutcome.Imported.class);
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0"));
    Path delta = export(selection(Set.of(one.sha256())), SnapshotKind.DELTA, 2, 1);

    refused(BundleCode.FILE_MISSING, "cannot import 'one.tar' of 'git'", delta);

    assertThat(inside.store().snapshots().head()).isEqualTo(1);
    assertThat(files.list(SiteFileCollection.GIT, "", 10)).isEmpty();
    assertThat(run(delta, "git")).isInstanceOf(ImportOutcome.Imported.class);
    assertThat(files.list(SiteFileCollection.GIT, "", 10)).isEmpty();
  }

  @Test
  @Attack(75)
  void collectionThatItsCheckRefusesFailsTheImport() throws IOException {
    put("one.tar", "tree one");
    sources.refusal = "the tree has another hash";
    Path bundle = export(selection(Set.of()), SnapshotKind.FULL, 1);

    refused(BundleCode.SITE_REFUSED, "the tree has another hash; or leave it out", bundle);

    assertThat(inside.store().snapshots().all()).isEmpty();
    assertThat(files.find(SiteFileCollection.GIT, "one.tar")).isEmpty();
    sources.refusal = "";
    assertThat(run(bundle)).isInstanceOf(ImportOutcome.Imported.class);
  }

  @Test
  void dryRunChecksCollectionsAndStoresNothing() throws IOException {
    put("one.tar", "tree one");
    put("two.tar", "tree two");
    Path bundle = export(selection(Set.of()), SnapshotKind.FULL, 1);
    ImportOptions dry = ImportOptions.of(bundle, "ann").dry();

    assertThat(run(dry)).isInstanceOf(ImportOutcome.Planned.class);

    sources.refusal = "the tree has another hash";
    BundleException refusal = catchThrowableOfType(BundleException.class, () -> run(dry));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(BundleCode.SITE_REFUSED);
    assertThat(run(dry.without(Set.of("git")))).isInstanceOf(ImportOutcome.Planned.class);
    assertThat(sources.contents).contains("tree one", "tree two");
    assertThat(files.files().all()).isEmpty();
    assertThat(files.list(SiteFileCollection.GIT, "", 10)).isEmpty();
    // Without the part there is nothing to check; the plan is made all the same.
    Files.delete(TestExports.target(bundle, "files-0001.tar"));
    assertThat(run(dry)).isInstanceOf(ImportOutcome.Planned.class);
  }

  @Test
  void dryRunFindsAChangedFile() throws IOException {
    put("one.tar", "tree one");
    Path bundle = export(selection(Set.of()), SnapshotKind.FULL, 1);
    Path part = TestExports.target(bundle, "files-0001.tar");
    byte[] bytes = Files.readAllBytes(part);
    bytes[512] ^= 1;
    Files.write(part, bytes);
    BundleException damaged =
        catchThrowableOfType(
            BundleException.class, () -> run(ImportOptions.of(bundle, "ann").dry()));
    assertThat(damaged.reason()).isEqualTo(BundleCode.PART_DAMAGED);
  }

  @Test
  void dryRunFindsAFileThatIsMissing() throws IOException {
    SiteFileRow one = put("one.tar", "tree one");
    assertThat(run(export(SiteSelection.NONE, SnapshotKind.FULL, 1)))
        .isInstanceOf(ImportOutcome.Imported.class);
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0"));
    Path delta = export(selection(Set.of(one.sha256())), SnapshotKind.DELTA, 2, 1);

    BundleException missing =
        catchThrowableOfType(
            BundleException.class, () -> run(ImportOptions.of(delta, "ann").dry()));

    assertThat(missing.reason()).isEqualTo(BundleCode.FILE_MISSING);
  }

  @Test
  @Attack(75)
  void releaseWithoutAKeyInTheRootIsRefused() throws IOException {
    put(SiteFileCollection.PRODUCT, "1.2.3/SHA256SUMS", "a list");
    put(SiteFileCollection.PRODUCT, "1.2.3/SHA256SUMS.sig", "a signature");
    Path bundle =
        export(
            SiteSelection.of(
                new SiteConnection(outside, List.of(), SiteBundles.Names.ALL_PUBLIC),
                EnumSet.of(SiteFileCollection.PRODUCT),
                Set.of(),
                1),
            SnapshotKind.FULL,
            1);

    refused(BundleCode.SITE_REFUSED, "the root names no key of releases", bundle);

    assertThat(inside.store().snapshots().all()).isEmpty();
    assertThat(run(bundle, "product")).isInstanceOf(ImportOutcome.Imported.class);
    assertThat(files.list(SiteFileCollection.PRODUCT, "", 10)).isEmpty();
  }

  @Test
  @Attack(73)
  void changedFileIsRefused() throws IOException {
    put("one.tar", "tree one");
    Path bundle = export(selection(Set.of()), SnapshotKind.FULL, 1);
    Path part = TestExports.target(bundle, "files-0001.tar");
    byte[] bytes = Files.readAllBytes(part);
    bytes[512] ^= 1;
    Files.write(part, bytes);

    refused(BundleCode.PART_DAMAGED, "files-0001.tar", bundle);

    assertThat(files.files().all()).isEmpty();
    bytes[512] ^= 1;
    Files.write(part, bytes);
    assertThat(run(bundle)).isInstanceOf(ImportOutcome.Imported.class);
  }

  @Test
  @Attack(73)
  void missingPartIsTakenLater() throws IOException {
    put("one.tar", "tree one");
    Path bundle = export(selection(Set.of()), SnapshotKind.FULL, 1);
    Path part = TestExports.target(bundle, "files-0001.tar");
    Path aside = folder.resolve("aside");
    Files.move(part, aside);

    refused(BundleCode.PART_MISSING, "files-0001.tar", bundle);

    Files.move(aside, part);
    assertThat(run(bundle)).isInstanceOf(ImportOutcome.Imported.class);
  }

  @Test
  void programWithoutFilesOfASiteRefusesThem() throws IOException {
    put("one.tar", "tree one");
    Path bundle = export(selection(Set.of()), SnapshotKind.FULL, 1);

    BundleException refusal = catchThrowableOfType(BundleException.class, () -> inside.run(bundle));

    assertThat(refusal.reason()).isEqualTo(BundleCode.SITE_REFUSED);
    assertThat(inside.store().snapshots().all()).isEmpty();
  }

  private static DeskRow name(String name, String from) {
    HostedName hosted = new HostedName(CrateName.parse(name), Formats.NOW, "ada", from);
    return new DeskRow(DeskTable.NAMES, hosted.key(), PublicationCodec.encode(hosted));
  }

  @Test
  void privateNamesKeepTheirOrigin() throws IOException {
    SiteSelection names = SiteSelection.NONE.withPrivate(List.of(name("alpha", HostedName.HERE)));
    origins = name -> name.published().equals("alpha") ? NameOrigin.RESERVED : NameOrigin.PUBLIC;

    assertThat(run(export(names, SnapshotKind.FULL, 1))).isInstanceOf(ImportOutcome.Imported.class);

    assertThat(
            inside
                .store()
                .deskRows()
                .find(DeskTable.NAMES, "alpha")
                .map(PublicationCodec::decodeName)
                .map(HostedName::from))
        .contains("bundle:prod");
    assertThat(announced).extracting(CrateName::published).containsExactly("alpha");
    source.add(2, crate("alpha", "1.0.0", "1.1.0"));
    assertThat(run(export(names, SnapshotKind.DELTA, 2, 1)))
        .isInstanceOf(ImportOutcome.Imported.class);
    source.add(3, crate("alpha", "1.0.0"));
    refused(
        BundleCode.TWO_ORIGINS,
        "the bundle has it as a public crate, and it is private here",
        export(SiteSelection.NONE, SnapshotKind.DELTA, 3, 2));
    assertThat(inside.store().snapshots().head()).isEqualTo(2);
  }

  @Test
  @Attack(76)
  void nameOfTwoRegistriesIsRefused() throws IOException {
    SiteSelection names = SiteSelection.NONE.withPrivate(List.of(name("alpha", HostedName.HERE)));
    Path bundle = export(names, SnapshotKind.FULL, 1);
    for (String other : List.of(HostedName.HERE, "bundle:elsewhere")) {
      var _ =
          inside
              .store()
              .commit(
                  Batch.synced(
                      List.<Batch.Write>of(new Batch.Write.PutDeskRow(name("Alpha", other)))));
      refused(BundleCode.TWO_ORIGINS, "cannot import the crate 'alpha'", bundle);
    }
    assertThat(inside.store().snapshots().all()).isEmpty();
  }

  @Test
  @Attack(76)
  void servedPublicNameIsNotReservedLater() throws IOException {
    assertThat(run(export(SiteSelection.NONE, SnapshotKind.FULL, 1)))
        .isInstanceOf(ImportOutcome.Imported.class);
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0"));

    refused(
        BundleCode.TWO_ORIGINS,
        "it was public in the snapshots before",
        export(
            SiteSelection.NONE.withPrivate(List.of(name("alpha", HostedName.HERE))),
            SnapshotKind.DELTA,
            2,
            1));
  }

  @Test
  @Attack(76)
  void publicCrateWithAReservedNameIsRefused() throws IOException {
    origins = _ -> NameOrigin.RESERVED;

    refused(
        BundleCode.TWO_ORIGINS,
        "a name belongs to one registry",
        export(SiteSelection.NONE, SnapshotKind.FULL, 1));
    assertThat(inside.store().snapshots().all()).isEmpty();
  }
}
