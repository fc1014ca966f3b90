package lazaret.web.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.vetting.deskapi.requests.OwnRequestsReply;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestPageTest {
  private static final String PAGE = "/desk/request/serde/1.1.0";
  private static final CrateName NAME = CrateName.parse("serde");
  private static final CrateVersion VERSION = CrateVersion.parse("1.1.0");
  private static final Sha256 CKSUM = Sha256.parse("0f".repeat(32));
  private static final Instant TODAY = Instant.parse("2026-11-28T17:30:00Z");

  private static final VerdictInfo CHANGED =
      new VerdictInfo(
          VerdictInfo.Kind.REVIEW,
          null,
          List.of(new ReasonInfo("signal", "build-changed: build.rs differs")));

  private static RefusalReply refusal(VerdictInfo verdict, boolean served) {
    return new RefusalReply(
        NAME, VERSION, CKSUM, verdict, served, true, null, false, null, false, false);
  }

  private static OwnRequestsReply own(
      OwnRequestInfo.State state, DecisionInfo.@Nullable Kind kind) {
    DecisionInfo decision =
        kind == null
            ? null
            : new DecisionInfo(
                NAME,
                VERSION,
                CKSUM,
                kind,
                TODAY,
                "jonas",
                "read every line",
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    NamedRequesterInfo asked =
        new NamedRequesterInfo("mara", "fixes lost frames", null, null, 1, TODAY, TODAY);
    return new OwnRequestsReply(
        List.of(new OwnRequestInfo(NAME, VERSION, asked, state, null, decision, null)));
  }

  private static FixedDesk desk(RefusalReply refusal, OwnRequestsReply own) {
    return FixedDesk.of(DeskRole.READER, DeskRole.REQUESTER)
        .reply(RequestOperations.REFUSAL, refusal)
        .reply(RequestOperations.OWN_REQUESTS, own);
  }

  @Test
  void statesTheReasonAsASentence() {
    FixedDesk desk =
        desk(refusal(CHANGED, false), new OwnRequestsReply(List.of()))
            .reply(RequestOperations.REFUSAL, refusal(CHANGED, false));

    assertThat(desk.page(PAGE))
        .contains("<bdi>The build script changed.</bdi>", "signal: build-changed")
        .doesNotContain("No decision yet");
  }

  @Test
  void confirmsTheRequestUntilItIsDecided() {
    FixedDesk desk = desk(refusal(CHANGED, false), own(OwnRequestInfo.State.WAITING, null));

    assertThat(desk.page(PAGE + "?done=1"))
        .contains("The request is recorded.", "No decision yet.");
  }

  @Test
  void showsTheDecisionToThePersonWhoAsked() {
    VerdictInfo allow = new VerdictInfo(VerdictInfo.Kind.ALLOW, null, List.of());
    FixedDesk desk =
        desk(refusal(allow, true), own(OwnRequestInfo.State.SERVED, DecisionInfo.Kind.APPROVE));

    assertThat(desk.page(PAGE + "?done=1"))
        .contains("The version is served.")
        .containsPattern(
            "<b><bdi>jonas</bdi></b> approved it <time [^>]*>today, 17:30</time>: <bdi>read every line")
        .doesNotContain("The request is recorded.");
  }

  @Test
  void escapesTheTextsOfOthers() {
    FixedDesk desk =
        FixedDesk.of(DeskRole.READER)
            .reply(RequestOperations.REFUSAL, HostileSample.of(RequestOperations.REFUSAL))
            .reply(
                RequestOperations.OWN_REQUESTS, HostileSample.of(RequestOperations.OWN_REQUESTS));

    HostileSample.assertEscaped(desk.page("/desk/request/serde_json/1.0.9+build.5"));
    HostileSample.assertEscaped(desk.page("/desk/people/me"));
  }

  @Test
  void listsTheOwnRequestsOnThePageOfThePerson() {
    FixedDesk desk =
        desk(refusal(CHANGED, false), own(OwnRequestInfo.State.DENIED, DecisionInfo.Kind.DENY));

    assertThat(desk.page("/desk/people/me"))
        .contains("href=\"/desk/request/serde/1.1.0\"", "Denied", "fixes lost frames")
        .contains("</b> denied it ");
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
}
