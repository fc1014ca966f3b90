package lazaret.bundle.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.site.BundledCollection.Change;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFlipTest {
  private static final String BUNDLE = "bundle:prod";

  @TempDir Path folder;
  private SiteFileService files;

  @BeforeEach
  void open() throws IOException {
    files = new SiteFileService(new InMemoryStore(), FolderSiteFileStore.open(folder));
  }

  private static SiteFileRow row(String path, String content, String origin) {
    return new SiteFileRow(
        SiteFileCollection.GIT,
        path,
        Sha256.of(Bytes.utf8(content)),
        content.length(),
        "application/x-tar",
        Instant.parse("2026-11-24T12:00:00Z"),
        "ada",
        origin,
        null);
  }

  /// Returns a row with another path and reference.
  private static SiteFileRow referring(SiteFileRow row, String path, String reference) {
    return new SiteFileRow(
        path.startsWith("dist/") ? SiteFileCollection.TOOLCHAINS : SiteFileCollection.GIT,
        path,
        row.sha256(),
        row.length(),
        row.mediaType(),
        row.admitted(),
        row.by(),
        row.origin(),
        reference);
  }

  private void store(Write... writes) {
    var _ = files.store().commit(Batch.synced(List.of(writes)));
  }

  private List<Write> writes(Supplier<Change> change, SiteFileRow... stated) {
    return writes(SiteFileCollection.GIT, change, stated);
  }

  private List<Write> writes(
      SiteFileCollection collection, Supplier<Change> change, SiteFileRow... stated) {
    SiteFlip flip = new SiteFlip(files, BUNDLE);
    flip.add(
        new SiteFlip.Part(collection, List.of(DeskTable.GIT_SOURCES), List.of(stated), change));
    return flip.writes();
  }

  private List<String> paths() {
    return files.list(SiteFileCollection.GIT, "", 10).stream().map(SiteFileRow::path).toList();
  }

  @Test
  void filesOfEarlierBundlesAreRemovedUnlessTheyAreKept() {
    for (String path : List.of("kept.tar", "left.tar", "stated.tar")) {
      store(files.put(row(path, "tree", BUNDLE)));
    }
    store(files.put(row("foreign.tar", "tree", "bundle:other")));
    Change change = new Change(List.of(), List.of(), Set.of("kept.tar"));

    store(writes(() -> change, row("stated.tar", "tree", BUNDLE)).toArray(Write[]::new));

    assertThat(paths()).containsExactly("foreign.tar", "kept.tar", "stated.tar");
  }

  @Test
  void filesThatAreLeftOutAreNotStored() {
    Change change = new Change(List.of(), List.of(), Set.of(), Set.of("denied.tar"));

    store(
        writes(() -> change, row("denied.tar", "tree", BUNDLE), row("stated.tar", "tree", BUNDLE))
            .toArray(Write[]::new));

    assertThat(paths()).containsExactly("stated.tar");
  }

  @Test
  void filesThatThisGateFetchedStayItsOwn() {
    SiteFileRow own = row("own.tar", "tree", SiteFileRow.UPSTREAM);
    store(files.put(own));
    store(files.put(row("other.tar", "former tree", SiteFileRow.UPSTREAM)));
    SiteFileRow other = row("other.tar", "tree", BUNDLE);

    store(writes(() -> Change.NONE, row("own.tar", "tree", BUNDLE), other).toArray(Write[]::new));

    assertThat(files.find(SiteFileCollection.GIT, "own.tar")).contains(own);
    assertThat(files.find(SiteFileCollection.GIT, "other.tar")).contains(other);

    store(writes(() -> Change.NONE).toArray(Write[]::new));
    assertThat(paths()).containsExactly("own.tar");
  }

  /// Two channels have the files of one release, and two addresses one tree.
  @Test
  void ownFileStaysIfTheBundleHasItForAnotherReference() {
    SiteFileRow own = row("own.tar", "tree", SiteFileRow.UPSTREAM);
    SiteFileRow brought = row("own.tar", "tree", BUNDLE);
    SiteFileRow tree = referring(own, "own.tar", "https://a.example#1");
    SiteFileRow component = referring(own, "dist/cargo.tar.xz", "1.95.0");
    store(files.put(tree), files.put(component));

    store(
        writes(() -> Change.NONE, referring(brought, "own.tar", "https://b.example#1"))
            .toArray(Write[]::new));
    store(
        writes(
                SiteFileCollection.TOOLCHAINS,
                () -> Change.NONE,
                referring(brought, "dist/cargo.tar.xz", "stable"))
            .toArray(Write[]::new));

    assertThat(files.find(SiteFileCollection.GIT, "own.tar")).contains(tree);
    assertThat(files.find(SiteFileCollection.TOOLCHAINS, "dist/cargo.tar.xz")).contains(component);
  }

  @Test
  void manifestIsReplacedIfTheBundleHasOtherComponents() {
    String path = "dist/channel-rust-stable.toml";
    SiteFileRow own = referring(row("a", "manifest", SiteFileRow.UPSTREAM), path, "cargo");
    SiteFileRow brought = referring(row("a", "manifest", BUNDLE), path, "cargo and rustc");
    store(files.put(own));

    store(writes(SiteFileCollection.TOOLCHAINS, () -> Change.NONE, brought).toArray(Write[]::new));

    assertThat(files.find(SiteFileCollection.TOOLCHAINS, path)).contains(brought);
  }

  @Test
  void rowsOfACollectionAreStoredAndRemoved() {
    DeskRow former = new DeskRow(DeskTable.GIT_SOURCES, "former", Bytes.utf8("{}"));
    DeskRow fresh = new DeskRow(DeskTable.GIT_SOURCES, "fresh", Bytes.utf8("{}"));
    store(new Write.PutDeskRow(former));
    Change change = new Change(List.of(fresh), List.of(former), Set.of());

    store(writes(() -> change).toArray(Write[]::new));

    assertThat(files.store().deskRows().find(DeskTable.GIT_SOURCES, "fresh")).isPresent();
    assertThat(files.store().deskRows().find(DeskTable.GIT_SOURCES, "former")).isEmpty();
  }

  @Test
  void rowsOfForeignTablesAreADefect() {
    DeskRow foreign = new DeskRow(DeskTable.NAMES, "alpha", Bytes.utf8("{}"));

    assertThatThrownBy(() -> writes(() -> new Change(List.of(foreign))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void collectionThatRefusesRefusesTheBundle() {
    Supplier<Change> refusing =
        () -> {
          throw new MalformedException("here it has another tree");
        };

    assertThatThrownBy(() -> writes(refusing))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(BundleCode.SITE_REFUSED))
        .hasMessageContaining("here it has another tree; or leave it out with --without git");
  }
}
