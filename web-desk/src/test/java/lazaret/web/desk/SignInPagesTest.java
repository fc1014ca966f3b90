package lazaret.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.web.FixedDesk;
import lazaret.web.WebResponse;
import org.junit.jupiter.api.Test;

class SignInPagesTest {
  @Test
  void refusedReturnLeavesTheCookieOfTheBegunSignIn() {
    WebResponse refused = FixedDesk.anonymous().get("/desk/sign-in/return?code=c&state=invented");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.fields()).extracting(WebResponse.Field::name).doesNotContain("set-cookie");
  }
}
