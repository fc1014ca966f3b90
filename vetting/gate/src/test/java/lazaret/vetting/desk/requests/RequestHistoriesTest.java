package lazaret.vetting.desk.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.junit.jupiter.api.Test;

class RequestHistoriesTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");
  private static final CrateName NAME = CrateName.parse("serde_json");

  private final RequestHistories histories = new RequestHistories();
  private long sequence;

  private void note(Notice.Kind kind, String version, String text) {
    histories.add(
        LedgerEntry.link(
            ++sequence, LedgerEntry.GENESIS, new Notice(kind, AT, "alice", NAME, version, text)));
  }

  @Test
  void otherSpellingsOfACrateHaveOneHistory() {
    note(Notice.Kind.REQUEST_CLOSED, "1.0.0", "no");

    assertThat(histories.of(CrateName.parse("Serde-Json"), "1.0.0").closed()).isTrue();
    assertThat(histories.of(NAME, "1.0.1")).isEqualTo(RequestHistory.NONE);
    assertThat(histories.read()).isEqualTo(1);
  }

  @Test
  void onlyTheLastStepsAreKept() {
    for (int i = 0; i < RequestHistory.MAX_ACTS + 10; i++) {
      note(Notice.Kind.REQUEST_COMMENTED, "1.0.0", "c" + i);
    }

    RequestHistory history = histories.of(NAME, "1.0.0");
    assertThat(history.total()).isEqualTo(RequestHistory.MAX_ACTS + 10);
    assertThat(history.acts()).hasSize(RequestHistory.MAX_ACTS);
    assertThat(history.acts().getLast().text()).isEqualTo("c" + (RequestHistory.MAX_ACTS + 9));
  }

  @Test
  void theHistoryHandledLeastRecentlyIsDroppedFirst() {
    note(Notice.Kind.REQUEST_COMMENTED, "0.0.1", "first");
    note(Notice.Kind.REQUEST_COMMENTED, "0.0.2", "second");
    note(Notice.Kind.REQUEST_COMMENTED, "0.0.1", "again");
    for (int i = 0; i < RequestHistories.MAX_REQUESTS - 1; i++) {
      note(Notice.Kind.REQUEST_COMMENTED, "1.0." + i, "c");
    }

    assertThat(histories.of(NAME, "0.0.1").total()).isEqualTo(2);
    assertThat(histories.of(NAME, "0.0.2")).isEqualTo(RequestHistory.NONE);
  }

  @Test
  void aHoldThatAPersonAskedForWaitsForAPerson() {
    Verdict hold = new Verdict.Hold(AT, List.of(new Reason(Reason.Code.COOLDOWN, "young")));
    assertThat(RequestState.of(RequestHistory.NONE, hold)).isEqualTo(RequestState.HOLD);

    note(Notice.Kind.REQUEST_MADE, "1.0.0", "an urgent fix");

    assertThat(RequestState.of(histories.of(NAME, "1.0.0"), hold)).isEqualTo(RequestState.WAITING);
  }

  private List<NamedRequester> requesters() {
    return histories.of(NAME, "1.0.0").requesters();
  }

  private void ask(String by, String detail) {
    histories.add(
        LedgerEntry.link(
            ++sequence,
            LedgerEntry.GENESIS,
            new Notice(Notice.Kind.REQUEST_MADE, AT, by, NAME, "1.0.0", detail)));
  }

  @Test
  void eachPersonWhoAskedIsKeptWithTheLastReason() {
    ask("bob", "one\nproject: web");
    ask("carol", "two");
    ask("bob", "three");

    assertThat(requesters())
        .extracting(NamedRequester::by, NamedRequester::count)
        .containsExactly(tuple("carol", 1L), tuple("bob", 2L));
    assertThat(requesters().getLast().reason()).isEqualTo(new RequestReason("three", null, null));
  }

  @Test
  void onlyTheLatestRequestersAreKept() {
    for (int i = 0; i < RequestHistory.MAX_REQUESTERS + 3; i++) {
      ask("person" + i, "needed");
    }

    assertThat(requesters()).hasSize(RequestHistory.MAX_REQUESTERS);
    assertThat(requesters().getFirst().by()).isEqualTo("person3");
    assertThat(histories.of(NAME, "1.0.0").moreRequesters()).isEqualTo(3);
  }

  @Test
  void aSettledRequestHasNoRequestersUnlessItIsClosed() {
    ask("bob", "one");
    note(Notice.Kind.REQUEST_CLOSED, "1.0.0", "no");
    note(Notice.Kind.REQUEST_SETTLED, "1.0.0", "closed");
    assertThat(requesters()).hasSize(1);

    note(Notice.Kind.REQUEST_REOPENED, "1.0.0", "");
    note(Notice.Kind.REQUEST_SETTLED, "1.0.0", "approved");
    assertThat(requesters()).isEmpty();
  }

  @Test
  void aCopyDoesNotFollowTheLedger() {
    ask("bob", "one");
    RequestHistories copy = histories.copy();

    ask("carol", "two");

    assertThat(copy.of(NAME, "1.0.0").requesters()).hasSize(1);
    assertThat(copy.read()).isEqualTo(1);
  }
}
