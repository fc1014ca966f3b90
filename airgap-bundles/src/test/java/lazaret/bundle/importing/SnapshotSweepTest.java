package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import lazaret.bundle.format.Formats;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.retention.SnapshotSweep;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotSweepTest {
  private static final CrateName ALPHA = CrateName.parse("alpha");
  private static final CrateName BETA = CrateName.parse("beta");

  @TempDir Path folder;

  @Test
  void whereSnapshotsAreMadeTheNewestStayAndReadAsBefore() throws IOException {
    try (NetworkFixture network = NetworkFixture.open(folder.resolve("data"))) {
      Store store = network.store;
      SnapshotCrate beta = crate("beta", "1.0.0");
      add(store, 1, beta);
      for (long sequence = 1; sequence <= SnapshotSweep.KEPT_OUTSIDE + 3; sequence++) {
        add(store, sequence, crate("alpha", "1.0." + sequence));
        note(store, sequence);
      }

      SnapshotSweep.exported(network.desk.snapshots());
      SnapshotSweep.exported(network.desk.snapshots());

      assertThat(store.snapshots().all().stream().map(SnapshotInfo::sequence))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(4, SnapshotSweep.KEPT_OUTSIDE + 3).boxed().toList());
      assertThat(store.snapshots().crate(ALPHA, 4)).contains(crate("alpha", "1.0.4"));
      assertThat(store.snapshots().crate(ALPHA, 3)).isEmpty();
      // The row belongs to the first snapshot and is used by all later ones.
      assertThat(store.snapshots().crate(BETA, 4)).contains(beta);
      try (var rows = store.snapshots().rows()) {
        assertThat(rows).hasSize(SnapshotSweep.KEPT_OUTSIDE + 1);
      }
    }
  }

  private static void add(Store store, long sequence, SnapshotCrate crate) {
    store.commit(
        Batch.relaxed(List.<Batch.Write>of(new Batch.Write.PutSnapshotCrate(sequence, crate))));
  }

  private static void note(Store store, long sequence) {
    var info =
        new SnapshotInfo(
            1,
            sequence,
            SnapshotKind.FULL,
            Sha256.of(Bytes.EMPTY),
            Sha256.of(Bytes.EMPTY),
            Formats.NOW,
            Formats.NOW,
            2,
            2,
            0);
    store.commit(Batch.synced(List.<Batch.Write>of(new Batch.Write.PutSnapshot(info))));
  }
}
