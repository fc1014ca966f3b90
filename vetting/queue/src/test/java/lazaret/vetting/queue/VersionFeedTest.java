package lazaret.vetting.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.RefusalFeedRequest;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.deskapi.requests.RequestStepsRequest;
import lazaret.vetting.ledger.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionFeedTest {
  private static final URI ORIGIN = URI.create("https://gate.example:8443");

  private final QueueFixture queue = new QueueFixture();
  private final CrateId alpha = queue.young("alpha");
  private final CrateId beta = queue.young("beta");

  @AfterEach
  void close() {
    queue.close();
  }

  private static RefusalFeedRequest request(CrateId id) {
    return new RefusalFeedRequest(id.name(), id.version(), ORIGIN);
  }

  private String feed(CrateId id) {
    return queue.call(RequestOperations.REFUSAL_FEED, request(id), "dora").atom().text();
  }

  @Test
  void hasTheDecisionsOnOneVersionTheLatestFirst() {
    queue.ask(alpha, beta);
    queue.station.decide(Decision.Kind.APPROVE, beta);
    queue.station.decide(Decision.Kind.APPROVE, alpha);
    queue.station.clock.advance(Duration.ofHours(1));
    queue.station.decide(Decision.Kind.REVOKE, alpha);
    queue.station.clock.advance(Duration.ofDays(40));

    String feed = feed(alpha);

    assertThat(feed)
        .contains("<title>Decisions on alpha 1.0.0</title>")
        .contains("href=\"https://gate.example:8443/desk/request/alpha/1.0.0/feed\"")
        .contains("<author><name>ann</name></author>", "<content type=\"text\">because</content>")
        .doesNotContain("beta");
    assertThat(feed.indexOf("alpha 1.0.0: revoked"))
        .isPositive()
        .isLessThan(feed.indexOf("alpha 1.0.0: approved"));
  }

  @Test
  void hasTheStatesAloneWithoutASessionOrToken() {
    queue.ask(alpha);
    queue.station.decide(Decision.Kind.DENY, alpha);

    String feed = queue.callUnnamed(RequestOperations.REFUSAL_FEED, request(alpha)).atom().text();

    assertThat(feed)
        .contains("alpha 1.0.0: denied", "<author><name>Lazaret</name></author>")
        .contains("A session or a token shows the person and the reason.")
        .doesNotContain("<name>ann</name>", "because");
  }

  @Test
  void namesNoRequesterAndNoReasonOfOne() {
    queue.ask(alpha, "bob", "our secret project", "web");
    CrateSpec spec = new CrateSpec(alpha.name(), alpha.version(), null);
    var _ =
        queue.call(
            RequestOperations.STEPS,
            new RequestStepsRequest(
                List.of(spec), RequestStepRequest.Step.CLOSE, "ask bob for another way", false),
            "carol");

    assertThat(feed(alpha))
        .contains("alpha 1.0.0: closed", "A reviewer closed the request without a decision.")
        .doesNotContain("bob", "secret", "web", "carol");
  }

  @Test
  void staysTheSameUntilADecision() {
    queue.ask(alpha);
    String before = feed(alpha);
    queue.station.clock.advance(Duration.ofHours(1));

    assertThat(before).doesNotContain("<entry>");
    assertThat(feed(alpha)).isEqualTo(before);

    queue.station.decide(Decision.Kind.DENY, alpha);
    assertThat(feed(alpha)).contains("alpha 1.0.0: denied");
  }

  @Test
  void hasNothingOnAVersionThatWasNotRefused() {
    queue.station.decide(Decision.Kind.APPROVE, beta);

    assertThat(queue.refusals(RequestOperations.REFUSAL_FEED, request(beta)))
        .containsExactly(
            "beta 1.0.0: there is no refusal of the version 'beta 1.0.0' in the last day");
  }
}
