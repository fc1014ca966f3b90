package lazaret.vetting.queue;

import static lazaret.vetting.queue.QueueFixture.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.desk.requests.RequestState;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.RequestStepRequest.Step;
import lazaret.vetting.deskapi.requests.RequestStepsRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueSummaryTest {
  private final QueueFixture queue = new QueueFixture();

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void countsVersionsByState() {
    Instant begun = queue.station.clock.instant();
    CrateId alpha = queue.young("alpha");
    CrateId beta = queue.young("beta");
    queue.ask(alpha);
    queue.station.clock.advance(Duration.ofHours(1));
    queue.ask(beta, queue.young("gamma"));
    var _ = queue.groups(ALL);

    assertThat(queue.service.summary()).isEqualTo(new QueueSummary(states(3, 0), begun));

    var _ =
        queue.call(
            RequestOperations.STEPS,
            new RequestStepsRequest(
                List.of(new CrateSpec(alpha.name(), alpha.version(), null)),
                Step.CLOSE,
                "not needed",
                false),
            "ann");

    assertThat(queue.service.summary())
        .isEqualTo(new QueueSummary(states(2, 1), begun.plus(Duration.ofHours(1))));
  }

  @Test
  void isEmptyBeforeTheFirstRound() {
    queue.ask(queue.young("alpha"));

    assertThat(queue.service.summary()).isEqualTo(new QueueSummary(states(0, 0), null));
  }

  private static Map<RequestState, Long> states(long waiting, long closed) {
    return Map.of(
        RequestState.WAITING,
        waiting,
        RequestState.HOLD,
        0L,
        RequestState.SERVED,
        0L,
        RequestState.CLOSED,
        closed);
  }
}
