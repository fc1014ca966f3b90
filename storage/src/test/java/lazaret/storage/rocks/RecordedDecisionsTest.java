package lazaret.storage.rocks;

import static lazaret.vetting.gate.fixture.StoreSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.snapshots.SnapshotAdapter;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.VerificationStatement.Claim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;

/// The comparison of the decisions by crate with the ledger. A snapshot in force brings decisions
/// that the ledger does not have, and lifts denials that it has.
class RecordedDecisionsTest {
  private static final SnapshotCrate CRATE = StoreSamples.snapshotCrate("alpha", "1.0.0");

  @TempDir Path data;

  /// Records the denials of bundles 1 and 2.
  ///
  /// @param head the sequence of the served snapshot, which allows the version; 0 for none
  private void fill(long head) {
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.Append(denial(1)));
    writes.add(new Write.Append(denial(2)));
    if (head != 0) {
      writes.add(new Write.PutSnapshotCrate(head, CRATE));
      writes.add(new Write.PutSnapshot(StoreSamples.snapshot(head)));
      writes.add(new Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8(Long.toString(head))));
    }
    try (Store store = open()) {
      store.commit(Batch.synced(writes));
    }
  }

  private static Decision denial(long sequence) {
    Claim allowed = CRATE.lines().getFirst().statement().claim();
    Claim denied = new Claim(allowed.id(), false, 0, allowed.policy(), List.of());
    return SnapshotAdapter.denial(
        denied, new SnapshotAdapter.Bundle("prod", 1, sequence), NOON.plusSeconds(sequence));
  }

  private Store open() {
    return RocksStore.open(data, RocksOptions.DEFAULT, Clock.fixed(NOON, ZoneOffset.UTC));
  }

  @Test
  void denialsLiftedByASnapshotAreNoLoss() {
    fill(3);

    try (GateFixture gate = new GateFixture(new SnapshotViewStore(open()))) {
      assertThat(gate.store.decisions(CRATE.name()))
          .singleElement()
          .satisfies(decision -> assertThat(decision.kind().serves()).isTrue());
      assertThat(gate.desk.fsck().faults()).isEmpty();
    }
  }

  /// Snapshot 1 lifts neither denial, so that its own decision would make up for the lost one.
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3})
  void namesALostDecision(long head) throws RocksDBException {
    fill(head);
    DataFolder claimed = DataFolder.claim(data);
    try (OpenDatabase open =
        OpenDatabase.open(
            claimed.database(), RocksOptions.DEFAULT, OpenDatabase.Making.NOTHING, false)) {
      open.db.delete(open.handle(ColumnFamily.DECISIONS), RowKeys.decision(denial(2).id(), 2));
    } finally {
      claimed.close();
    }

    try (GateFixture gate = new GateFixture(new SnapshotViewStore(open()))) {
      gate.withoutFsck("a decision is lost");
      assertThat(gate.desk.fsck().faults())
          .containsExactly("crate alpha has 1 decisions, the ledger has 2");
    }
  }
}
