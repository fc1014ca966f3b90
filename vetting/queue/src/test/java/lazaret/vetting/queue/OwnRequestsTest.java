package lazaret.vetting.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.AtomFeedRequest;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.deskapi.requests.RequestStepsRequest;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnRequestsTest {
  private static final URI ORIGIN = URI.create("https://gate.example:8443");

  private final QueueFixture queue = new QueueFixture();
  private final CrateId alpha = queue.young("alpha");
  private final CrateId beta = queue.young("beta");

  @AfterEach
  void close() {
    queue.close();
  }

  private List<OwnRequestInfo> own(String person) {
    return queue.call(RequestOperations.OWN_REQUESTS, new EmptyRequest(), person).requests();
  }

  private OwnRequestInfo only(String person) {
    assertThat(own(person)).hasSize(1);
    return own(person).getFirst();
  }

  private String feed(String person, @Nullable URI origin) {
    return queue
        .call(RequestOperations.OWN_REQUESTS_FEED, new AtomFeedRequest(origin), person)
        .atom()
        .text();
  }

  private String decisions() {
    return queue
        .call(RequestOperations.DECISIONS_FEED, new AtomFeedRequest(ORIGIN), "dora")
        .atom()
        .text();
  }

  private void step(RequestStepRequest.Step act, String text, CrateId... ids) {
    List<CrateSpec> specs =
        Stream.of(ids).map(id -> new CrateSpec(id.name(), id.version(), null)).toList();
    var _ =
        queue.call(
            RequestOperations.STEPS, new RequestStepsRequest(specs, act, text, false), "carol");
  }

  private List<String> settled() {
    return queue.station.desk.events(0, 1_000).stream()
        .map(LedgerEntry::event)
        .filter(Notice.class::isInstance)
        .map(Notice.class::cast)
        .filter(notice -> notice.kind() == Notice.Kind.REQUEST_SETTLED)
        .map(Notice::detail)
        .toList();
  }

  @Test
  void listsTheRequestsOfTheCallerAlone() {
    queue.ask(alpha, "bob", "fixes the overflow", "web");
    queue.ask(beta, "carol", "needed", null);

    OwnRequestInfo request = only("bob");

    assertThat(request.name()).isEqualTo(alpha.name());
    assertThat(request.asked().reason()).isEqualTo("fixes the overflow");
    assertThat(request.asked().project()).isEqualTo("web");
    assertThat(request.state()).isEqualTo(OwnRequestInfo.State.WAITING);
    assertThat(request.decision()).isNull();
    assertThat(own("dora")).isEmpty();
  }

  @Test
  void namesTheDecision() {
    queue.ask(alpha, "bob", "fixes the overflow", null);

    queue.station.decide(Decision.Kind.DENY, alpha);

    OwnRequestInfo request = only("bob");
    assertThat(request.state()).isEqualTo(OwnRequestInfo.State.DENIED);
    assertThat(requireNonNull(request.decision()).by()).isEqualTo("ann");
  }

  @Test
  void isServedAfterAnApprovalAndAfterTheHold() {
    queue.ask(alpha, "bob", "one", null);
    queue.ask(beta, "bob", "two", null);

    queue.station.decide(Decision.Kind.APPROVE, alpha);
    assertThat(own("bob"))
        .extracting(OwnRequestInfo::state)
        .containsExactly(OwnRequestInfo.State.SERVED, OwnRequestInfo.State.WAITING);

    queue.station.clock.advance(Duration.ofDays(20));
    assertThat(own("bob"))
        .extracting(OwnRequestInfo::state)
        .containsOnly(OwnRequestInfo.State.SERVED);
  }

  @Test
  void namesTheReasonForWhichItWasClosed() {
    queue.ask(alpha, "bob", "one", null);

    step(RequestStepRequest.Step.CLOSE, "use beta", alpha);
    assertThat(only("bob").state()).isEqualTo(OwnRequestInfo.State.CLOSED);
    assertThat(requireNonNull(only("bob").closed()).text()).isEqualTo("use beta");

    step(RequestStepRequest.Step.REOPEN, "", alpha);
    assertThat(only("bob").state()).isEqualTo(OwnRequestInfo.State.WAITING);
  }

  @Test
  void aRequestThatJoinsAClosedOneIsClosed() {
    queue.ask(alpha, "bob", "one", null);
    step(RequestStepRequest.Step.CLOSE, "use beta", alpha);

    queue.ask(alpha, "dora", "two", null);

    assertThat(only("dora").state()).isEqualTo(OwnRequestInfo.State.CLOSED);
    assertThat(requireNonNull(only("dora").closed()).text()).isEqualTo("use beta");
    assertThat(feed("dora", ORIGIN))
        .contains("<title>alpha 1.0.0: closed</title>", "<author><name>carol</name></author>");
  }

  @Test
  void aRequestAfterADenialWaitsAgain() {
    queue.ask(alpha, "bob", "one", null);
    queue.station.decide(Decision.Kind.DENY, alpha);

    queue.ask(alpha, "bob", "fixes the overflow", null);

    assertThat(only("bob").state()).isEqualTo(OwnRequestInfo.State.WAITING);
    assertThat(only("bob").decision()).isNull();
    assertThat(feed("bob", ORIGIN))
        .contains("<title>alpha 1.0.0: requested</title>")
        .doesNotContain("denied");
  }

  @Test
  void theLedgerNamesTheRequestersOfADecision() {
    queue.ask(alpha, "bob", "one", "web");
    queue.ask(alpha, "carol", "two", null);

    queue.station.decide(Decision.Kind.DENY, alpha);
    queue.station.decide(Decision.Kind.DENY, beta);

    assertThat(settled()).containsExactly("denied by ann: because; asked by carol, bob (web)");
  }

  @Test
  void anApprovalIsReportedOnce() {
    queue.ask(alpha, "bob", "one", null);

    queue.station.decide(Decision.Kind.APPROVE, alpha);
    queue.station.decide(Decision.Kind.REVOKE, alpha);

    assertThat(settled()).containsExactly("approved by ann: because; asked by bob");
  }

  @Test
  void aClosingIsReportedWithItsReason() {
    queue.ask(alpha, "bob", "one", null);
    queue.ask(beta, "bob", "two", null);

    step(RequestStepRequest.Step.CLOSE, "not needed any more", alpha, beta);

    assertThat(settled())
        .containsExactly(
            "closed by carol: not needed any more; asked by bob",
            "closed by carol: not needed any more; asked by bob");
  }

  @Test
  void theFeedHasTheRequestAndThenItsDecision() {
    queue.ask(alpha, "bob", "fixes the overflow", null);
    String before = feed("bob", ORIGIN);
    assertThat(before)
        .contains("<title>alpha 1.0.0: requested</title>")
        .contains("href=\"https://gate.example:8443/desk/request/alpha/1.0.0\"")
        .contains("<content type=\"text\">fixes the overflow</content>");
    assertThat(feed("bob", ORIGIN)).isEqualTo(before);

    queue.station.decide(Decision.Kind.DENY, alpha);

    assertThat(feed("bob", ORIGIN))
        .contains("<title>alpha 1.0.0: denied</title>")
        .contains("<content type=\"text\">because</content>")
        .doesNotContain("requested");
    assertThat(id(feed("bob", ORIGIN))).isNotEqualTo(id(before));
    assertThat(feed("bob", null)).doesNotContain("<link");
  }

  @Test
  void theFeedNamesWhoClosedARequestThatWasRepeated() {
    queue.ask(alpha, "bob", "one", null);
    step(RequestStepRequest.Step.CLOSE, "use beta", alpha);
    queue.ask(alpha, "bob", "still needed", null);

    assertThat(feed("bob", ORIGIN))
        .contains("<title>alpha 1.0.0: closed</title>")
        .contains("<author><name>carol</name></author>")
        .contains("<content type=\"text\">use beta</content>")
        .doesNotContain("<name>bob</name>");
  }

  /// Returns the id of the first entry of a feed.
  private static String id(String feed) {
    String entry = feed.substring(feed.indexOf("<entry>"));
    return entry.substring(entry.indexOf("<id>"), entry.indexOf("</id>"));
  }

  @Test
  void theFeedOfDecisionsHasTheLatestFirst() {
    queue.station.decide(Decision.Kind.APPROVE, alpha);
    queue.station.clock.advance(Duration.ofHours(1));
    queue.station.decide(Decision.Kind.DENY, beta);

    String feed = decisions();

    assertThat(feed.indexOf("beta 1.0.0: denied"))
        .isLessThan(feed.indexOf("alpha 1.0.0: approved"));
    assertThat(feed)
        .contains("<author><name>ann</name></author>")
        .contains("<updated>2026-11-24T13:00:00Z</updated>")
        .contains("/desk/crates/beta/1.0.0");
  }

  @Test
  void keepsALimitedNumberOfRequestsOfAPerson() {
    OwnRequestIndex index = new OwnRequestIndex(queue.station.store);
    for (int i = 0; i < OwnRequestIndex.MAX_REQUESTS + 5; i++) {
      queue.ask(queue.young("n" + i), "bob", "needed", null);
    }

    assertThat(index.of("bob")).hasSize(OwnRequestIndex.MAX_REQUESTS);
    assertThat(index.of("BOB").getLast().name().published()).isEqualTo("n5");
    assertThat(index.of("local:bob")).hasSize(OwnRequestIndex.MAX_REQUESTS);
  }

  @Test
  void refusesAnOriginWithAPath() {
    AtomFeedRequest request = new AtomFeedRequest(URI.create("https://gate.example/x"));

    assertThat(queue.refusals(RequestOperations.DECISIONS_FEED, request))
        .containsExactly(
            "cannot read the request: expected scheme, host and port as `origin`, like"
                + " https://gate.example:8443");
  }
}
