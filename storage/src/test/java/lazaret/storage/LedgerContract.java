package lazaret.storage;

import static lazaret.storage.Samples.NOON;
import static lazaret.storage.Samples.id;
import static lazaret.storage.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.Store;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store owes to its ledger and the decisions in it.
public interface LedgerContract {
  /// Opens a store that keeps its data in a folder.
  Store open(Path folder);

  private static void put(Store store, Write... writes) {
    store.commit(Batch.synced(List.of(writes)));
  }

  private static <T> List<T> all(Stream<T> stream) {
    try (stream) {
      return stream.toList();
    }
  }

  @Test
  default void keepsCratesApartWhoseNamesBeginAlike(@TempDir Path folder) {
    try (Store store = open(folder)) {
      put(
          store,
          new Write.Append(Samples.approval(id("serde", "1.0.0"), 1)),
          new Write.Append(Samples.approval(id("serde_json", "1.0.0"), 2)),
          new Write.Append(Samples.approval(id("serd", "1.0.0"), 3)));

      assertThat(store.decisions(name("serde")))
          .containsExactly(Samples.approval(id("serde", "1.0.0"), 1));
      assertThat(store.decisions(name("serd")))
          .containsExactly(Samples.approval(id("serd", "1.0.0"), 3));
    }
  }

  @Test
  default void chainsTheLedgerInTheOrderOfTheBatch(@TempDir Path folder) {
    try (Store store = open(folder)) {
      put(store, new Write.Append(Samples.notice("first")));
      List<LedgerEntry> appended =
          store.commit(
              Batch.synced(
                  List.of(
                      new Write.Append(Samples.approval(id("a", "1.0.0"), 1)),
                      new Write.Append(Samples.notice("third")))));

      List<LedgerEntry> ledger = all(store.ledger(0));
      assertThat(ledger).extracting(LedgerEntry::sequence).containsExactly(1L, 2L, 3L);
      assertThat(ledger.subList(1, 3)).isEqualTo(appended);
      assertThat(ledger).allMatch(LedgerEntry::intact);
      assertThat(ledger.getFirst().previous()).isEqualTo(LedgerEntry.GENESIS);
      assertThat(ledger.get(2).previous()).isEqualTo(ledger.get(1).hash());
      assertThat(store.ledgerHead()).contains(ledger.getLast());
      assertThat(all(store.ledger(2))).containsExactly(ledger.getLast());
      assertThat(all(store.ledger(3))).isEmpty();
      assertThat(store.decisions(name("a"))).containsExactly(Samples.approval(id("a", "1.0.0"), 1));
    }
  }

  @Test
  default void ordersDecisionsByTheirSequence(@TempDir Path folder) {
    try (Store store = open(folder)) {
      for (int i = 0; i < 300; i++) {
        store.commit(
            Batch.relaxed(
                List.of(new Write.Append(Samples.approval(id("a", "1.0." + (300 - i) % 7), i)))));
      }

      assertThat(store.decisions(name("a")))
          .extracting(d -> d.at().getEpochSecond() - NOON.getEpochSecond())
          .containsExactlyElementsOf(IntStream.range(0, 300).mapToObj(i -> (long) i).toList());
    }
  }
}
