package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.Formats;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.index.Validators;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A network whose advisories are past the stop age.
class ImportStaleFeedsTest {
  @TempDir Path folder;
  private ConnectedFixture outside = new ConnectedFixture(Path.of(""));
  private NetworkFixture inside;

  @BeforeEach
  void networks() throws IOException {
    outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    inside = NetworkFixture.open(folder.resolve("data"));
    outside.snapshot(crate("alpha", "1.0.0"), crate("beta", "1.0.0"));
    inside.run(outside.bundle(SnapshotKind.FULL));
    var old =
        new FeedInfo(
            "rustsec",
            FeedFormat.RUSTSEC,
            "by hand",
            Formats.NOW.minus(Duration.ofDays(100)),
            null,
            0,
            0);
    inside.store.commit(
        Batch.synced(
            List.<Batch.Write>of(
                new Batch.Write.PutFeed(
                    new StoredFeed(new Feed(old, List.of()), Validators.NONE)))));
  }

  @AfterEach
  void close() {
    inside.close();
  }

  @Test
  void nothingNewComesIn() throws IOException {
    outside.snapshot(crate("alpha", "1.0.0", "1.0.1"));
    Path delta = outside.bundle(SnapshotKind.DELTA, 1);

    assertThatThrownBy(() -> inside.run(delta))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(BundleCode.FEEDS_STALE))
        .hasMessageStartingWith("cannot import delta prod e1/2: feed rustsec is 100 days old");
    assertThat(inside.store.snapshots().head()).isEqualTo(1);
    assertThat(inside.data.resolve("import")).isEmptyDirectory();
    assertThat(inside.index("beta")).contains("\"1.0.0\"");
  }

  @Test
  void denialsCome() throws IOException {
    outside.snapshot(
        crate("alpha", "1.0.0"),
        new SnapshotCrate(CrateName.parse("beta"), List.of(line("beta", "1.0.0", false))));

    inside.run(outside.bundle(SnapshotKind.REVOCATION));

    assertThat(inside.index("beta")).contains("\"yanked\":true");
  }
}
