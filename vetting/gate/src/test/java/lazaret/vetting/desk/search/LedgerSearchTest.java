package lazaret.vetting.desk.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerSearchTest {
  private static final long END = Long.MAX_VALUE;

  private final GateFixture station = new GateFixture();

  @BeforeEach
  void decideFiveTimes() {
    for (String name : List.of("alpha", "beta", "gamma", "delta", "big-name")) {
      CrateId id = station.publish(name, "1.0.0", 1);
      station.decide(Decision.Kind.APPROVE, id);
    }
  }

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void listsTheLatestEntriesFirst() {
    LedgerPart part = find(0, END, true, 2, LedgerQuery.Filter.NONE);

    assertThat(sequences(part)).containsExactly(5L, 4L);
    assertThat(part.earlier()).isEqualTo(4);
    assertThat(part.next()).isEqualTo(5);
  }

  @Test
  void continuesWithEarlierEntriesUntilTheFirst() {
    LedgerPart second = find(0, 4, true, 2, LedgerQuery.Filter.NONE);
    LedgerPart third = find(0, 2, true, 2, LedgerQuery.Filter.NONE);

    assertThat(sequences(second)).containsExactly(3L, 2L);
    assertThat(second.earlier()).isEqualTo(2);
    assertThat(sequences(third)).containsExactly(1L);
    assertThat(third.earlier()).isNull();
  }

  @Test
  void keepsBothBoundsInBothOrders() {
    assertThat(sequences(find(1, 4, true, 10, LedgerQuery.Filter.NONE))).containsExactly(3L, 2L);
    assertThat(sequences(find(1, 4, false, 10, LedgerQuery.Filter.NONE))).containsExactly(2L, 3L);
  }

  @Test
  void findsNothingAfterTheLargestSequence() {
    LedgerPart part = find(Long.MAX_VALUE, END, true, 10, LedgerQuery.Filter.NONE);

    assertThat(part.entries()).isEmpty();
    assertThat(part.earlier()).isNull();
  }

  @Test
  void findsACrateInAnySpelling() {
    var filter = new LedgerQuery.Filter(LedgerQuery.Kind.ALL, CrateName.parse("Big_Name"), null);

    assertThat(sequences(find(0, END, true, 10, filter))).containsExactly(5L);
  }

  @Test
  void findsWordsRegardlessOfCase() {
    var found = new LedgerQuery.Filter(LedgerQuery.Kind.DECISIONS, null, "BECAUSE");
    var absent = new LedgerQuery.Filter(LedgerQuery.Kind.DECISIONS, null, "nothing like it");

    assertThat(sequences(find(0, END, true, 10, found))).hasSize(5);
    assertThat(sequences(find(0, END, true, 10, absent))).isEmpty();
  }

  @Test
  void omitsDecisionsAmongAlarms() {
    var alarms = new LedgerQuery.Filter(LedgerQuery.Kind.ALARMS, null, null);
    LedgerPart part = find(0, END, false, 10, alarms);

    assertThat(part.entries()).isEmpty();
    assertThat(part.next()).isEqualTo(5);
  }

  private LedgerPart find(
      long after, long before, boolean latest, int limit, LedgerQuery.Filter filter) {
    return new LedgerSearch(station.store)
        .find(new LedgerQuery(after, before, latest, limit, filter));
  }

  private static List<Long> sequences(LedgerPart part) {
    return part.entries().stream().map(LedgerEntry::sequence).toList();
  }
}
