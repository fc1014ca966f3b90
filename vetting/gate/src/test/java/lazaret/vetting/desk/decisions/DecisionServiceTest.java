package lazaret.vetting.desk.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.requests.RequesterIndex;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecisionServiceTest {
  private final GateFixture station = new GateFixture();
  private final CrateId id = station.publish("alpha", "1.0.0", 1);

  @AfterEach
  void close() {
    station.close();
  }

  private Notice notice(Notice.Kind kind, String by) {
    return new Notice(kind, station.clock.instant(), by, id.name(), id.version().text(), "needed");
  }

  /// Approves the version as bob.
  private DecisionReport approve(boolean bulk, DecisionService.Settlement settlement) {
    return decide(order(bulk, null), settlement);
  }

  private DecisionOrder order(boolean bulk, @Nullable CrateVersion delta) {
    return new DecisionOrder(
        Decision.Kind.APPROVE,
        List.of(new WantedVersion(id.name(), id.version(), id.cksum(), null)),
        new Decider("bob", null, null),
        "read it",
        null,
        List.of(),
        List.of(),
        delta,
        List.of(),
        bulk,
        null);
  }

  private DecisionReport decide(DecisionOrder order, DecisionService.Settlement settlement) {
    var approvals = new ApprovalCheck(ReadingCheck.NOTHING_READ, new RequesterIndex(station.store));
    return new DecisionService(
            station.store,
            station.clock,
            station.gate.files(),
            station.gate.finder(),
            settlement,
            approvals)
        .decide(order);
  }

  @Test
  void refusesADifferenceToTheVersionItself() {
    DecisionReport report = decide(order(false, id.version()), _ -> Optional.empty());

    assertThat(report.recorded()).isEmpty();
    assertThat(report.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_INPUT);
              assertThat(refused.detail()).startsWith("cannot compare 1.0.0 with itself: ");
            });
    assertThat(decide(order(false, null), _ -> Optional.empty()).recorded()).hasSize(1);
  }

  @Test
  void simultaneousDecisionsSettleARequestOnce() {
    station.download(id);
    assertThat(station.desk.queue()).hasSize(1);
    Notice request = notice(Notice.Kind.REQUEST_MADE, "carl");
    station.store.commit(Batch.synced(List.of(new Batch.Write.Append(request))));

    DecisionReport report =
        approve(
            false,
            _ -> {
              // Another person approves before the first decision is recorded.
              assertThat(station.decide(Decision.Kind.APPROVE, id).recorded()).hasSize(1);
              return Optional.of(notice(Notice.Kind.REQUEST_SETTLED, "bob"));
            });

    assertThat(report.recorded()).hasSize(1);
    assertThat(station.notices()).containsOnlyOnce(Notice.Kind.REQUEST_SETTLED);
  }

  @Test
  void bulkApprovalThatMeetsANewDenialListsTheVersionAsWithheld() {
    station.download(id);
    assertThat(station.desk.queue()).hasSize(1);

    DecisionReport report =
        approve(
            true,
            _ -> {
              // Another person denies before the decision is recorded.
              assertThat(station.decide(Decision.Kind.DENY, id).recorded()).hasSize(1);
              return Optional.empty();
            });

    assertThat(report.recorded()).isEmpty();
    assertThat(report.unchanged()).isEmpty();
    assertThat(report.refused()).isEmpty();
    assertThat(report.withheld()).extracting(DecisionReport.Withheld::id).containsExactly(id);
  }
}
