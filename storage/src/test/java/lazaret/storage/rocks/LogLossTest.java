package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;

/// Acknowledged writes that a store has lost with its write-ahead log.
class LogLossTest extends LossScene {
  @Test
  void killedAfterAcknowledgedDecisions() throws IOException {
    crash();

    assertSound(DECISIONS);
    assertThat(lines).isEmpty();
  }

  @Test
  void tornTailOfTheLogIsOneLineAndTheStartGoesOn() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
      long acknowledged = Files.size(log(live));
      decide(store, 77);
      Files.copy(log(live), log(crashed), StandardCopyOption.REPLACE_EXISTING);
      truncate(log(crashed), (acknowledged + Files.size(log(live))) / 2);
    }

    assertSound(DECISIONS);
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("the log '")
        .endsWith("; no acknowledged write is missing");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.30, 0.60, 0.95})
  void logFlippedInTheMiddle(double part) throws IOException {
    crash();
    long length = Files.size(log(crashed));
    flip(log(crashed), part);

    // Each decision takes about as much of the log; the family's first record comes before.
    int survived;
    Path probe = temp.resolve("probe");
    copy(crashed, probe);
    try (RocksStore store = open(probe)) {
      survived = ledger(store).size();
    }
    lines.clear();
    assertThat(survived).isBetween((int) (part * DECISIONS) - 3, (int) (part * DECISIONS) + 1);
    assertThat(length).isPositive();
    assertLost(survived);
    assertThat(lines.getFirst()).contains("; the log '").contains("' is readable up to byte ");
  }

  @Test
  void logDeleted() throws IOException {
    crash();
    Files.delete(log(crashed));

    assertLost(0);
  }

  @Test
  void logTruncatedAtTheEndOfARecord() throws IOException {
    long end;
    try (RocksStore store = open(live)) {
      for (int i = 1; i <= 12; i++) {
        decide(store, i);
      }
      end = Files.size(log(live));
      for (int i = 13; i <= DECISIONS; i++) {
        decide(store, i);
      }
      copy(live, crashed);
    }
    truncate(log(crashed), end);

    assertLost(12);
  }

  @Test
  void logEmptied() throws IOException {
    crash();
    truncate(log(crashed), 0);

    assertLost(0);
  }

  @Test
  void logMissingInTheMiddle() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
    }
    // A gap as a missing log leaves it: its commits have neither row nor entry.
    try (OpenDatabase open =
        OpenDatabase.open(
            crashed.resolve("store"), RocksOptions.DEFAULT, OpenDatabase.Making.NOTHING, false)) {
      for (long commit = 9; commit <= 12; commit++) {
        open.db.delete(open.handle(ColumnFamily.COMMITS), RowKeys.sequence(commit));
        open.db.delete(open.handle(ColumnFamily.LEDGER), RowKeys.sequence(commit));
      }
    } catch (RocksDBException e) {
      throw new IOException(e);
    }

    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().faults())
          .singleElement()
          .isInstanceOfSatisfying(
              StoreFault.WritesMissing.class,
              missing -> {
                assertThat(missing.entries()).isEqualTo(new StoreFault.Range(9, 12));
                assertThat(missing.commits()).isEqualTo(new StoreFault.Range(9, 12));
              });
    }
  }

  @Test
  void writesWithoutALedgerEntryCount() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
      store.commit(Batch.synced(List.of(new Write.PutMeta("mark", Bytes.utf8("1")))));
      Files.copy(
          live.resolve("lazaret-head"),
          crashed.resolve("lazaret-head"),
          StandardCopyOption.REPLACE_EXISTING);
    }

    try (RocksStore store = open(crashed)) {
      assertThat(store.condition().loss())
          .isEqualTo(
              "1 write without a ledger entry is missing, acknowledged between %s and %s"
                  .formatted(MOMENT, MOMENT));
    }
  }

  @Test
  void batchThatWasWrittenAndNotRecordedIsNoLoss() throws IOException {
    try (RocksStore store = open(live)) {
      decide(store);
      copy(live, crashed);
      decide(store, 77);
      Files.copy(log(live), log(crashed), StandardCopyOption.REPLACE_EXISTING);
    }

    assertSound(DECISIONS + 1);
  }
}
