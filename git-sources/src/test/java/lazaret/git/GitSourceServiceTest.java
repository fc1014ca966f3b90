package lazaret.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.git.GitSourceService.Admission;
import lazaret.git.GitSourceService.Order;
import lazaret.git.GitSourceService.Seen;
import lazaret.git.tree.GitTreeFile;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.SitePins;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.testkit.BareRepository;
import lazaret.testkit.BareRepository.Line;
import lazaret.testkit.GitHttpServer;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.deskapi.site.GitSourceTreeRequest;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gitsource.GitSource;
import lazaret.vetting.gitsource.GitSourceCodec;
import lazaret.vetting.gitsource.GitSourceState;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.roles.RoleGrants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real git over loopback.
class GitSourceServiceTest {
  private static final long SIZE = 64L << 20;

  @TempDir Path folder;

  private final GateFixture fixture = new GateFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @BeforeEach
  void needsGit() {
    assumeTrue(GitHttpServer.isPossible(), "git and its http-backend are not installed");
  }

  private GitSourceService service(GitHttpServer server, boolean approveClean) throws IOException {
    return new GitSourceService(
        fixture.parts,
        siteFiles(),
        new GitSourceSettings(List.of(server.host()), approveClean, null, SIZE),
        new GitPlace(GitPlace.PROGRAM, folder.resolve("work"), _ -> Optional.empty(), List.of()));
  }

  private SiteFileService siteFiles() throws IOException {
    return new SiteFileService(
        fixture.store, FolderSiteFileStore.open(folder.resolve("site-files")));
  }

  private static Lockfile lockfile(String url, String commit, String... packages) {
    StringBuilder text = new StringBuilder("version = 4\n");
    for (String each : packages) {
      text.append("\n[[package]]\nname = \"").append(each).append("\"\nversion = \"1.0.0\"\n");
      text.append("source = \"git+").append(url).append('#').append(commit).append("\"\n");
    }
    return Lockfile.parse(Bytes.utf8(text.toString()));
  }

  private static Map<String, String> files(String name) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("Cargo.toml", "[package]\nname = \"" + name + "\"\nversion = \"1.0.0\"\n");
    files.put("src/lib.rs", "pub fn one() -> u8 { 1 }\n");
    return files;
  }

  private static Map<String, String> twoPackages() {
    Map<String, String> files = files("tool");
    files("helper").forEach((path, content) -> files.put("helper/" + path, content));
    return files;
  }

  private static Admission only(List<Admission> admissions) {
    assertThat(admissions).hasSize(1);
    return admissions.getFirst();
  }

  private static GitSource admitted(Admission admission) {
    GitSource source = admission.source();
    assertThat(admission.refusal()).isEmpty();
    if (source == null) {
      throw new AssertionError("no source");
    }
    return source;
  }

  private static GitSource decided(GitSourceService service, GitSource source, boolean approved) {
    return service.decide(order(service, source, approved), "ada");
  }

  private static Order order(GitSourceService service, GitSource source, boolean approved) {
    Sha256 key = Sha256.parse(source.key());
    Seen seen = Seen.of(service.find(key).orElseThrow());
    return new Order(key, source.treeHash(), approved, "read", seen);
  }

  private void nothingIsLeft() throws IOException {
    Path work = folder.resolve("work");
    if (Files.isDirectory(work)) {
      try (Stream<Path> left = Files.list(work)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void commitIsFetchedInspectedAndWaits() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(files("tool"));
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, false);
      Lockfile lock = lockfile(server.url("tool"), commit, "tool");

      GitSource source = admitted(only(service.admit(lock, "ada")));

      assertThat(source.state()).isEqualTo(GitSourceState.WAITING);
      assertThat(source.packages()).singleElement().extracting("name").isEqualTo("tool");
      assertThat(source.treeId())
          .isEqualTo(repository.git(new byte[0], "rev-parse", commit + "^{tree}"));
      assertThat(fixture.store.findings(source.packages().getFirst().archive())).isPresent();
      Path tree = folder.resolve("tree.tar");
      try (var in = service.open(source, 0)) {
        Files.copy(in, tree);
      }
      try (GitTreeFile read = GitTreeFile.open(tree)) {
        assertThat(read.hash()).isEqualTo(source.treeHash());
        assertThat(read.entries().keySet()).containsExactly("Cargo.toml", "src/lib.rs");
      }
      assertThat(GitSourceCodec.decode(GitSourceCodec.row(source).value())).isEqualTo(source);
      nothingIsLeft();

      int requests = server.requests.size();
      assertThat(admitted(only(service.admit(lock, "ada")))).isEqualTo(source);
      assertThat(server.requests).hasSize(requests);
    }
  }

  @Test
  void reviewerOfOtherCratesDecidesNothing() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(files("tool"));
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, false);
      GitSource source =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada")));
      GitSourceHandlers handlers = new GitSourceHandlers(service);
      GitSourceDecisionRequest approval =
          new GitSourceDecisionRequest(
              Sha256.parse(source.key()), source.treeHash(), true, "read", null, null);

      assertForbidden(() -> handlers.decide(approval, reviewer("acme-*")));
      assertThat(handlers.decide(approval, reviewer("tool")).state())
          .isEqualTo(GitSourceStatus.APPROVED);
    }
  }

  private static Caller reviewer(String crates) {
    return person("reviewer:" + crates);
  }

  private static Caller person(String role) {
    return Caller.person("eve", RoleGrants.parse(List.of(role)), "192.0.2.1");
  }

  @Test
  void readersGetTreesOfApprovedSourcesAlone() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(files("tool"));
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, false);
      GitSource source =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada")));
      Sha256 key = Sha256.parse(source.key());
      GitSourceHandlers handlers = new GitSourceHandlers(service);
      GitSourceTreeRequest wanted = new GitSourceTreeRequest(key, null);

      assertForbidden(() -> handlers.tree(wanted, person("reader")));
      assertThat(handlers.tree(wanted, person("reviewer")).total()).isEqualTo(source.bytes());
      GitSource _ = decided(service, source, true);
      assertThat(handlers.tree(wanted, person("reader")).total()).isEqualTo(source.bytes());
      GitSource _ = decided(service, source, false);
      assertForbidden(() -> handlers.tree(wanted, person("reader")));
    }
  }

  private static void assertForbidden(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LazaretException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
  }

  @Test
  void bundleCarriesSourcesWithTheirDecisions() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(files("tool"));
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, false);
      GitSource source =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada")));
      GitSource approved = decided(service, source, true);
      List<SiteFileRow> carried = siteFiles().list(SiteFileCollection.GIT, "", 10);
      GitSourceCollection sources = new GitSourceCollection(fixture.store, service);

      List<DeskRow> rows = sources.rows(carried, 1);

      assertThat(rows).containsExactly(GitSourceCodec.row(approved));
      assertThat(sources.rows(List.of(), 1)).isEmpty();
      SitePins pins = new SitePins(Set.of(), List.of(server.host()));
      GitSource accepted = only(sources, received(carried, rows, pins));
      assertThat(accepted.state()).isEqualTo(GitSourceState.APPROVED);
      assertThat(accepted.sentence()).endsWith("by ada (bundle outside): read");
      assertThatThrownBy(() -> sources.received(received(carried, rows, SitePins.NONE)))
          .hasMessageContaining("'gitHosts' of the root");
      assertThatThrownBy(() -> sources.received(received(List.of(), rows, pins)))
          .hasMessageContaining("its tree is not in the bundle");
      assertThatThrownBy(() -> sources.received(received(carried, List.of(), pins)))
          .hasMessageContaining("no Git source has it");
      GitSource _ = decided(service, approved, false);
      assertThat(only(sources, received(carried, rows, pins)).state())
          .as("a denial here stays")
          .isEqualTo(GitSourceState.DENIED);
      nothingIsLeft();
    }
  }

  /// A gate outside may leave all decisions to the site: its bundles state none.
  @Test
  void approvalHereStaysIfABundleHasNoDecision() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(twoPackages());
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, false);
      GitSource source =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada")));
      List<SiteFileRow> carried = siteFiles().list(SiteFileCollection.GIT, "", 10);
      GitSourceCollection sources = new GitSourceCollection(fixture.store, service);
      SitePins pins = new SitePins(Set.of(), List.of(server.host()));
      List<DeskRow> waiting = sources.rows(carried, 1);
      GitSource approved = decided(service, source, true);

      assertThat(only(sources, received(carried, waiting, pins))).isEqualTo(approved);

      GitSource _ =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "helper"), "ada")));
      List<DeskRow> more = sources.rows(carried, 1);
      put(approved);
      assertThat(only(sources, received(carried, more, pins)).state())
          .as("nobody here saw the other package")
          .isEqualTo(GitSourceState.WAITING);
    }
  }

  private void put(GitSource source) {
    var _ =
        fixture.store.commit(
            Batch.synced(List.of(new Write.PutDeskRow(GitSourceCodec.row(source)))));
  }

  private BundledCollection.Received received(
      List<SiteFileRow> carried, List<DeskRow> rows, SitePins pins) throws IOException {
    return new BundledCollection.Received(carried, rows, siteFiles().files(), pins, "outside");
  }

  private static GitSource only(GitSourceCollection sources, BundledCollection.Received received)
      throws IOException {
    List<DeskRow> accepted = sources.received(received);
    assertThat(accepted).hasSize(1);
    return GitSourceCodec.decode(accepted.getFirst().value());
  }

  @Test
  void cleanSourcesAreApprovedIfTheSettingsSaySo() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(files("tool"));
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      Lockfile lock = lockfile(server.url("tool"), commit, "tool");
      assertThat(admitted(only(service(server, true).admit(lock, "ada"))).state())
          .isEqualTo(GitSourceState.APPROVED);
    }
  }

  @Test
  void olderCommitIsFoundByItsReferenceIfTheServerSendsNoOther() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String first = repository.commit(files("tool"));
    String second =
        repository.git(new byte[0], "commit-tree", "-p", first, "-m", "second", first + "^{tree}");
    String _ = repository.git(new byte[0], "update-ref", "refs/heads/main", second);
    String _ = repository.git(new byte[0], "config", "uploadpack.allowAnySHA1InWant", "false");
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      server.old = true;
      String url = server.url("tool") + "?branch=main";
      assertThat(only(service(server, false).admit(lockfile(url, first, "tool"), "ada")).refusal())
          .isEmpty();
    }
  }

  @Test
  void commitThatTheServerLacksIsRefused() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String _ = repository.commit(files("tool"));
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      Lockfile lock = lockfile(server.url("tool"), "0123456789".repeat(4), "tool");
      assertThat(only(service(server, false).admit(lock, "ada")).refusal())
          .contains("does not have it");
      nothingIsLeft();
    }
  }

  @Test
  void otherHostsAreNotAsked() throws IOException {
    try (GitHttpServer server = new GitHttpServer(folder)) {
      GitSourceService service = service(server, false);
      String url = server.url("tool").replace("127.0.0.1", "localhost");
      assertThat(only(service.admit(lockfile(url, "a".repeat(40), "tool"), "ada")).refusal())
          .contains("its host is not in 'git-sources.hosts'");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void packagesOfALaterLockfileAreAddedAndAskForADecisionAgain() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(twoPackages());
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, false);
      GitSource first =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada")));
      GitSource approved = decided(service, first, true);
      assertThat(approved.has("helper", "1.0.0")).isFalse();

      GitSource second =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "helper"), "ada")));

      assertThat(second.has("helper", "1.0.0")).isTrue();
      assertThat(second.has("tool", "1.0.0")).isTrue();
      assertThat(second.state()).isEqualTo(GitSourceState.WAITING);
    }
  }

  @Test
  void deniedSourceIsNotFetchedForMorePackages() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(twoPackages());
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, true);
      GitSource first =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada")));
      GitSource denied = decided(service, first, false);
      int requests = server.requests.size();

      GitSource second =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "helper"), "ada")));

      assertThat(second).isEqualTo(denied);
      assertThat(server.requests).hasSize(requests);
    }
  }

  /// The fetch takes minutes, in which a person may decide.
  @Test
  void denialDuringAFetchStays() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(twoPackages());
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, true);
      GitSource first =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada")));
      assertThat(first.state()).isEqualTo(GitSourceState.APPROVED);
      Order denial = order(service, first, false);
      server.asked =
          () -> {
            if (service.find(denial.key()).orElseThrow().state() != GitSourceState.DENIED) {
              GitSource _ = service.decide(denial, "bob");
            }
          };

      GitSource second =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "helper"), "ada")));

      assertThat(second.has("helper", "1.0.0")).isTrue();
      assertThat(second.state()).isEqualTo(GitSourceState.DENIED);
      assertThat(service.find(denial.key())).contains(second);
    }
  }

  @Test
  void treeThatWasRemovedIsFetchedAgainUnderItsDecision() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(files("tool"));
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, false);
      Lockfile lock = lockfile(server.url("tool"), commit, "tool");
      GitSource source = admitted(only(service.admit(lock, "ada")));
      GitSource approved = decided(service, source, true);
      siteFiles().files().delete(source.file());

      GitSource again = admitted(only(service.admit(lock, "ada")));

      assertThat(again.decision()).isEqualTo(approved.decision());
      assertThat(again.state()).isEqualTo(GitSourceState.APPROVED);
      try (var in = service.open(again, 0)) {
        assertThat(in.readAllBytes()).hasSize(Math.toIntExact(source.bytes()));
      }
      GitSource denied = decided(service, source, false);
      siteFiles().files().delete(source.file());
      assertThat(admitted(only(service.admit(lock, "ada")))).isEqualTo(denied);
    }
  }

  /// Two nodes may fetch one commit for two lockfiles.
  @Test
  void packagesThatAnotherNodeStoredDuringAFetchStay() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String commit = repository.commit(twoPackages());
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, false);
      GitSource first =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada")));
      var _ =
          fixture.store.commit(
              Batch.synced(List.of(new Write.DropDeskRow(DeskTable.GIT_SOURCES, first.key()))));
      server.asked = () -> put(first);

      GitSource second =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "helper"), "ada")));

      assertThat(second.has("helper", "1.0.0")).isTrue();
      assertThat(second.has("tool", "1.0.0")).isTrue();
      assertThat(service.find(Sha256.parse(first.key()))).contains(second);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".git",
        ".GIT",
        "a\u202eb",
        "a\\b",
      })
  void hostilePathsAreRefused(String name) throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String inner = repository.tree(List.of(new Line("100644", "x", repository.blob("x"))));
    hostile(repository, repository.tree(List.of(new Line("40000", name, inner))));
  }

  @Test
  void linksOutOfTheTreeAndSubmodulesInAPackageAreRefused() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    String manifest = repository.blob("[package]\nname = \"tool\"\nversion = \"1.0.0\"\n");
    hostile(
        repository,
        repository.tree(
            List.of(
                new Line("100644", "Cargo.toml", manifest),
                new Line("120000", "secret", repository.blob("../../etc/passwd")))));
    hostile(
        repository,
        repository.tree(
            List.of(
                new Line("100644", "Cargo.toml", manifest),
                new Line("160000", "module", "a".repeat(40)))));
  }

  @Test
  void attributesModulesAndHooksHaveNoEffect() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    Map<String, String> files = files("tool");
    Path trace = folder.resolve("trace");
    files.put(
        ".gitattributes", "* filter=evil export-ignore text eol=crlf\nsrc/lib.rs export-subst\n");
    files.put(".gitconfig", "[filter \"evil\"]\n\tsmudge = touch " + trace + "\n");
    files.put(
        ".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = ext::sh -c 'touch " + trace + "'\n");
    files.put("src/lib.rs", "// $Format:%H$\n");
    String commit = repository.commit(files);
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, false);
      GitSource source =
          admitted(only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada")));
      Path tree = folder.resolve("tree.tar");
      try (var in = service.open(source, 0)) {
        Files.copy(in, tree);
      }
      try (GitTreeFile read = GitTreeFile.open(tree)) {
        for (Map.Entry<String, String> each : files.entrySet()) {
          var entry = Optional.ofNullable(read.entries().get(each.getKey())).orElseThrow();
          assertThat(read.content(entry, 1_000).text()).isEqualTo(each.getValue());
        }
      }
    }
    assertThat(trace).doesNotExist();
  }

  @Test
  void caseTwinsInAPackageAreRefused() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    Map<String, String> files = files("tool");
    files.put("src/LIB.rs", "");
    String commit = repository.commit(files);
    hostile(repository, repository.git(new byte[0], "rev-parse", commit + "^{tree}"));
  }

  /// Checks that a tree is refused, and that nothing of it is stored or left.
  private void hostile(BareRepository repository, String tree) throws IOException {
    String commit = repository.commit(tree);
    try (GitHttpServer server = new GitHttpServer(folder.resolve("git"))) {
      GitSourceService service = service(server, true);
      Admission refused = only(service.admit(lockfile(server.url("tool"), commit, "tool"), "ada"));
      assertThat(refused.source()).isNull();
      assertThat(refused.refusal()).startsWith("cannot ");
      assertThat(service.sources()).isEmpty();
      nothingIsLeft();
    }
    SiteFileService files =
        new SiteFileService(fixture.store, FolderSiteFileStore.open(folder.resolve("site-files")));
    assertThat(files.list(SiteFileCollection.GIT, "", 10)).isEmpty();
  }

  @Test
  void programThatWritesTooMuchIsStopped() throws IOException {
    BareRepository repository = new BareRepository(folder.resolve("git/tool"));
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      files.put("file-%03d".formatted(i), Integer.toString(i));
    }
    String commit = repository.commit(files);
    GitProgram git =
        new GitProgram(
            GitPlace.PROGRAM,
            Files.createDirectories(folder.resolve("home")),
            new GitProgram.Limits(Duration.ofMinutes(1), 1_000, SIZE, 1L << 30));

    assertThatThrownBy(() -> git.run(repository.folder, Map.of(), List.of("ls-tree", "-r", commit)))
        .isInstanceOf(LazaretException.class)
        .hasMessageContaining("more than 1000 bytes");
  }
}
