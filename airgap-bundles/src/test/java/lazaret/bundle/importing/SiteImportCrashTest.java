package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.site.SiteSelection;
import lazaret.site.SiteBundles;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed, or whose disk is full, while it stores the files of a bundle. Nothing
/// of the bundle is in force then, and a repeated import succeeds.
class SiteImportCrashTest {
  private static final List<String> CONTENTS =
      List.of("tree one", "tree two".repeat(20_000), "tree three");

  @TempDir Path folder;
  private Path bundle = Path.of("");

  @BeforeEach
  void export() throws IOException {
    SiteFileService outside =
        new SiteFileService(
            new InMemoryStore(), FolderSiteFileStore.open(folder.resolve("outside")));
    for (int i = 0; i < CONTENTS.size(); i++) {
      put(outside, i + ".tar", Bytes.utf8(CONTENTS.get(i)));
    }
    TestExports.Memory source = new TestExports.Memory();
    source.add(1, crate("alpha", "1.0.0"));
    SiteSelection site =
        SiteSelection.of(
            new SiteConnection(
                outside, List.of(new SiteImportChild.Trees()), SiteBundles.Names.ALL_PUBLIC),
            EnumSet.of(SiteFileCollection.GIT),
            Set.of(),
            1);
    bundle =
        BundleExporter.export(
                TestExports.order(source, SnapshotKind.FULL, 1),
                new SiteBundleTest.WithSite(source, site),
                TestExports.signers(),
                Files.createDirectory(folder.resolve("medium")))
            .folder();
  }

  private static void put(SiteFileService files, String path, Bytes bytes) throws IOException {
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
            Formats.NOW,
            "ada",
            SiteFileRow.UPSTREAM,
            null);
    var _ = files.store().commit(Batch.synced(List.of(files.put(row))));
  }

  @Test
  @Tag("all")
  void killedBetweenWritesItGoesOn() throws IOException, InterruptedException {
    int which = 0;
    while (isKilled(which)) {
      which++;
    }
    assertThat(which).isGreaterThan(10);
  }

  private boolean isKilled(int which) throws IOException, InterruptedException {
    Path data = folder.resolve("data" + which);
    Path files = folder.resolve("files" + which);
    List<String> command =
        ImportChild.java(
            SiteImportChild.class,
            data.toString(),
            files.toString(),
            bundle.toString(),
            Integer.toString(which));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as("write " + which).isIn(0, 137);
    boolean killed = child.exitValue() == 137;
    try (NetworkFixture inside = NetworkFixture.open(data)) {
      SiteFileStore stored = FolderSiteFileStore.open(files);
      if (killed) {
        assertNothingInForce(inside, stored);
        assertThat(run(inside, stored)).isInstanceOf(ImportOutcome.Imported.class);
      }
      assertWhole(inside, stored);
    }
    return killed;
  }

  private ImportOutcome run(NetworkFixture inside, SiteFileStore stored) {
    return SiteImportChild.run(inside, new SiteFileService(inside.store(), stored), bundle);
  }

  private static void assertNothingInForce(NetworkFixture inside, SiteFileStore stored)
      throws IOException {
    assertThat(inside.store().snapshots().all()).isEmpty();
    assertThat(new SiteFileService(inside.store(), stored).list(SiteFileCollection.GIT, "", 10))
        .isEmpty();
    for (Sha256 sha256 : stored.all()) {
      try (InputStream in = stored.find(sha256).orElseThrow().open(0)) {
        assertThat(Sha256.digestOf(in)).isEqualTo(sha256);
      }
    }
  }

  private static void assertWhole(NetworkFixture inside, SiteFileStore stored) throws IOException {
    SiteFileService files = new SiteFileService(inside.store(), stored);
    assertThat(inside.store().snapshots().head()).isEqualTo(1);
    for (int i = 0; i < CONTENTS.size(); i++) {
      SiteFileRow row = files.find(SiteFileCollection.GIT, i + ".tar").orElseThrow();
      try (InputStream in = files.open(row).orElseThrow().open(0)) {
        assertThat(Bytes.of(in.readAllBytes()).text()).isEqualTo(CONTENTS.get(i));
      }
    }
  }

  @Test
  void fullDiskStopsTheImportAndItGoesOnLater() throws IOException {
    SiteFileStore disk = FolderSiteFileStore.open(folder.resolve("files"));
    try (NetworkFixture inside = NetworkFixture.open(folder.resolve("data"))) {
      for (int room : List.of(0, 1, 4, 6)) {
        AtomicInteger left = new AtomicInteger(room);
        SiteFileStore full =
            new SiteImportChild.Interrupted(
                disk,
                () -> {
                  if (left.getAndDecrement() <= 0) {
                    throw new IOException("No space left on device");
                  }
                });
        BundleException refusal =
            catchThrowableOfType(BundleException.class, () -> run(inside, full));
        assertThat(refusal).as("room for %d writes", room).isNotNull();
        assertThat(refusal.reason()).isEqualTo(BundleCode.SPACE_INSUFFICIENT);
        assertNothingInForce(inside, disk);
      }

      assertThat(run(inside, disk)).isInstanceOf(ImportOutcome.Imported.class);

      assertWhole(inside, disk);
    }
  }
}
