package lazaret.web.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.requests.AtomFeedReply;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.vetting.deskapi.requests.OwnRequestsReply;
import lazaret.vetting.deskapi.requests.RefusalFeedRequest;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.deskapi.requests.RequestStepInfo;
import lazaret.vetting.deskapi.requests.SubmitReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import lazaret.web.desk.WebDesk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestPageTest {
  private static final String PAGE = "/desk/request/serde/1.1.0";
  private static final String HOSTILE = "/desk/request/serde_json/1.0.9+build.5";
  private static final CrateName NAME = CrateName.parse("serde");
  private static final CrateVersion VERSION = CrateVersion.parse("1.1.0");
  private static final Sha256 CKSUM = Sha256.parse("0f".repeat(32));
  private static final Instant TODAY = Instant.parse("2026-11-28T17:30:00Z");

  private static final VerdictInfo CHANGED =
      new VerdictInfo(
          VerdictInfo.Kind.REVIEW,
          null,
          List.of(new ReasonInfo("signal", "build-changed: build.rs differs")));

  private static FixedDesk openGate() {
    return FixedDesk.anonymous(DeskRole.REQUESTER);
  }

  private static RefusalReply refusal(VerdictInfo verdict, boolean served) {
    return new RefusalReply(
        NAME, VERSION, CKSUM, verdict, served, true, null, false, null, false, false);
  }

  private static DecisionInfo approval() {
    return new DecisionInfo(
        NAME,
        VERSION,
        CKSUM,
        DecisionInfo.Kind.APPROVE,
        TODAY,
        "jonas",
        "read every line",
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  private static OwnRequestsReply own(
      OwnRequestInfo.State state,
      @Nullable DecisionInfo decision,
      @Nullable RequestStepInfo closing) {
    NamedRequesterInfo asked =
        new NamedRequesterInfo("mara", "fixes lost frames", null, null, 1, TODAY, TODAY);
    return new OwnRequestsReply(
        List.of(new OwnRequestInfo(NAME, VERSION, asked, state, null, decision, closing)));
  }

  private static FixedDesk desk(RefusalReply refusal, OwnRequestsReply own) {
    return FixedDesk.of(DeskRole.READER, DeskRole.REQUESTER)
        .reply(RequestOperations.REFUSAL, refusal)
        .reply(RequestOperations.OWN_REQUESTS, own);
  }

  /// Returns a desk whose version of the hostile sample is not served.
  private static FixedDesk hostile(FixedDesk desk) {
    RefusalReply served = HostileSample.of(RequestOperations.REFUSAL);
    return desk.reply(
        RequestOperations.REFUSAL,
        new RefusalReply(
            served.name(),
            served.version(),
            served.cksum(),
            served.verdict(),
            false,
            true,
            null,
            false,
            served.replacement(),
            false,
            false));
  }

  @Test
  void statesTheReasonAsASentence() {
    FixedDesk desk = desk(refusal(CHANGED, false), new OwnRequestsReply(List.of()));

    assertThat(desk.page(PAGE))
        .contains("<bdi>The build script changed.</bdi>", "signal: build-changed")
        .doesNotContain("No decision yet");
  }

  @Test
  void namesTheCommandInPlaceOfTheFormWithoutTls() {
    FixedDesk desk = desk(refusal(CHANGED, false), new OwnRequestsReply(List.of())).withoutTls();

    assertThat(desk.page(PAGE))
        .contains("<code>vetting-cli request serde@1.1.0 --reason TEXT</code>")
        .doesNotContain("<textarea");
  }

  @Test
  void confirmsTheRequestUntilItIsDecided() {
    FixedDesk desk = desk(refusal(CHANGED, false), own(OwnRequestInfo.State.WAITING, null, null));

    assertThat(desk.page(PAGE + "?done=1"))
        .contains("The request is recorded.", "No decision yet.");
  }

  @Test
  void statesThatTheReasonWasNotKept() {
    FixedDesk desk =
        desk(refusal(CHANGED, false), own(OwnRequestInfo.State.WAITING, null, null))
            .reply(RequestOperations.SUBMIT, new SubmitReply(NAME, VERSION, true, false, CHANGED));

    assertThat(desk.form(PAGE, "reason=fixes+lost+frames").fields())
        .contains(new WebResponse.Field("location", PAGE + "?done=unkept"));
    assertThat(desk.page(PAGE + "?done=unkept"))
        .contains("The request is recorded without your reason.");
  }

  @Test
  void showsTheDecisionToThePersonWhoAsked() {
    VerdictInfo allow = new VerdictInfo(VerdictInfo.Kind.ALLOW, null, List.of());
    FixedDesk desk = desk(refusal(allow, true), own(OwnRequestInfo.State.SERVED, approval(), null));

    assertThat(desk.page(PAGE + "?done=1"))
        .contains("The version is served.")
        .containsPattern(
            "<b><bdi>jonas</bdi></b> approved it <time [^>]*>today, 17:30</time>: <bdi>read every line")
        .doesNotContain("The request is recorded.");
  }

  @Test
  void showsTheClosingToThePersonWhoAsked() {
    RequestStepInfo closing =
        new RequestStepInfo(RequestStepInfo.Act.CLOSE, TODAY, "carol", "use libc", null, null);
    FixedDesk desk = desk(refusal(CHANGED, false), own(OwnRequestInfo.State.CLOSED, null, closing));

    assertThat(desk.page(PAGE))
        .containsPattern(
            "<b><bdi>carol</bdi></b> closed the request <time [^>]*>today, 17:30</time>: <bdi>use libc")
        .doesNotContain("No decision yet");
  }

  @Test
  void leadsToTheOwnRequestsAndTheFeed() {
    assertThat(hostile(openGate()).page(HOSTILE))
        .contains("<link rel=\"alternate\" type=\"application/atom+xml\"")
        .contains("href=\"" + HOSTILE + "/feed\"")
        .doesNotContain("/desk/people/me/requests");
    assertThat(hostile(FixedDesk.of(DeskRole.READER)).page(HOSTILE))
        .contains("<a href=\"/desk/people/me/requests\">Your requests</a>");
  }

  @Test
  void theFeedNeedsNoSignInOnAnOpenGate() {
    Bytes atom = Bytes.utf8("<feed/>");
    FixedDesk desk = openGate().reply(RequestOperations.REFUSAL_FEED, new AtomFeedReply(atom));

    WebResponse feed = desk.get(PAGE + "/feed");

    assertThat(feed.status()).isEqualTo(200);
    assertThat(feed.body()).isEqualTo(atom);
    assertThat(feed.fields())
        .contains(new WebResponse.Field("etag", '"' + Sha256.of(atom).hex() + '"'));
    assertThat(desk.requests(RefusalFeedRequest.class))
        .containsExactly(
            new RefusalFeedRequest(NAME, VERSION, URI.create("https://crates.example.org")));
  }

  @Test
  void theFeedOfAnUnknownVersionIsNotFound() {
    FixedDesk desk =
        openGate().refuse(RequestOperations.REFUSAL_FEED, ErrorCode.UNKNOWN, HostileSample.TEXT);

    WebResponse page = desk.get(PAGE + "/feed");

    assertThat(page.status()).isEqualTo(404);
    HostileSample.assertEscaped(page.body().text());
    assertThat(desk.get("/desk/request/%3Cb%3E/1.0.0/feed").status()).isEqualTo(400);
  }

  @Test
  void leadsAVisitorOfAClosedGateToTheSignIn() {
    WebResponse response = FixedDesk.anonymous().get(PAGE);

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.fields())
        .contains(
            new WebResponse.Field(
                "location", "/desk/sign-in?to=%2Fdesk%2Frequest%2Fserde%2F1.1.0"));
  }

  @Test
  void refusesTheFeedToAVisitorOfAClosedGate() {
    WebResponse response = FixedDesk.anonymous().get(PAGE + "/feed");

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body().text()).contains("the role is missing");
  }

  @Test
  void showsTextsOfOthersAsText() {
    FixedDesk reader =
        hostile(FixedDesk.of(DeskRole.READER))
            .reply(
                RequestOperations.OWN_REQUESTS, HostileSample.of(RequestOperations.OWN_REQUESTS));

    HostileSample.assertEscaped(hostile(openGate()).page(HOSTILE));
    assertThat(reader.page(HOSTILE)).contains(" approved it <time");
    HostileSample.assertEscaped(reader.page(HOSTILE));
  }

  @Test
  void keepsTheReasonOfARefusedForm() {
    FixedDesk desk =
        hostile(openGate())
            .refuse(RequestOperations.SUBMIT, ErrorCode.MALFORMED_INPUT, "the version is served");

    WebResponse page = desk.form(HOSTILE, "reason=%3C/textarea%3E%3Cscript%3Ealert(1)");

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.body().text())
        .contains("Nothing was recorded.", "the version is served.")
        .contains("&lt;/textarea&gt;&lt;script&gt;alert(1)</textarea>");
  }

  @Test
  void showsTheMistakeForAVersionThatWasNotRefused() {
    FixedDesk desk =
        openGate()
            .refuse(RequestOperations.REFUSAL, ErrorCode.UNKNOWN, "there is no refusal")
            .refuse(
                RequestOperations.SUBMIT,
                ErrorCode.MALFORMED_INPUT,
                "expected a reason of 1 to 500 characters");

    WebResponse page = desk.form(PAGE, "reason=");

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.body().text())
        .contains("expected a reason of 1 to 500 characters")
        .doesNotContain("there is no refusal");
  }

  @Test
  void showsTheCauseOfARefusedFormAsText() {
    FixedDesk desk =
        hostile(openGate())
            .refuse(RequestOperations.SUBMIT, ErrorCode.MALFORMED_INPUT, HostileSample.TEXT);

    HostileSample.assertEscaped(desk.form(HOSTILE, "reason=a").body().text());
  }

  @Test
  void onlyFeedsAcceptATokenInPlaceOfASession() {
    assertThat(WebDesk.isFeed(PAGE + "/feed")).isTrue();
    assertThat(WebDesk.isFeed("/desk/people/me/requests/feed")).isTrue();
    assertThat(WebDesk.isFeed(PAGE)).isFalse();
    assertThat(WebDesk.isFeed("/desk/people/me/requests")).isFalse();
    assertThat(WebDesk.isFeed("/desk/crates/serde/1.0.0/files/feed")).isFalse();
  }

  @Test
  void formOverPlainHttpNamesTheCommand() {
    WebResponse refused = openGate().withoutTls().form(PAGE, "reason=fixes+lost+frames");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().text())
        .contains("sign-in and forms need HTTPS or a loopback name")
        .contains("vetting-cli request NAME@VERSION --reason TEXT");
  }
}
