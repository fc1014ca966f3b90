package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.importing.ImportOutcome.AlreadyImported;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.bundle.importing.ImportOutcome.Planned;
import lazaret.bundle.plan.ImportPlan;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleImporterTest {
  @TempDir Path folder;
  private ConnectedFixture outside = new ConnectedFixture(Path.of(""));
  private NetworkFixture inside;

  @BeforeEach
  void networks() throws IOException {
    outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    inside = NetworkFixture.open(folder.resolve("data"));
    outside.snapshot(
        crate("alpha", "1.0.0"), crate("beta", "1.0.0", "1.1.0"), crate("gamma", "0.1.0"));
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private Imported imported(Path bundle) {
    return (Imported) inside.run(bundle);
  }

  @Test
  void aFullBundleIsServed() throws IOException {
    Imported done = imported(outside.bundle(SnapshotKind.FULL));

    assertThat(done.snapshot().sequence()).isEqualTo(1);
    assertThat(inside.root()).isEqualTo(done.snapshot().stateRoot());
    assertThat(inside.crates()).isEqualTo(outside.crates(1));
    assertThat(inside.artifacts()).hasSize(4);
    assertThat(inside.index("beta")).contains("\"1.0.0\"", "\"1.1.0\"");
    assertThat(done.plan().changes().added().count()).isEqualTo(4);
    assertThat(done.plan().load())
        .isEqualTo(new ImportPlan.Volume(3, 4, 4, done.plan().load().bytes(), 0));
    assertThat(inside.store.feeds()).hasSize(1);
    assertThat(inside.importer.highWater()).contains(done.highWaterMark());
    assertThat(done.highWaterMark().line()).startsWith("lazaret-highwater/1 stream 7d444840-");
    assertThat(inside.data.resolve("import")).isEmptyDirectory();
    assertThat(inside.desk.events(0, 100))
        .anySatisfy(
            e ->
                assertThat(e.event())
                    .isInstanceOfSatisfying(
                        Notice.class,
                        n -> {
                          assertThat(n.kind()).isEqualTo(Notice.Kind.SNAPSHOT_SERVED);
                          assertThat(n.detail())
                              .startsWith("full prod e1/1 is served in place of nothing: 4 added");
                        }));
  }

  @Test
  void aDeltaIsServedFromOneFileToo() throws IOException {
    imported(outside.bundle(SnapshotKind.FULL));
    outside.snapshot(
        crate("alpha", "1.0.0", "1.0.1"),
        new SnapshotCrate(
            CrateName.parse("beta"),
            List.of(line("beta", "1.0.0", false), line("beta", "1.1.0", true))));

    Imported done = imported(SingleFileBundle.pack(outside.bundle(SnapshotKind.DELTA, 1)));

    assertThat(inside.crates()).isEqualTo(outside.crates(2));
    assertThat(inside.root()).isEqualTo(TestExports.root(outside.crates(2)));
    ImportPlan.Changes changes = done.plan().changes();
    assertThat(changes.added().first()).containsExactly("alpha 1.0.1");
    assertThat(changes.revoked().first()).containsExactly("beta 1.0.0");
    assertThat(changes.removed().first()).containsExactly("gamma 0.1.0");
    assertThat(inside.crates(1)).isEqualTo(outside.crates(1));
  }

  @Test
  void theSameBundleAgainChangesNothing() throws IOException {
    Path bundle = outside.bundle(SnapshotKind.FULL);
    Imported done = imported(bundle);
    int events = inside.desk.events(0, 100).size();

    assertThat(inside.run(bundle)).isEqualTo(new AlreadyImported(done.snapshot()));
    assertThat(inside.desk.events(0, 100)).hasSize(events);
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    Path bundle = outside.bundle(SnapshotKind.FULL);
    var planned = (Planned) inside.run(ImportOptions.of(bundle, "ann").dry());

    assertThat(planned.plan().changes().added().count()).isEqualTo(4);
    assertThat(planned.plan().load().artifacts()).isEqualTo(4);
    assertThat(inside.store.snapshots().head()).isZero();
    assertThat(inside.rows()).isEmpty();
    assertThat(inside.artifacts()).isEmpty();
    assertThat(inside.importer.highWater()).isEmpty();
    assertThat(inside.data.resolve("import")).isEmptyDirectory();
    assertThat(imported(bundle).plan()).isEqualTo(planned.plan());
  }
}
