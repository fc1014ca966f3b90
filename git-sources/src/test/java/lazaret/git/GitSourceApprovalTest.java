package lazaret.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.git.GitSourceService.Order;
import lazaret.git.GitSourceService.Removal;
import lazaret.git.GitSourceService.Seen;
import lazaret.site.BundledCollection.Change;
import lazaret.site.BundledCollection.LocalDenials;
import lazaret.site.BundledCollection.Received;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.SitePins;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceRemovalRequest;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gitsource.GitSource;
import lazaret.vetting.gitsource.GitSourceCodec;
import lazaret.vetting.gitsource.GitSourcePackage;
import lazaret.vetting.gitsource.GitSourceState;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.roles.RoleGrants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decisions on sources that are stored already, so that nothing is fetched.
class GitSourceApprovalTest {
  private static final String COMMIT = "4f2c1d0a9b37d5e6f708192a3b4c5d6e7f809102";
  private static final Instant FETCHED = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir Path folder;

  private final GateFixture fixture = new GateFixture();
  private GitSourceService service;
  private SiteFileService files;

  @BeforeEach
  void open() throws IOException {
    files =
        new SiteFileService(fixture.store, FolderSiteFileStore.open(folder.resolve("site-files")));
    service =
        new GitSourceService(
            fixture.parts,
            files,
            new GitSourceSettings(List.of(), false, null, 1),
            new GitPlace(
                GitPlace.PROGRAM, folder.resolve("work"), _ -> Optional.empty(), List.of()));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Sha256 sha256(String text) {
    return Sha256.of(Bytes.utf8(text));
  }

  private static GitSource waiting(String repository, String... packages) {
    return new GitSource(
        "https://git.example/" + repository,
        COMMIT,
        COMMIT,
        sha256("tree of " + repository),
        sha256("file of " + repository),
        4,
        Stream.of(packages)
            .map(name -> new GitSourcePackage(name, "1.0.0", name, sha256(name), List.of()))
            .toList(),
        FETCHED,
        "ada",
        GitSourceState.WAITING,
        null);
  }

  private static GitSource approved(GitSource source) {
    return source.decided(
        GitSourceState.APPROVED, new GitSource.Decided("ada", FETCHED, "read outside"));
  }

  private static Sha256 key(GitSource source) {
    return Sha256.parse(source.key());
  }

  private GitSource stored(GitSource source) {
    return service.find(key(source)).orElseThrow();
  }

  private void put(GitSource... sources) {
    List<Write> writes =
        Stream.of(sources)
            .<Write>map(each -> new Write.PutDeskRow(GitSourceCodec.row(each)))
            .toList();
    var _ = fixture.store.commit(Batch.synced(writes));
  }

  private GitSource decided(GitSource source, boolean approved) {
    return service.decide(order(stored(source), approved), "bob");
  }

  private static Order order(GitSource seen, boolean approved) {
    return new Order(key(seen), seen.treeHash(), approved, "read", Seen.of(seen));
  }

  private Received received(GitSource... sources) {
    List<DeskRow> rows = Stream.of(sources).map(GitSourceCodec::row).toList();
    return new Received(List.of(), rows, files.files(), SitePins.NONE, "outside");
  }

  private GitSourceCollection collection() {
    return new GitSourceCollection(fixture.store, service);
  }

  private static void assertStale(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LazaretException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STALE))
        .hasMessageContaining(why);
  }

  @Test
  void decisionNamesTheTree() {
    GitSource source = waiting("tool", "tool");
    put(source);

    assertStale(
        () ->
            service.decide(
                new Order(key(source), sha256("other"), true, "read", Seen.of(source)), "ada"),
        "expected the tree " + source.treeHash());
    GitSource approved = service.decide(order(source, true), "ada");

    assertThat(approved.state()).isEqualTo(GitSourceState.APPROVED);
    assertThat(stored(source)).isEqualTo(approved);
    assertThat(approved.sentence()).endsWith("by ada: read");
    assertThat(decided(approved, false).state()).isEqualTo(GitSourceState.DENIED);
  }

  /// A page of the desk stays open for hours, in which a lockfile may name another package.
  @Test
  void approvalCountsForThePackagesThatThePersonSaw() {
    GitSource shown = waiting("tool", "tool");
    GitSource more =
        new GitSource(
            shown.url(),
            shown.commit(),
            shown.treeId(),
            shown.treeHash(),
            shown.file(),
            shown.bytes(),
            waiting("tool", "tool", "helper").packages(),
            FETCHED.plusSeconds(60),
            "gate",
            GitSourceState.WAITING,
            null);
    put(more);

    assertStale(() -> service.decide(order(shown, true), "ada"), "found those of");

    assertThat(stored(shown)).isEqualTo(more);
    assertThat(service.decide(order(more, true), "ada").has("helper", "1.0.0")).isTrue();
    assertThat(lastDetail()).contains("packages tool 1.0.0, helper 1.0.0");
  }

  private String lastDetail() {
    return fixture.desk.events(0, 1_000).getLast().event() instanceof Notice notice
        ? notice.detail()
        : "";
  }

  @Test
  void decisionThatThePersonDidNotSeeStays() {
    GitSource shown = waiting("tool", "tool");
    put(shown);
    GitSource denied = decided(shown, false);

    assertStale(() -> service.decide(order(shown, true), "ada"), "found one by bob");

    assertThat(stored(shown)).isEqualTo(denied);
  }

  /// A program that does not state what it saw decides on what it may decide on.
  @Test
  void requestStatesWhatWasSeenOrNothing() {
    GitSource source = waiting("tool", "tool");
    put(source);
    GitSourceHandlers handlers = new GitSourceHandlers(service);
    Caller reviewer = Caller.person("eve", RoleGrants.parse(List.of("reviewer:tool")), "192.0.2.1");

    assertThat(handlers.decide(request(source, null), reviewer).state())
        .isEqualTo(GitSourceStatus.APPROVED);
    assertStale(() -> handlers.decide(request(source, FETCHED), reviewer), "expected no decision");
  }

  private static GitSourceDecisionRequest request(GitSource source, @Nullable Instant fetched) {
    return new GitSourceDecisionRequest(
        key(source), source.treeHash(), true, "read", fetched, null);
  }

  private void removed(GitSource source) {
    GitSource _ = service.remove(removal(source), "bob");
  }

  private static Removal removal(GitSource source) {
    return new Removal(key(source), source.treeHash(), "no project has it");
  }

  private boolean hasTree(GitSource source) {
    return files.find(SiteFileCollection.GIT, source.path()).isPresent();
  }

  @Test
  void sourceThatWaitsIsForgotten() {
    GitSource source = waiting("tool", "tool");
    put(source);
    file(source, SiteFileRow.UPSTREAM);

    removed(source);

    assertThat(service.find(key(source))).isEmpty();
    assertThat(hasTree(source)).isFalse();
    assertThat(lastDetail()).startsWith("git source removed (no project has it): ");
  }

  @Test
  void deniedSourceStaysDeniedWithoutItsTree() {
    GitSource source = waiting("tool", "tool");
    put(source);
    file(source, SiteFileRow.UPSTREAM);
    GitSource denied = decided(source, false);

    removed(source);

    assertThat(stored(source)).isEqualTo(denied);
    assertThat(hasTree(source)).isFalse();
  }

  @Test
  void approvedSourceIsNotRemoved() {
    GitSource source = waiting("tool", "tool");
    put(source);
    file(source, SiteFileRow.UPSTREAM);
    GitSource _ = decided(source, true);

    assertThatThrownBy(() -> service.remove(removal(source), "bob"))
        .isInstanceOfSatisfying(
            LazaretException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED_BY_POLICY))
        .hasMessageContaining("deny it first");
    assertThat(hasTree(source)).isTrue();
    assertStale(
        () -> service.remove(new Removal(key(source), sha256("other"), "old"), "bob"),
        "expected the tree");
  }

  /// Lockfiles name one commit by a branch and by its id.
  @Test
  void treeOfAnotherSourceStays() {
    GitSource source = waiting("tool", "tool");
    GitSource other = named(source, "?branch=main");
    put(source, other);
    file(source, SiteFileRow.UPSTREAM);

    removed(source);
    assertThat(hasTree(other)).isTrue();

    removed(other);
    assertThat(hasTree(other)).isFalse();
  }

  @Test
  void reviewerOfOtherCratesRemovesNothing() {
    GitSource source = waiting("tool", "tool");
    put(source);
    GitSourceHandlers handlers = new GitSourceHandlers(service);
    Caller other = Caller.person("eve", RoleGrants.parse(List.of("reviewer:acme-*")), "192.0.2.1");

    assertThatThrownBy(
            () ->
                handlers.remove(
                    new GitSourceRemovalRequest(key(source), source.treeHash(), "old"), other))
        .isInstanceOfSatisfying(
            LazaretException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThat(service.find(key(source))).isPresent();
  }

  @Test
  void lockfileHasSoManySources() {
    int most = GitSourceService.MAX_PER_LOCKFILE;

    assertThat(service.admit(lockfile(most), "ada")).hasSize(most);
    assertThatThrownBy(() -> service.admit(lockfile(most + 1), "ada"))
        .isInstanceOfSatisfying(
            LazaretException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE))
        .hasMessageContaining("found " + (most + 1));
  }

  private static Lockfile lockfile(int sources) {
    StringBuilder text = new StringBuilder("version = 4\n");
    for (int i = 0; i < sources; i++) {
      text.append(
          """

          [[package]]
          name = "tool%d"
          version = "1.0.0"
          source = "git+https://git.example/tool%d#%s"
          """
              .formatted(i, i, COMMIT));
    }
    return Lockfile.parse(Bytes.utf8(text.toString()));
  }

  /// The check of a bundle takes minutes, in which a person may decide.
  @Test
  void denialSinceTheCheckOfABundleStays() {
    GitSource source = waiting("tool", "tool");
    put(source);
    Received bundle = received(approved(source));
    List<DeskRow> checked = bundle.rows();
    GitSource denied = decided(source, false);

    List<DeskRow> rows = collection().change(bundle, checked).stored();

    assertThat(rows).containsExactly(GitSourceCodec.row(denied));
  }

  @Test
  void denialHereIsReportedAgainstABundle() {
    GitSource source = waiting("tool", "tool");
    GitSource other = waiting("other", "other");
    put(source, other);
    file(source, SiteFileRow.UPSTREAM);
    GitSource denied = decided(source, false);

    LocalDenials found = denials(approved(source), approved(other));

    assertThat(found.texts())
        .containsExactly(
            "https://git.example/tool#%s: denied by bob at %s: read"
                .formatted(COMMIT, fixture.clock.instant()));
    assertThat(found.paths()).as("the tree is here, for reviewers").isEmpty();
    assertThat(denials(denied, approved(other))).isEqualTo(LocalDenials.NONE);
  }

  private LocalDenials denials(GitSource... carried) {
    return collection().denials(received(carried).rows());
  }

  /// A later bundle may have the tree, or rely on an earlier bundle that had it.
  @Test
  void removedTreeOfADeniedSourceIsNotTakenAgain() throws IOException {
    GitSource source = waiting("tool", "tool");
    put(source);
    file(source, "bundle:outside");
    GitSource denied = decided(source, false);
    removed(source);
    List<DeskRow> carried = List.of(GitSourceCodec.row(approved(source)));
    SitePins pins = new SitePins(Set.of(), List.of("git.example"));
    Received bundle = new Received(List.of(), carried, files.files(), pins, "outside");

    assertThat(collection().denials(carried).paths()).containsExactly(source.path());
    List<DeskRow> checked = collection().received(bundle);
    Change change = collection().change(bundle, checked);

    assertThat(checked).containsExactly(GitSourceCodec.row(denied));
    assertThat(change.stored()).containsExactly(GitSourceCodec.row(denied));
    assertThat(change.leftOut()).containsExactly(source.path());
  }

  /// Lockfiles name one commit by a branch and by its id.
  @Test
  void treeThatAnotherSourceNeedsIsTaken() {
    GitSource source = waiting("tool", "tool");
    put(source);
    GitSource _ = decided(source, false);

    assertThat(denials(approved(source)).paths()).containsExactly(source.path());
    assertThat(denials(approved(source), approved(named(source, "?branch=main"))).paths())
        .isEmpty();
  }

  /// Returns a source with the same commit under another address.
  private static GitSource named(GitSource source, String reference) {
    return new GitSource(
        source.url() + reference,
        source.commit(),
        source.treeId(),
        source.treeHash(),
        source.file(),
        source.bytes(),
        source.packages(),
        FETCHED,
        "ada",
        GitSourceState.WAITING,
        null);
  }

  @Test
  void bundleRemovesSourcesThatOnlyAnEarlierOneBrought() {
    GitSource brought = waiting("brought", "brought");
    GitSource outside =
        waiting("outside", "outside")
            .decided(
                GitSourceState.APPROVED,
                new GitSource.Decided("ada (bundle outside)", FETCHED, "read"));
    GitSource fetched = waiting("fetched", "fetched");
    GitSource accepted = waiting("accepted", "accepted");
    GitSource refused = waiting("refused", "refused");
    GitSource stated = waiting("stated", "stated");
    put(brought, outside, fetched, accepted, refused, stated);
    GitSource _ = decided(accepted, true);
    GitSource _ = decided(refused, false);
    file(fetched, SiteFileRow.UPSTREAM);
    for (GitSource each : List.of(brought, outside, accepted, refused, stated)) {
      file(each, "bundle:outside");
    }
    Received bundle = received(stated);

    Change change = collection().change(bundle, bundle.rows());

    assertThat(change.dropped())
        .extracting(DeskRow::key)
        .containsExactlyInAnyOrder(brought.key(), outside.key());
    assertThat(change.kept()).containsExactly(accepted.path());
    assertThat(change.stored()).containsExactlyElementsOf(bundle.rows());
  }

  /// This gate fetched the commit under another address, so that the tree is its own.
  @Test
  void bundleRemovesASourceWhoseTreeIsHereForAnother() {
    GitSource own = waiting("tool", "tool");
    GitSource brought =
        named(own, "?branch=main")
            .decided(
                GitSourceState.APPROVED,
                new GitSource.Decided("ada (bundle outside)", FETCHED, "read outside"));
    put(own, brought);
    file(own, SiteFileRow.UPSTREAM);
    Received bundle = received();

    Change change = collection().change(bundle, bundle.rows());

    assertThat(change.dropped()).extracting(DeskRow::key).containsExactly(brought.key());
  }

  private void file(GitSource source, String origin) {
    SiteFileRow row =
        new SiteFileRow(
            SiteFileCollection.GIT,
            source.path(),
            source.file(),
            source.bytes(),
            "application/x-tar",
            FETCHED,
            "ada",
            origin,
            source.url() + "#" + source.commit());
    var _ = fixture.store.commit(Batch.synced(List.of(files.put(row))));
  }
}
