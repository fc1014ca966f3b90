package lazaret.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DetonationOutcome;
import lazaret.detonation.DetonationServer;
import lazaret.detonation.DetonationTask;
import lazaret.detonation.DocumentationOutcome;
import lazaret.detonation.DocumentationReport;
import lazaret.detonation.PeerCheck;
import lazaret.documentation.page.PageAddress;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.SitePins;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service with a sandbox that answers as the test says.
class DocumentationServiceTest {
  @TempDir Path folder;

  private final GateFixture gate = new GateFixture();
  private volatile List<TraceInfo> denied = List.of();
  private volatile String ending = DocumentationReport.BUILT;
  private volatile String refused = "";
  private volatile boolean busy;
  private volatile Map<String, String> pages =
      Map.of("alpha/index.html", "first page", "static.files/main.js", "script");
  private ServerSocketChannel listener;
  private SiteFileService files;
  private DocumentationService documentation;

  @BeforeEach
  void open() throws IOException {
    Path socket = folder.resolve("s");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    String user = Files.getOwner(Path.of("/proc/self")).getName();
    DetonationServer server =
        new DetonationServer(
            PeerCheck.of(List.of(user)), new Scripted(), DetonationServer.Limits.USUAL);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                server.serve(listener);
              } catch (IOException _) {
                // The test sees what its client received.
              }
            });
    files = new SiteFileService(gate.store, FolderSiteFileStore.open(folder.resolve("files")));
    documentation =
        new DocumentationService(gate.parts, gate.gate, files, folder.resolve("scratch"), socket);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    gate.close();
  }

  @Test
  void buildsKeepsAndFindsPages() throws IOException {
    CrateId id = served("alpha");

    DocumentationRow row = documentation.build(id.name(), id.version(), "ann");

    assertThat(row.pages()).isEqualTo(2);
    assertThat(row.failure()).isNull();
    assertThat(documentation.find(id.name(), id.version())).contains(row);
    assertThat(gate.notices()).contains(Notice.Kind.DOCUMENTATION_BUILT);
    assertThat(files.list(SiteFileCollection.DOCUMENTATION, "", 10)).hasSize(2);
    String address = documentation.address(id.name(), id.version()).orElseThrow().path();
    assertThat(address).endsWith("/alpha/1.0.0/alpha/index.html");
    assertThat(text(address)).contains("first page");
    assertThat(text(address.replace("alpha/index.html", "static.files/main.js")))
        .contains("script");
    assertThat(text(address.replace("index.html", "other.html"))).isEmpty();
  }

  @Test
  void findsNothingWithAnotherTokenOrAfterItsTime() {
    CrateId id = served("alpha");
    CrateId beta = served("beta");
    DocumentationRow _ = documentation.build(id.name(), id.version(), "ann");
    pages = Map.of("beta/index.html", "page of beta");
    DocumentationRow _ = documentation.build(beta.name(), beta.version(), "ann");
    String address = documentation.address(id.name(), id.version()).orElseThrow().path();

    assertThat(text(address.replace("/alpha/1.0.0/alpha/", "/beta/1.0.0/beta/"))).isEmpty();
    assertThat(text(address.replace("/~", "/~A"))).isEmpty();
    gate.clock.advance(Duration.ofHours(11));
    assertThat(text(address)).isPresent();
    gate.clock.advance(Duration.ofHours(2));
    assertThat(text(address)).isEmpty();
  }

  @Test
  void acceptsATokenOfTheFormerKey() {
    CrateId id = served("alpha");
    DocumentationRow _ = documentation.build(id.name(), id.version(), "ann");
    assertThat(documentation.address(id.name(), id.version())).isPresent();
    gate.clock.advance(Duration.ofHours(23));
    String old = documentation.address(id.name(), id.version()).orElseThrow().path();
    gate.clock.advance(Duration.ofHours(2));
    String fresh = documentation.address(id.name(), id.version()).orElseThrow().path();

    assertThat(text(old)).isPresent();
    assertThat(text(fresh)).isPresent();
  }

  @Test
  void hasNoAddressForAVersionThatIsNotServedAnyMore() {
    CrateId id = served("alpha");
    DocumentationRow _ = documentation.build(id.name(), id.version(), "ann");

    gate.decide(Decision.Kind.DENY, id);

    assertThat(documentation.address(id.name(), id.version())).isEmpty();
    assertThatThrownBy(() -> documentation.build(id.name(), id.version(), "ann"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("expected a version that is served");
  }

  /// A token outlives the decision that withdraws its version.
  @Test
  void pagesEndSoonAfterTheirVersionIsWithdrawn() {
    CrateId id = served("alpha");
    DocumentationRow _ = documentation.build(id.name(), id.version(), "ann");
    String address = documentation.address(id.name(), id.version()).orElseThrow().path();
    assertThat(text(address)).isPresent();

    gate.decide(Decision.Kind.DENY, id);
    gate.clock.advance(DocumentationService.VERDICT_TIME);

    assertThat(text(address)).isEmpty();
    assertThat(text(address.replace("alpha/index.html", "static.files/main.js"))).isEmpty();
  }

  @Test
  void recordsAFailedBuild() {
    CrateId id = served("alpha");
    ending = "exit 101";
    pages = Map.of();

    DocumentationRow row = documentation.build(id.name(), id.version(), "ann");

    assertThat(row.failure()).startsWith("exit 101").contains("error: no library");
    assertThat(documentation.address(id.name(), id.version())).isEmpty();
  }

  @Test
  void keepsNoPagesOfABuildThatTheSandboxDenied() {
    CrateId id = served("alpha");
    denied = List.of(new TraceInfo(TraceInfo.Kind.DENIED, "connect 203.0.113.7:443"));

    DocumentationRow row = documentation.build(id.name(), id.version(), "ann");

    assertThat(row.failure()).contains("the sandbox denied: connect 203.0.113.7:443");
    assertThat(row.archive()).isNull();
  }

  @Test
  void sharesScriptsByTheirBytesAndNotByTheirNames() {
    CrateId alpha = served("alpha");
    CrateId beta = served("beta");
    DocumentationRow _ = documentation.build(alpha.name(), alpha.version(), "ann");
    pages = Map.of("beta/index.html", "page", "static.files/main.js", "hostile script");
    DocumentationRow _ = documentation.build(beta.name(), beta.version(), "ann");

    String address = documentation.address(alpha.name(), alpha.version()).orElseThrow().path();

    assertThat(text(address.replace("alpha/index.html", "static.files/main.js")))
        .contains("script");
  }

  @Test
  void removesPages() {
    CrateId id = served("alpha");
    DocumentationRow _ = documentation.build(id.name(), id.version(), "ann");
    String address = documentation.address(id.name(), id.version()).orElseThrow().path();

    assertThat(documentation.remove(id.name(), id.version(), "ann")).isPresent();

    assertThat(text(address)).isEmpty();
    assertThat(documentation.remove(id.name(), id.version(), "ann")).isEmpty();
  }

  @Test
  void filesLeaveWithTheLastVersionThatHasThem() {
    CrateId alpha = served("alpha");
    CrateId beta = served("beta");
    DocumentationRow first = documentation.build(alpha.name(), alpha.version(), "ann");
    pages =
        Map.of(
            "beta/index.html", "page",
            "static.files/main.js", "script",
            "static.files/own.js", "other script");
    DocumentationRow _ = documentation.build(beta.name(), beta.version(), "ann");
    String shared = "shared/" + first.shared().getFirst().sha256().hex();

    assertThat(documentation.remove(beta.name(), beta.version(), "ann")).isPresent();
    assertThat(paths()).containsExactly("pages/alpha/1.0.0.zip", shared);

    assertThat(documentation.remove(alpha.name(), alpha.version(), "ann")).isPresent();
    assertThat(paths()).isEmpty();
  }

  @Test
  void failedBuildLeavesNoFilesOfTheFormerOne() {
    CrateId id = served("alpha");
    DocumentationRow _ = documentation.build(id.name(), id.version(), "ann");
    ending = "exit 101";

    DocumentationRow row = documentation.build(id.name(), id.version(), "ann");

    assertThat(row.archive()).isNull();
    assertThat(paths()).isEmpty();
  }

  private List<String> paths() {
    return files.list(SiteFileCollection.DOCUMENTATION, "", 100).stream()
        .map(SiteFileRow::path)
        .toList();
  }

  @Test
  void takesTheRowOfABundleWithItsFiles() {
    CrateId id = served("alpha");
    DocumentationRow row = documentation.build(id.name(), id.version(), "ann");
    assertThat(documentation.remove(id.name(), id.version(), "ann")).isPresent();

    gate.store.commit(Batch.synced(List.of(new Batch.Write.PutDeskRow(documentation.take(row)))));

    assertThat(documentation.find(id.name(), id.version())).contains(row);
    String address = documentation.address(id.name(), id.version()).orElseThrow().path();
    assertThat(text(address)).contains("first page");
  }

  @Test
  void bundleNamesNoVersionOutsideOfItsSnapshot() {
    CrateId id = served("alpha");
    CrateId secret = served("acme-core");
    DocumentationRow _ = documentation.build(id.name(), id.version(), "ann");
    pages = Map.of("acme_core/index.html", "secret page", "static.files/main.js", "script");
    DocumentationRow _ = documentation.build(secret.name(), secret.version(), "ann");
    List<SiteFileRow> all = files.list(SiteFileCollection.DOCUMENTATION, "", 100);
    BundledCollection collection = new DocumentationCollection(gate.store, documentation);
    gate.snapshot(7, id);

    List<SiteFileRow> carried = collection.files(all, 7);
    List<DeskRow> rows = collection.rows(carried, 7);

    assertThat(all).extracting(SiteFileRow::path).anyMatch(path -> path.contains("acme"));
    assertThat(carried)
        .isNotEmpty()
        .extracting(SiteFileRow::path)
        .noneMatch(path -> path.contains("acme"));
    assertThat(rows).extracting(DeskRow::key).containsExactly("version/alpha/1.0.0");
  }

  @Test
  void bundleCarriesRowsWhoseFilesItHas() throws IOException {
    CrateId id = served("alpha");
    DocumentationRow _ = documentation.build(id.name(), id.version(), "ann");
    List<SiteFileRow> carried = files.list(SiteFileCollection.DOCUMENTATION, "", 100);
    BundledCollection pages = new DocumentationCollection(gate.store, documentation);
    gate.snapshot(7, id);

    List<DeskRow> rows = pages.rows(carried, 7);

    assertThat(rows).hasSize(1);
    assertThat(pages.rows(List.of(), 7)).isEmpty();
    assertThat(pages.received(received(carried, rows))).isEqualTo(rows);
    assertThatThrownBy(() -> pages.received(received(List.of(), rows)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("lacks files");
    List<DeskRow> moved =
        List.of(
            new DeskRow(DeskTable.DOCUMENTATION, "version/beta/1.0.0", rows.getFirst().value()));
    assertThatThrownBy(() -> pages.received(received(carried, moved)))
        .hasMessageContaining("another key");
  }

  private BundledCollection.Received received(List<SiteFileRow> carried, List<DeskRow> rows) {
    return new BundledCollection.Received(carried, rows, files.files(), SitePins.NONE, "outside");
  }

  @Test
  void takesNoRowWithoutItsFiles() throws IOException {
    CrateId id = served("alpha");
    DocumentationRow row = documentation.build(id.name(), id.version(), "ann");
    files.files().delete(row.shared().getFirst().sha256());

    assertThatThrownBy(() -> documentation.take(row))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected the file");
    assertThatThrownBy(
            () ->
                documentation.take(DocumentationRow.failed(id, GateFixture.START, "", "exit 101")))
        .hasMessageContaining("expected pages");
  }

  @Test
  void buildsNothingWithoutASandbox() {
    CrateId id = served("alpha");
    DocumentationService without =
        new DocumentationService(gate.parts, gate.gate, files, folder.resolve("scratch"), null);

    assertThatThrownBy(() -> without.build(id.name(), id.version(), "ann"))
        .hasMessageContaining("set 'detonation.socket'");
  }

  @Test
  void choosesWhatIsMissing() throws InterruptedException {
    CrateId alpha = served("alpha");
    served("beta");
    DocumentationSettings settings =
        new DocumentationSettings(List.of("al*"), 5, null, folder.resolve("s"));
    try (DocumentationTask task =
        new DocumentationTask(documentation, gate.parts, gate.gate, settings)) {
      assertThat(task.missing()).containsExactly(alpha);

      task.round();

      assertThat(task.missing()).isEmpty();
      assertThat(documentation.find(alpha.name(), alpha.version())).isPresent();
    }
  }

  @Test
  void versionThatCannotBeBuiltDoesNotStopOthers() throws InterruptedException {
    CrateId alpha = served("alpha");
    CrateId beta = served("beta");
    refused = "beta";
    DocumentationSettings settings =
        new DocumentationSettings(List.of("al*", "be*"), 5, null, folder.resolve("s"));
    try (DocumentationTask task =
        new DocumentationTask(documentation, gate.parts, gate.gate, settings)) {
      task.round();

      assertThat(task.missing()).isEmpty();
    }
    assertThat(documentation.find(alpha.name(), alpha.version()).orElseThrow().failure()).isNull();
    assertThat(documentation.find(beta.name(), beta.version()).orElseThrow().failure())
        .contains("cannot resolve its dependencies");
  }

  /// A sandbox that does not run for hours must not use up the builds of the day.
  @Test
  void buildsThatDidNotBeginAreNotCounted() throws InterruptedException {
    CrateId alpha = served("alpha");
    DocumentationSettings settings =
        new DocumentationSettings(List.of("al*"), 1, null, folder.resolve("s"));
    try (DocumentationTask task =
        new DocumentationTask(documentation, gate.parts, gate.gate, settings)) {
      busy = true;
      task.round();
      assertThat(documentation.find(alpha.name(), alpha.version())).isEmpty();

      busy = false;
      task.round();
      assertThat(documentation.find(alpha.name(), alpha.version())).isPresent();
    }
  }

  @Test
  void dayPermitsSoManyBuilds() throws InterruptedException {
    served("alpha");
    served("beta");
    DocumentationSettings settings =
        new DocumentationSettings(List.of("al*", "be*"), 1, null, folder.resolve("s"));
    try (DocumentationTask task =
        new DocumentationTask(documentation, gate.parts, gate.gate, settings)) {
      task.round();
      task.round();
      assertThat(documentation.list("", "", 10, _ -> true)).hasSize(1);

      gate.clock.advance(Duration.ofDays(1));
      task.round();

      assertThat(documentation.list("", "", 10, _ -> true)).hasSize(2);
    }
  }

  @Test
  void sandboxThatIsAwayTakesNoBuildOfTheDay() throws Exception {
    CrateId alpha = served("alpha");
    Path socket = folder.resolve("later");
    DocumentationService waiting =
        new DocumentationService(gate.parts, gate.gate, files, folder.resolve("scratch"), socket);
    DocumentationSettings settings = new DocumentationSettings(List.of("al*"), 1, null, socket);
    try (DocumentationTask task = new DocumentationTask(waiting, gate.parts, gate.gate, settings)) {
      task.round();
      assertThat(task.missing()).containsExactly(alpha);

      Files.createSymbolicLink(socket, folder.resolve("s"));
      task.round();

      assertThat(task.missing()).isEmpty();
    }
  }

  @Test
  void listsByAPartOfTheName() {
    for (String name : List.of("alpha", "beta")) {
      CrateId id = served(name);
      pages = Map.of(name + "/index.html", "page");
      DocumentationRow _ = documentation.build(id.name(), id.version(), "ann");
    }

    assertThat(documentation.list("ALP", "", 10, _ -> true)).hasSize(1);
    assertThat(documentation.list("", "", 10, _ -> true)).hasSize(2);
    assertThat(documentation.list("", "version/alpha/1.0.0", 10, _ -> true)).hasSize(1);
    assertThat(documentation.list("", "", 10, name -> name.published().equals("beta"))).hasSize(1);
  }

  /// A store of objects has a file at another place when it is stored again.
  @Test
  void pagesThatWereStoredAgainAreFound() throws IOException {
    MovedFiles moved = new MovedFiles(files.files());
    DocumentationService moving =
        new DocumentationService(
            gate.parts,
            gate.gate,
            new SiteFileService(gate.store, moved),
            folder.resolve("scratch"),
            folder.resolve("s"));
    CrateId id = served("alpha");
    DocumentationRow _ = moving.build(id.name(), id.version(), "ann");
    PageAddress first =
        PageAddress.parse(moving.address(id.name(), id.version()).orElseThrow().path())
            .orElseThrow();
    assertThat(moving.page(first).map(DocumentationServiceTest::text)).contains("first page");

    moved.places++;

    assertThat(moving.page(first).map(DocumentationServiceTest::text)).contains("first page");
  }

  private CrateId served(String name) {
    CrateId id = gate.publish(name, "1.0.0", 60);
    String _ = gate.index(name);
    var _ = gate.download(id);
    return id;
  }

  private Optional<String> text(String address) {
    return PageAddress.parse(address)
        .flatMap(documentation::page)
        .map(DocumentationServiceTest::text);
  }

  private static String text(DocumentationService.Page page) {
    try (InputStream in = page.file().open(page.from())) {
      return new String(in.readNBytes((int) page.length()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Files that can be read at their present place alone.
  private static final class MovedFiles implements SiteFileStore {
    private final SiteFileStore files;
    private int places;

    MovedFiles(SiteFileStore files) {
      this.files = files;
    }

    @Override
    public Optional<SiteFile> find(Sha256 sha256) throws IOException {
      int place = places;
      return files.find(sha256).map(file -> new PlacedFile(file, () -> place == places));
    }

    @Override
    public SiteFileUpload begin(long expectedLength) throws IOException {
      return files.begin(expectedLength);
    }

    @Override
    public void delete(Sha256 sha256) throws IOException {
      files.delete(sha256);
    }

    @Override
    public List<Sha256> all() throws IOException {
      return files.all();
    }
  }

  private record PlacedFile(SiteFile file, BooleanSupplier present) implements SiteFile {
    @Override
    public Sha256 sha256() {
      return file.sha256();
    }

    @Override
    public long length() {
      return file.length();
    }

    @Override
    public InputStream open(long from) throws IOException {
      if (!present.getAsBoolean()) {
        throw new IOException("it is at another place");
      }
      return file.open(from);
    }
  }

  /// A sandbox with the pages of the test.
  private final class Scripted implements DetonationTask {
    @Override
    public DetonationOutcome run(DetonationOrder order) {
      return new DetonationOutcome.Refused(ErrorCode.INTERNAL, "no test orders it");
    }

    @Override
    public DocumentationOutcome document(DetonationOrder order) {
      if (busy) {
        return new DocumentationOutcome.Refused(
            ErrorCode.SERVER_UNAVAILABLE, "another build is running");
      }
      if (order.name().published().equals(refused)) {
        return new DocumentationOutcome.Refused(
            ErrorCode.REFUSED_BY_POLICY, "cannot resolve its dependencies");
      }
      try {
        byte[] stream = PageArchiveTest.stream(pages);
        Path file = Files.write(Files.createTempFile(folder, "pages", ""), stream);
        return new DocumentationOutcome.Documented(
            new DocumentationReport(
                order.name(),
                order.version(),
                Sha256.of(order.crate()),
                ending,
                "rustc 1.95.0",
                "error: no library",
                denied,
                stream.length),
            file);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
