package lazaret.vetting.queue;

import static lazaret.vetting.queue.QueueFixture.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.QueuedRequestInfo;
import lazaret.vetting.deskapi.requests.QueuedVersionRequest;
import lazaret.vetting.deskapi.requests.RequestHistoryReply;
import lazaret.vetting.deskapi.requests.RequestStepInfo;
import lazaret.vetting.deskapi.requests.RequestStepRequest.Step;
import lazaret.vetting.deskapi.requests.RequestStepsReply;
import lazaret.vetting.deskapi.requests.RequestStepsRequest;
import lazaret.vetting.ledger.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueStepsTest {
  private final QueueFixture queue = new QueueFixture();
  private final CrateId alpha = queue.young("alpha");
  private final CrateId beta = queue.young("beta");

  @AfterEach
  void close() {
    queue.close();
  }

  private static RequestStepsRequest order(Step act, String text, CrateId... ids) {
    List<CrateSpec> specs =
        Stream.of(ids).map(id -> new CrateSpec(id.name(), id.version(), null)).toList();
    return new RequestStepsRequest(specs, act, text, false);
  }

  private RequestStepsReply steps(Step act, String text, CrateId... ids) {
    return queue.call(RequestOperations.STEPS, order(act, text, ids), "ann");
  }

  @Test
  void recordsOneStepForEachRequest() {
    queue.ask(alpha, beta);

    RequestStepsReply reply = steps(Step.ASSIGN, "carol", alpha, beta);

    assertThat(reply.requests())
        .extracting(QueuedRequestInfo::assignedTo)
        .containsExactly("carol", "carol");
    assertThat(reply.requests().getFirst().request().name()).isEqualTo(alpha.name());
  }

  @Test
  void recordsNoneIfOneIsRefused() {
    queue.ask(alpha, beta);
    var _ = steps(Step.CLOSE, "not needed", beta);
    int events = queue.station.desk.events(0, 100).size();

    assertThat(queue.refusals(RequestOperations.STEPS, order(Step.CLOSE, "no", alpha, beta)))
        .containsExactly("beta 1.0.0: cannot close the request: it is closed already");
    assertThat(queue.station.desk.events(0, 100)).hasSize(events);
    assertThat(queue.groups(ALL).groups().stream().map(QueueFixture::names))
        .containsExactly("alpha");
  }

  @Test
  void refusesAVersionWithoutARequest() {
    queue.ask(alpha);

    assertThat(queue.refusals(RequestOperations.STEPS, order(Step.COMMENT, "no", alpha, beta)))
        .containsExactly("beta 1.0.0: there is no open request");
  }

  @Test
  void historyRemainsAfterADenial() {
    queue.ask(alpha, "bob", "needed", "web");
    var _ = steps(Step.COMMENT, "ask the author", alpha);
    queue.station.decide(Decision.Kind.DENY, alpha);

    RequestHistoryReply reply =
        queue.call(
            RequestOperations.REQUEST_HISTORY,
            new QueuedVersionRequest(alpha.name(), alpha.version()),
            "ann");

    assertThat(reply.history())
        .extracting(RequestStepInfo::act)
        .containsExactly(RequestStepInfo.Act.ASK, RequestStepInfo.Act.COMMENT);
    assertThat(reply.asked()).extracting(NamedRequesterInfo::by).containsExactly("bob");
  }

  @Test
  void closesNoneIfTimeAloneDoesNotFreeOne() {
    queue.station.decide(Decision.Kind.DENY, beta);
    queue.ask(alpha, beta);
    RequestStepsRequest both = held(alpha, beta);

    assertThat(queue.refusals(RequestOperations.STEPS, both))
        .containsExactly(
            "beta 1.0.0: cannot close the request: expected a version that only its cooldown"
                + " withholds, found another; leave it out");
    assertThat(queue.call(RequestOperations.STEPS, held(alpha), "ann").requests())
        .extracting(QueuedRequestInfo::state)
        .containsExactly(QueuedRequestInfo.State.CLOSED);
  }

  private static RequestStepsRequest held(CrateId... ids) {
    return new RequestStepsRequest(
        order(Step.CLOSE, "", ids).specs(), Step.CLOSE, "waits for time", true);
  }

  @Test
  void refusesATextThatDoesNotFitTheStep() {
    queue.ask(alpha);

    assertThat(queue.refusals(RequestOperations.STEPS, order(Step.CLOSE, " ", alpha)))
        .containsExactly("cannot close a request: expected a text, found none");
  }
}
