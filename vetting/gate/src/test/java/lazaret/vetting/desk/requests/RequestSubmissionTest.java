package lazaret.vetting.desk.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.retention.NoticeLimit;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestSubmissionTest {
  private final GateFixture station = new GateFixture();
  private final CrateId id = station.publish("alpha", "1.0.0", 1);

  @AfterEach
  void close() {
    station.close();
  }

  private void ask(Requester requester, String by) {
    RequestReason reason = RequestReason.of("needed", null, null);
    var submission = new RequestSubmission(requester, by, reason);
    assertThat(station.desk.refusals().request(id.name(), id.version(), submission)).isPresent();
  }

  private void recordRequests(int count) {
    for (int i = 0; i < count; i++) {
      Notice notice =
          new Notice(
              Notice.Kind.REQUEST_MADE,
              station.clock.instant(),
              "eve",
              id.name(),
              "9.0." + i,
              "needed");
      assertThat(station.parts.appends(notice)).hasSize(1);
    }
  }

  @Test
  void requesterIsRecordedAfterManyRequestsOfOthers() {
    recordRequests(NoticeLimit.KIND_A_DAY);

    ask(new Requester("laptop", "10.0.0.7"), "ann");

    assertThat(new RequesterIndex(station.store).asked("ann", id.name(), id.version())).isTrue();
  }

  @Test
  void requestOfAPersonThatCannotBeRecordedIsRefused() {
    recordRequests(NoticeLimit.KIND_A_DAY);

    assertThatThrownBy(() -> ask(new Requester("laptop", "10.0.0.7"), "eve"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most 1000 requests on one day, found more");
    assertThat(station.desk.queue()).isEmpty();
    assertThat(station.parts.growth().dropped().count(DropKind.NOTICES)).isZero();

    ask(new Requester(Requester.ANONYMOUS, "10.0.0.8"), "-@10.0.0.8");
    assertThat(station.desk.queue()).hasSize(1);
  }
}
