package lazaret.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.web.FixedDesk;
import lazaret.web.WebResponse;
import org.junit.jupiter.api.Test;

class SignInPagesTest {
  @Test
  void overPlainHttpNoPageAsksForAToken() {
    FixedDesk desk = FixedDesk.anonymous().overPlainHttp();

    for (String path :
        List.of("/desk/sign-in", "/desk/sign-in/start", "/desk/sign-in/return?code=c")) {
      WebResponse page = desk.get(path);

      assertThat(page.status()).as(path).isEqualTo(403);
      assertThat(page.body().text())
          .as(path)
          .contains("Sign-in is off here", "set public-url to an https address")
          .doesNotContain("<form", "<input");
    }
    assertThat(desk.form("/desk/sign-in", "token=lzr_1").status()).isEqualTo(403);
  }

  @Test
  void refusedReturnLeavesTheCookieOfTheBegunSignIn() {
    WebResponse refused = FixedDesk.anonymous().get("/desk/sign-in/return?code=c&state=invented");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.fields()).extracting(WebResponse.Field::name).doesNotContain("set-cookie");
  }
}
