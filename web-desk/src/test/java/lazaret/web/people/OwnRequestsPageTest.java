package lazaret.web.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.requests.AtomFeedReply;
import lazaret.vetting.deskapi.requests.AtomFeedRequest;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.vetting.deskapi.requests.OwnRequestInfo.State;
import lazaret.vetting.deskapi.requests.OwnRequestsReply;
import lazaret.vetting.deskapi.requests.RequestStepInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnRequestsPageTest {
  private static final String PATH = "/desk/people/me/requests";
  private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");
  private static final Instant END = Instant.parse("2026-12-01T10:00:00Z");

  private final FixedDesk desk =
      FixedDesk.of(DeskRole.READER)
          .reply(
              RequestOperations.OWN_REQUESTS,
              new OwnRequestsReply(
                  List.of(
                      row("serde", State.DENIED, decision(DecisionInfo.Kind.DENY)),
                      row("libc", State.SERVED, decision(DecisionInfo.Kind.APPROVE)),
                      row("rand", State.SERVED, null),
                      row("syn", State.WAITING, null),
                      row("log", State.WAITING, decision(DecisionInfo.Kind.APPROVE)),
                      closed("cc"))));

  @Test
  void showsTheStateAndTheReasonOfEachRequest() {
    String page = desk.page(PATH);

    assertThat(page)
        .contains("2 requests of 6 wait.", "All <span class=\"count\">6</span>")
        .contains("Denied</span>", "Denied by <bdi>ann</bdi>", "<bdi>steals keys</bdi>")
        .contains("Approved</span>", "Served without a decision</span>", "\nWaiting</span>")
        .contains("Approved, not served yet</span>", "Closed without a decision</span>")
        .contains("Closed by <bdi>carol</bdi>", "<bdi>use libc</bdi>")
        .contains(
            "href=\"/desk/request/serde/1.0.9+b\"",
            "<bdi>fixes a crash</bdi>",
            "2 times, last <time")
        .contains("No decision since you asked. The reason now: <bdi>two days old</bdi>")
        .contains("Hold until <time datetime=\"2026-12-01T10:00:00Z\">");
    assertThat(page.indexOf(">serde ")).isLessThan(page.indexOf(">libc "));
  }

  @Test
  void selectsByState() {
    assertThat(desk.page(PATH + "?only=served"))
        .contains(">libc ", ">rand ", "aria-current=\"page\">Served")
        .doesNotContain(">serde ", ">syn ");
    assertThat(desk.page(PATH + "?only=%3Cscript%3E")).contains("aria-current=\"page\">All");
  }

  @Test
  void showsFiftyRequestsAtATime() {
    desk.reply(
        RequestOperations.OWN_REQUESTS,
        new OwnRequestsReply(Collections.nCopies(120, row("syn", State.WAITING, null))));

    assertThat(desk.page(PATH + "?only=waiting&from=50"))
        .contains("51 to 100 of 120")
        .contains("href=\"" + PATH + "?only=waiting&amp;from=0\">Previous")
        .contains("href=\"" + PATH + "?only=waiting&amp;from=100\">Next");
    assertThat(desk.page(PATH).split("<tr><td>", -1)).hasSize(51);
  }

  @Test
  void saysThatNothingWasAskedFor() {
    desk.reply(RequestOperations.OWN_REQUESTS, new OwnRequestsReply(List.of()));

    assertThat(desk.page(PATH))
        .contains("You have asked for no version with a reason.", "No request is in this list.");
  }

  @Test
  void showsTextsOfOthersAsText() {
    OwnRequestInfo hostile = HostileSample.of(RequestOperations.OWN_REQUESTS).requests().getFirst();
    desk.reply(
        RequestOperations.OWN_REQUESTS,
        new OwnRequestsReply(
            List.of(hostile, copy(hostile, hostile.decision()), copy(hostile, null))));

    HostileSample.assertEscaped(desk.page(PATH));
  }

  private static OwnRequestInfo copy(OwnRequestInfo from, @Nullable DecisionInfo decision) {
    return new OwnRequestInfo(
        from.name(), from.version(), from.asked(), from.state(), from.verdict(), decision, null);
  }

  @Test
  void theFeedIsADocumentWithAnEntityTag() {
    Bytes atom = Bytes.utf8("<feed/>");
    desk.reply(RequestOperations.OWN_REQUESTS_FEED, new AtomFeedReply(atom));

    WebResponse feed = desk.get(PATH + "/feed");

    assertThat(feed.status()).isEqualTo(200);
    assertThat(feed.body()).isEqualTo(atom);
    assertThat(feed.fields())
        .contains(new WebResponse.Field("content-type", "application/atom+xml; charset=utf-8"))
        .contains(new WebResponse.Field("etag", '"' + Sha256.of(atom).hex() + '"'))
        .contains(new WebResponse.Field("cache-control", "private, no-cache"));
    assertThat(desk.requests(AtomFeedRequest.class))
        .extracting(AtomFeedRequest::origin)
        .hasToString("[https://crates.example.org]");
    assertThat(desk.page(PATH))
        .contains("<link rel=\"alternate\" type=\"application/atom+xml\"")
        .contains("href=\"" + PATH + "/feed\"");
  }

  @Test
  void theFeedAsksAVisitorForAToken() {
    WebResponse refused = FixedDesk.anonymous().get(PATH + "/feed");

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body().text()).startsWith("the feed of your requests needs a token");
    assertThat(refused.fields())
        .contains(new WebResponse.Field("www-authenticate", "Bearer realm=\"lazaret desk\""));
  }

  @Test
  void thePageAsksAVisitorToSignIn() {
    FixedDesk visitor = FixedDesk.anonymous();

    assertThat(visitor.get(PATH).fields())
        .contains(
            new WebResponse.Field("location", "/desk/sign-in?to=%2Fdesk%2Fpeople%2Fme%2Frequests"));
    assertThat(visitor.requests(EmptyRequest.class)).isEmpty();
  }

  private static DecisionInfo decision(DecisionInfo.Kind kind) {
    return new DecisionInfo(
        CrateName.parse("serde"),
        CrateVersion.parse("1.0.9+b"),
        Sha256.parse("ab".repeat(32)),
        kind,
        AT,
        "ann",
        "steals keys",
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  private static OwnRequestInfo row(String name, State state, @Nullable DecisionInfo decision) {
    return new OwnRequestInfo(
        CrateName.parse(name),
        CrateVersion.parse("1.0.9+b"),
        new NamedRequesterInfo("mara", "fixes a crash", "web", null, 2, AT, AT),
        state,
        new VerdictInfo(
            VerdictInfo.Kind.HOLD, END, List.of(new ReasonInfo("cooldown", "two days old"))),
        decision,
        null);
  }

  private static OwnRequestInfo closed(String name) {
    OwnRequestInfo row = row(name, State.CLOSED, null);
    return new OwnRequestInfo(
        row.name(),
        row.version(),
        row.asked(),
        row.state(),
        row.verdict(),
        null,
        new RequestStepInfo(RequestStepInfo.Act.CLOSE, AT, "carol", "use libc", null, null));
  }
}
