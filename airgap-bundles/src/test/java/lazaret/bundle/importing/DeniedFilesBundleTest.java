package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.StoreSnapshotSource;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.plan.ImportPlan;
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
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that were removed inside after a denial, in later bundles.
class DeniedFilesBundleTest {
  @TempDir Path folder;

  private final Deniable sources = new Deniable();
  private ConnectedFixture outside;
  private SiteFileService carried;
  private NetworkFixture inside;
  private SiteFileService files;
  private ImportContext.Steps steps = ImportContext.Steps.NONE;

  /// A collection of which a test denies files.
  private static final class Deniable implements BundledCollection {
    private Set<String> denied = Set.of();

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
      return List.of();
    }

    @Override
    public LocalDenials denials(List<DeskRow> rows) {
      return new LocalDenials(denied, denied.stream().map(path -> path + " is denied").toList());
    }

    @Override
    public List<DeskRow> received(Received received) {
      return received.rows();
    }

    @Override
    public Change change(Received received, List<DeskRow> rows) {
      return new Change(rows, List.of(), Set.of(), denied);
    }
  }

  @BeforeEach
  void open() throws IOException {
    outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    outside.snapshot(crate("alpha", "1.0.0"));
    carried =
        new SiteFileService(
            new InMemoryStore(), FolderSiteFileStore.open(folder.resolve("outside")));
    inside = NetworkFixture.open(folder.resolve("data"));
    files = new SiteFileService(inside.store(), FolderSiteFileStore.open(folder.resolve("inside")));
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private Sha256 put(String path, String content) throws IOException {
    Bytes bytes = Bytes.utf8(content);
    SiteFile file;
    try (SiteFileUpload upload = carried.files().begin(bytes.length())) {
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
            Formats.NOW,
            "ada",
            SiteFileRow.UPSTREAM,
            null);
    var _ = carried.store().commit(Batch.synced(List.of(carried.put(row))));
    return file.sha256();
  }

  private Path export(Set<Sha256> held, SnapshotKind kind, long... bases) throws IOException {
    ExportOptions order = outside.order(kind, bases);
    SiteSelection selection =
        SiteSelection.of(
            new SiteConnection(carried, List.of(sources), SiteBundles.Names.ALL_PUBLIC),
            EnumSet.of(SiteFileCollection.GIT),
            held,
            order.snapshot());
    return BundleExporter.export(
            order,
            new StoreSnapshotSource(outside.store, order.snapshot(), _ -> true, selection),
            TestExports.signers(),
            folder.resolve("medium"))
        .folder();
  }

  private ImportPlan imported(Path bundle) {
    ImportContext context =
        new ImportContext(
            inside.desk.snapshots(),
            inside.data(),
            NetworkFixture.CLOCK,
            steps,
            new SiteConnection(files, List.of(sources), SiteBundles.Names.ALL_PUBLIC));
    ImportOutcome outcome =
        BundleImporter.over(context).run(ImportOptions.of(bundle, "ann"), ImportProgress.NONE);
    assertThat(outcome).isInstanceOf(ImportOutcome.Imported.class);
    return ((ImportOutcome.Imported) outcome).plan();
  }

  private List<String> paths() {
    return files.list(SiteFileCollection.GIT, "", 10).stream().map(SiteFileRow::path).toList();
  }

  /// The exporting gate takes for granted that the network has the files of earlier bundles.
  @Test
  void deltaWithoutARemovedFileIsImported() throws IOException {
    Sha256 one = put("one.tar", "tree one");
    ImportPlan first = imported(export(Set.of(), SnapshotKind.FULL));
    assertThat(first.attention().deniedHere().count()).isZero();
    SiteFileRow row = files.find(SiteFileCollection.GIT, "one.tar").orElseThrow();
    var _ = files.store().commit(Batch.synced(List.of(files.drop(row))));
    files.files().delete(one);
    sources.denied = Set.of("one.tar");
    put("two.tar", "tree two");
    outside.snapshot(crate("alpha", "1.0.0"), crate("beta", "1.0.0"));

    ImportPlan plan = imported(export(Set.of(one), SnapshotKind.DELTA, 1));

    assertThat(paths()).containsExactly("two.tar");
    assertThat(plan.attention().deniedHere().first()).containsExactly("one.tar is denied");
  }

  @Test
  void fileOfAFullBundleIsNotStoredAgain() throws IOException {
    Sha256 one = put("one.tar", "tree one");
    put("two.tar", "tree two");
    sources.denied = Set.of("one.tar");

    ImportPlan plan = imported(export(Set.of(), SnapshotKind.FULL));

    assertThat(paths()).containsExactly("two.tar");
    assertThat(files.files().find(one)).isEmpty();
    assertThat(plan.attention().deniedHere().count()).isEqualTo(1);
  }

  /// The check of a large bundle takes minutes, in which a person may decide.
  @Test
  void denialDuringTheImportLeavesTheFileOut() throws IOException {
    put("one.tar", "tree one");
    Path bundle = export(Set.of(), SnapshotKind.FULL);
    steps =
        step -> {
          if (step.equals("about to flip")) {
            sources.denied = Set.of("one.tar");
          }
        };

    ImportPlan _ = imported(bundle);

    assertThat(paths()).isEmpty();
  }
}
