package lazaret.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.SitePins;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationCollectionTest {
  private static final Sha256 PAGES = Sha256.of(Bytes.utf8("pages"));

  @TempDir Path folder;

  private final GateFixture gate = new GateFixture();

  @AfterEach
  void close() {
    gate.close();
  }

  private static CrateId version(String name) {
    return new CrateId(
        CrateName.parse(name), CrateVersion.parse("1.0.0"), Sha256.of(Bytes.utf8(name)));
  }

  private static DeskRow row(String name) {
    CrateId id = version(name);
    DocumentationRow pages =
        new DocumentationRow(
            DocumentationRow.FORMAT,
            id,
            GateFixture.START,
            "rustc 1.95.0",
            PAGES,
            1,
            5,
            name + "/index.html",
            List.of(),
            null);
    return new DeskRow(
        DeskTable.DOCUMENTATION, DocumentationRow.key(id.name(), id.version()), pages.encode());
  }

  @Test
  void bundleRemovesPagesThatOnlyAnEarlierOneBrought() throws IOException {
    SiteFileService files =
        new SiteFileService(gate.store, FolderSiteFileStore.open(folder.resolve("files")));
    DocumentationService documentation =
        new DocumentationService(gate.parts, gate.gate, files, folder.resolve("scratch"), null);
    BundledCollection collection = new DocumentationCollection(gate.store, documentation);
    put(files, "brought", "bundle:outside");
    put(files, "foreign", "bundle:elsewhere");
    put(files, "built", SiteFileRow.BUILT);
    put(files, "stated", "bundle:outside");
    List<DeskRow> stated = List.of(row("stated"));
    BundledCollection.Received bundle =
        new BundledCollection.Received(List.of(), stated, files.files(), SitePins.NONE, "outside");

    BundledCollection.Change change = collection.change(bundle, stated);

    assertThat(change.dropped()).containsExactly(row("brought"));
    assertThat(change.stored()).isEqualTo(stated);
  }

  private void put(SiteFileService files, String name, String origin) {
    SiteFileRow archive =
        new SiteFileRow(
            SiteFileCollection.DOCUMENTATION,
            DocumentationBuilder.path(version(name)),
            PAGES,
            5,
            "application/zip",
            GateFixture.START,
            "ada",
            origin,
            null);
    var _ =
        gate.store.commit(
            Batch.synced(List.of(files.put(archive), new Batch.Write.PutDeskRow(row(name)))));
  }
}
