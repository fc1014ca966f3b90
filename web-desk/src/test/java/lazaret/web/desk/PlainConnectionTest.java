package lazaret.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.deskapi.requests.SubmitRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.WebResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A connection without HTTPS to a name that is not loopback.
class PlainConnectionTest {
  private static void assertOff(WebResponse response) {
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body().text())
        .contains("need HTTPS or a loopback name; set public-url to an https address")
        .doesNotContain("name=\"token\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/desk/sign-in",
        "/desk/sign-in?to=%2Fdesk%2Fstatus",
        "/desk/sign-in/start",
        "/desk/sign-in/return?code=c"
      })
  void signInHasNoFieldForAToken(String address) {
    assertOff(FixedDesk.anonymous(DeskRole.REQUESTER).withoutTls().get(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/desk/queue", "/desk/people/me", "/desk/status"})
  void pagesWithARoleNameWhatToConfigure(String address) {
    assertOff(FixedDesk.anonymous(DeskRole.REQUESTER).withoutTls().get(address));
  }

  @Test
  void formsAreRefused() {
    FixedDesk visitor = FixedDesk.anonymous(DeskRole.REQUESTER).withoutTls();

    assertOff(visitor.form("/desk/sign-in", "token=lzr_x"));
    assertOff(visitor.form("/desk/request/serde/1.1.0", "reason=fixes+it"));
    assertThat(visitor.requests(SubmitRequest.class)).isEmpty();
  }
}
