package lazaret.bundle.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.ceremony.RootCeremony;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.Formats;
import lazaret.bundle.keys.EncryptedSeeds;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.site.CarriedFileRows;
import lazaret.bundle.site.FeedStates;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.site.SiteSelection;
import lazaret.site.BundledCollection;
import lazaret.site.SiteBundles;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.snapshots.BundleSettings;
import lazaret.vetting.deskapi.bundles.BundleKind;
import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.deskapi.bundles.ExportRequest;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationCodec;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The content of an export in addition to crates: files of the site, private names, and changes of
/// advisories.
class SiteExportTest {
  private static final String SECRET = "correct horse battery";
  private static final EncryptedSeeds.Cost CHEAP = new EncryptedSeeds.Cost(8 << 10, 1, 1);
  private static final long SNAPSHOT = 7;

  @TempDir Path folder;

  private final GateFixture gate = new GateFixture();
  private SiteFileService files;
  private SiteConnection site;
  private SnapshotBundleService service;

  @BeforeEach
  void open() throws IOException {
    files = new SiteFileService(gate.store, FolderSiteFileStore.open(folder.resolve("files")));
    site = new SiteConnection(files, List.of(), SiteBundles.Names.ALL_PUBLIC);
    service =
        (SnapshotBundleService)
            new SnapshotBundleService.Opener()
                .open(
                    gate.desk.snapshots(),
                    new BundleSettings(folder, List.of(), List.of(), Duration.ZERO),
                    gate.clock);
    service.use(files, List.of(), SiteBundles.Names.ALL_PUBLIC);
    Files.createDirectory(folder.resolve("medium"));
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void makeKeys() {
    for (String name : List.of("me", KeyFile.DECISIONS)) {
      KeyFile.create(name, SECRET.toCharArray(), CHEAP, new SecureRandom())
          .write(folder.resolve("keys"));
    }
    RootCeremony.Single _ =
        RootCeremony.single(
            folder.resolve("keys"),
            new RootCeremony.Alone("me", "prod", RootCeremony.LIFETIME),
            SECRET.toCharArray(),
            gate.clock);
  }

  private ExportRequest request(@Nullable BundleKind kind, boolean complete, String... with) {
    return new ExportRequest(
        new ServerPath(folder.resolve("medium").toString()),
        new ServerPath(folder.resolve("keys").toString()),
        new Secret(SECRET),
        kind,
        null,
        List.of(),
        kind == BundleKind.FULL ? List.of(CrateSpec.parse("alpha@1.0.0")) : List.of(),
        List.of(),
        false,
        false,
        false,
        List.of(),
        null,
        null,
        null,
        null,
        List.of(with),
        null,
        complete);
  }

  private CrateId held(String name) {
    CrateId id = gate.publish(name, "1.0.0", 100);
    assertThat(gate.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    return id;
  }

  private SiteFileRow put(String path) throws IOException {
    Bytes bytes = Bytes.utf8("content of " + path);
    SiteFile file;
    try (SiteFileUpload upload = files.files().begin(bytes.length())) {
      upload.write(bytes.array(), 0, bytes.length());
      file = upload.commit(null);
    }
    SiteFileRow row =
        new SiteFileRow(
            SiteFileCollection.GIT,
            path,
            file.sha256(),
            file.length(),
            "application/x-tar",
            gate.clock.instant(),
            "ada",
            SiteFileRow.UPSTREAM,
            null);
    var _ = gate.store.commit(Batch.synced(List.of(files.put(row))));
    return row;
  }

  private SiteSelection selected(List<BundleStatement.State> bases, String... with)
      throws IOException {
    return new SiteExport(gate.desk.snapshots(), site)
        .select(ExportParameters.of(request(BundleKind.FULL, false, with)), bases, SNAPSHOT);
  }

  private void host(String name, String... versions) {
    List<Batch.Write> writes = new ArrayList<>();
    HostedName hosted =
        new HostedName(CrateName.parse(name), gate.clock.instant(), "ada", HostedName.HERE);
    writes.add(
        new Batch.Write.PutDeskRow(
            new DeskRow(DeskTable.NAMES, hosted.key(), PublicationCodec.encode(hosted))));
    for (String version : versions) {
      writes.add(
          new Batch.Write.PutDeskRow(
              new DeskRow(
                  DeskTable.PUBLICATIONS,
                  Publication.prefix(hosted.name()) + version,
                  Bytes.utf8("{}"))));
    }
    var _ = gate.store.commit(Batch.synced(writes));
  }

  @Test
  void privateRowsAreThoseThatTheSnapshotServes() throws IOException {
    CrateId core = held("acme-core");
    host("acme-core", "1.0.0", "1.1.0-held");
    host("acme-secret", "1.0.0");
    gate.snapshot(SNAPSHOT, core);

    SiteSelection selection = selected(List.of());

    assertThat(selection.collections()).containsExactly(BundleStatement.SiteContents.PRIVATE);
    assertThat(selection.rows())
        .filteredOn(row -> row.table() == DeskTable.NAMES)
        .extracting(DeskRow::key)
        .containsExactly(core.name().collisionKey());
    assertThat(selection.rows())
        .filteredOn(row -> row.table() == DeskTable.PUBLICATIONS)
        .extracting(DeskRow::key)
        .containsExactly(Publication.key(core.name(), core.version()));
  }

  @Test
  void filesThatAllNetworksHaveAreLeftOut() throws IOException {
    SiteFileRow one = put("one.tar");
    gate.snapshot(SNAPSHOT, held("alpha"));
    SiteExport export = new SiteExport(gate.desk.snapshots(), site);
    var _ = gate.store.commit(Batch.synced(export.noted(3, selected(List.of(), "git"))));
    SiteFileRow two = put("two.tar");

    SiteSelection selection =
        selected(List.of(new BundleStatement.State(3, Sha256.of(Bytes.EMPTY))), "git");

    assertThat(new CarriedFileRows(gate.store).heldBy(List.of(3L))).containsExactly(one.sha256());
    assertThat(selection.files()).extracting(SiteFile::sha256).containsExactly(two.sha256());
    assertThat(selection.named()).containsExactlyInAnyOrder(one.sha256(), two.sha256());
  }

  @Test
  void missingBytesStopTheExport() throws IOException {
    SiteFileRow one = put("one.tar");
    files.files().delete(one.sha256());
    gate.snapshot(SNAPSHOT, held("alpha"));

    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> selected(List.of(), "git"));

    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(BundleCode.FILE_MISSING);
  }

  @Test
  void programWithoutFilesExportsNone() {
    SiteExport export = new SiteExport(gate.desk.snapshots(), null);
    ExportParameters order = ExportParameters.of(request(BundleKind.FULL, false, "git"));

    assertThatThrownBy(() -> export.select(order, List.of(), SNAPSHOT))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("this program keeps none");
  }

  /// A collection of results that has none to export now.
  private record Searching() implements BundledCollection {
    @Override
    public SiteFileCollection collection() {
      return SiteFileCollection.RESULTS;
    }

    @Override
    public List<DeskTable> tables() {
      return List.of(DeskTable.RESULTS);
    }

    @Override
    public List<DeskRow> rows(List<SiteFileRow> rows, long snapshot) {
      throw new IllegalStateException("the warning was not asked for");
    }

    @Override
    public List<DeskRow> rows(List<SiteFileRow> rows, long snapshot, Consumer<String> warnings) {
      warnings.accept("no results now; export again");
      return List.of();
    }

    @Override
    public List<DeskRow> received(Received received) {
      return List.of();
    }
  }

  @Test
  void replyWarnsOfACollectionThatCarriesNothing() {
    makeKeys();
    CrateId _ = held("alpha");
    feed(0);
    service.use(files, List.of(new Searching()), SiteBundles.Names.ALL_PUBLIC);

    ExportReply reply = service.export(request(BundleKind.FULL, false, "results"), "ann");

    assertThat(reply.exported()).isTrue();
    assertThat(reply.warnings()).containsExactly("no results now; export again");
  }

  private void feed(long seconds) {
    Feed usual = Formats.feed("osv");
    FeedInfo info = usual.info();
    Feed feed =
        new Feed(
            new FeedInfo(
                info.name(),
                info.format(),
                info.origin(),
                gate.clock.instant().plusSeconds(seconds),
                info.newest(),
                info.records(),
                info.skipped()),
            usual.advisories());
    var _ =
        gate.store.commit(
            Batch.synced(
                List.<Batch.Write>of(
                    new Batch.Write.PutFeed(new StoredFeed(feed, Validators.NONE)))));
  }

  private static String statement(ExportReply reply) throws IOException {
    String path = reply.path();
    assertThat(path).isNotNull();
    return Files.readString(TestExports.target(Path.of(String.valueOf(path)), "bundle.json"));
  }

  @Test
  void advisoriesNeedASnapshotAndAKnownBase() throws IOException {
    makeKeys();
    CrateId _ = held("alpha");
    assertThatThrownBy(() -> service.export(request(BundleKind.ADVISORIES, false), "ann"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected an earlier snapshot, found none");
    feed(0);
    ExportReply full = service.export(request(BundleKind.FULL, false), "ann");
    assertThat(full.exported()).isTrue();
    assertThat(new FeedStates(files).newest()).isPresent();
    feed(60);

    ExportReply first = service.export(request(BundleKind.ADVISORIES, false), "ann");

    assertThat(first.path()).endsWith("-advisories-1");
    assertThat(first.unsigned()).isEmpty();
    assertThat(statement(first)).contains("\"kind\":\"advisories\"");
    assertThat(service.export(request(BundleKind.ADVISORIES, true), "ann").path())
        .endsWith("-advisories-2");
    List<Batch.Write> drops =
        files.list(SiteFileCollection.ADVISORIES, "", 100).stream().map(files::drop).toList();
    var _ = gate.store.commit(Batch.synced(drops));
    assertThatThrownBy(() -> service.export(request(BundleKind.ADVISORIES, false), "ann"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("use --complete");
    assertThat(service.export(request(BundleKind.ADVISORIES, true), "ann").path())
        .endsWith("-advisories-3");
  }

  /// Without a refusal a person would believe that the bundle has the crates.
  @Test
  void advisoriesWithCratesOrLockfilesAreRefused() {
    ExportRequest usual = request(BundleKind.ADVISORIES, false);

    assertThatThrownBy(
            () ->
                ExportParameters.of(
                    naming(usual, List.of(CrateSpec.parse("alpha@1.0.0")), List.of(), false)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("cannot export advisories: expected no crates and lockfiles")
        .hasMessageContaining("found 1 and 0;");
    assertThatThrownBy(
            () -> ExportParameters.of(naming(usual, List.of(), List.of("not a lockfile"), false)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("found 0 and 1;");
    assertThatThrownBy(() -> ExportParameters.of(naming(usual, List.of(), List.of(), true)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("found 0 and 0 with --exact;");
    assertThat(ExportParameters.of(usual).snapshot().wishes()).isEmpty();
  }

  private static ExportRequest naming(
      ExportRequest usual, List<CrateSpec> crates, List<String> lockfiles, boolean exact) {
    return new ExportRequest(
        usual.into(),
        usual.keys(),
        usual.passphrase(),
        usual.kind(),
        usual.since(),
        usual.receipts(),
        crates,
        lockfiles,
        exact,
        usual.allowMissing(),
        usual.single(),
        usual.audience(),
        usual.expiresDays(),
        usual.nextDays(),
        usual.darkDays(),
        usual.partMib(),
        usual.with(),
        usual.product(),
        usual.complete());
  }

  @Test
  void advisoriesTravelInOneFile() {
    makeKeys();
    CrateId _ = held("alpha");
    feed(0);
    assertThat(service.export(request(BundleKind.FULL, false), "ann").exported()).isTrue();
    feed(60);
    ExportRequest usual = request(BundleKind.ADVISORIES, false);
    ExportRequest single =
        new ExportRequest(
            usual.into(),
            usual.keys(),
            usual.passphrase(),
            usual.kind(),
            usual.since(),
            usual.receipts(),
            usual.crates(),
            usual.lockfiles(),
            usual.exact(),
            usual.allowMissing(),
            true,
            usual.audience(),
            usual.expiresDays(),
            usual.nextDays(),
            usual.darkDays(),
            usual.partMib(),
            usual.with(),
            usual.product(),
            usual.complete());

    String path = String.valueOf(service.export(single, "ann").path());

    assertThat(path).endsWith("-advisories-1.tar");
    assertThat(Path.of(path)).isRegularFile();
  }

  @Test
  void revocationCarriesNothingOfTheSite() throws IOException {
    SiteFileRow _ = put("one.tar");
    ExportParameters order = ExportParameters.of(request(BundleKind.REVOCATION, false));

    SiteSelection selection =
        new SiteExport(gate.desk.snapshots(), site).select(order, List.of(), SNAPSHOT);

    assertThat(selection).isEqualTo(SiteSelection.NONE);
  }
}
