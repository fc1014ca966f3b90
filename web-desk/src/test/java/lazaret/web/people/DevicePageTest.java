package lazaret.web.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.LoginOperations;
import lazaret.vetting.deskapi.logins.LoginAnswerReply;
import lazaret.vetting.deskapi.logins.LoginAnswerRequest;
import lazaret.vetting.deskapi.logins.PendingLoginReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.junit.jupiter.api.Test;

class DevicePageTest {
  private static final String CODE = "BCDF-GHJK";
  private static final String PATH = "/desk/device";
  private static final String LOGIN = PATH + "?code=" + CODE;
  private static final Instant STARTED = FixedDesk.NOW.minus(Duration.ofMinutes(2));

  private final FixedDesk desk =
      FixedDesk.of(DeskRole.READER)
          .reply(LoginOperations.PENDING_LOGIN, pending("ann-laptop", List.of("reader")))
          .reply(
              LoginOperations.ANSWER_LOGIN,
              new LoginAnswerReply("ann-laptop", true, List.of("reader"), FixedDesk.NOW));

  private static PendingLoginReply pending(String machine, List<String> granted) {
    return new PendingLoginReply(
        CODE,
        machine,
        "vetting-cli 0.1.0",
        "10.0.0.7",
        List.of("reviewer"),
        granted,
        STARTED,
        STARTED.plus(Duration.ofMinutes(10)));
  }

  @Test
  void showsCodeMachineAndRolesAndGivesNothing() {
    assertThat(desk.page(LOGIN))
        .contains("<p class=\"device-code\">" + CODE + "</p>", "<bdi>ann-laptop</bdi>", "10.0.0.7")
        .contains("<bdi>vetting-cli 0.1.0</bdi>", "2 minutes ago")
        .contains("<bdi>reviewer</bdi>", "<bdi>reader</bdi>")
        .contains("name=\"do\" value=\"approve\"", "name=\"do\" value=\"refuse\"");
    assertThat(desk.requests(LoginAnswerRequest.class)).isEmpty();
  }

  @Test
  void givesATokenByTheButtonAlone() {
    String approved = desk.form(PATH, "code=" + CODE + "&do=approve").body().text();
    desk.form(PATH, "code=" + CODE + "&do=refuse");
    desk.form(PATH, "code=" + CODE);

    assertThat(approved).contains("The command on ann-laptop is logged in.", "Its roles: reader.");
    assertThat(desk.requests(LoginAnswerRequest.class))
        .containsExactly(
            new LoginAnswerRequest(CODE, true),
            new LoginAnswerRequest(CODE, false),
            new LoginAnswerRequest(CODE, false));
  }

  @Test
  void saysThatThePersonHasNoneOfTheRoles() {
    desk.reply(LoginOperations.PENDING_LOGIN, pending("ann-laptop", List.of()));

    assertThat(desk.page(LOGIN)).contains("no role: you have none of these");
  }

  @Test
  void asksForTheCodeAgainIfNoCommandWaits() {
    desk.refuse(LoginOperations.PENDING_LOGIN, ErrorCode.UNKNOWN, "cannot find the login");

    assertThat(desk.page(LOGIN))
        .contains("No command waits with this code.", "The code that the command printed")
        .doesNotContain("value=\"approve\"");
  }

  @Test
  void showsTheNameOfTheMachineAsText() {
    desk.reply(LoginOperations.PENDING_LOGIN, pending("<script>\u202ea", List.of("reader")));

    HostileSample.assertText(desk.page(LOGIN));
  }
}
