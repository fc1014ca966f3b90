package lazaret.web.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.PolicyOperations;
import lazaret.vetting.deskapi.policy.PolicyChangeInfo;
import lazaret.vetting.deskapi.policy.PolicyCheckReply;
import lazaret.vetting.deskapi.policy.PolicyCheckRequest;
import lazaret.vetting.deskapi.policy.PolicyReply;
import lazaret.vetting.deskapi.policy.PolicyVerdictInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import org.junit.jupiter.api.Test;

class PolicyPageTest {
  private static final PolicyReply DEFAULTS =
      new PolicyReply(
          PolicyReply.Mode.ENFORCE, "g1", null, null, null, null, List.of(), "cooldown = \"7d\"\n");

  private final FixedDesk desk =
      FixedDesk.of(DeskRole.REVIEWER).reply(PolicyOperations.POLICY, DEFAULTS);

  @Test
  void showsTheTextInForceAndOffersATrial() {
    assertThat(desk.page("/desk/policy"))
        .contains("The defaults are in force.", "<span class=\"tag\">enforce</span>")
        .contains("The policy has no exception.", "cooldown = \"7d\"\n</pre>")
        .contains("<form class=\"form\" method=\"post\" action=\"/desk/policy\">");
  }

  @Test
  void showsWhatAnotherTextWouldChange() {
    desk.reply(
        PolicyOperations.CHECK_POLICY,
        new PolicyCheckReply(1_204, true, 1, 0, List.of(change()), List.of()));

    String page = desk.form("/desk/policy", "policy=cooldown+%3D+%2221d%22%0D%0A").body().text();

    assertThat(page)
        .contains("1 version would be withheld, 0 would be served in addition.")
        .contains("1,204 versions looked at", "href=\"/desk/crates/serde/1.0.230\"")
        .contains("younger than 21 days", "badge  hold", "badge  allow")
        .contains(">cooldown = \"21d\"\n</textarea>");
    assertThat(desk.requests(PolicyCheckRequest.class))
        .containsExactly(new PolicyCheckRequest("cooldown = \"21d\"\n", null, null));
  }

  @Test
  void statesTheMistakesAndKeepsTheText() {
    desk.refuse(
        PolicyOperations.CHECK_POLICY, ErrorCode.MALFORMED_INPUT, "line 1: expected a duration");

    WebResponse response = desk.form("/desk/policy", "policy=cooldown+%3D+1");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text())
        .contains("line 1: expected a duration", "aria-invalid=\"true\"")
        .contains(">cooldown = 1</textarea>");
  }

  @Test
  void showsAtMostTwoHundredChanges() {
    desk.reply(
        PolicyOperations.CHECK_POLICY,
        new PolicyCheckReply(1_204, false, 450, 0, Collections.nCopies(450, change()), List.of()));

    assertThat(desk.form("/desk/policy", "policy=x&from=200").body().text())
        .contains("value=\"0\">Previous 200 changes", "value=\"400\">Next 200 changes")
        .contains("1,204 versions looked at; more verdicts change than are listed.");
    assertThat(desk.form("/desk/policy", "policy=x&from=400").body().text())
        .contains("Previous 200 changes")
        .doesNotContain("Next 200 changes");
  }

  @Test
  void offersNoTrialWithoutTheRole() {
    FixedDesk reader = FixedDesk.of(DeskRole.READER).reply(PolicyOperations.POLICY, DEFAULTS);

    assertThat(reader.page("/desk/policy"))
        .contains("Text in force")
        .doesNotContain("<textarea", "action=\"/desk/policy\"");
    WebResponse response = reader.form("/desk/policy", "policy=x");
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body().text()).doesNotContain("<textarea");
  }

  @Test
  void showsTextsOfOthersAsText() {
    desk.reply(PolicyOperations.POLICY, HostileSample.of(PolicyOperations.POLICY))
        .reply(PolicyOperations.CHECK_POLICY, HostileSample.of(PolicyOperations.CHECK_POLICY));

    HostileSample.assertEscaped(desk.page("/desk/policy"));
    HostileSample.assertEscaped(
        desk.form("/desk/policy", "policy=%3C%2Ftextarea%3E%3Cscript%3E").body().text());
  }

  private static PolicyChangeInfo change() {
    return new PolicyChangeInfo(
        "serde",
        "1.0.230",
        new PolicyVerdictInfo(PolicyVerdictInfo.Kind.ALLOW, true, null, "aged", "older"),
        new PolicyVerdictInfo(
            PolicyVerdictInfo.Kind.HOLD, false, null, "cooldown", "younger than 21 days"),
        List.of());
  }
}
