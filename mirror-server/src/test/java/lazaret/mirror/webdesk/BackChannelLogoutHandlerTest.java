package lazaret.mirror.webdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import lazaret.mirror.http.HttpResponse;
import lazaret.web.SignInFlow;
import org.junit.jupiter.api.Test;

class BackChannelLogoutHandlerTest {
  private final SignInServer server = new SignInServer();

  private String form(String sid) {
    Map<String, Object> claims = new HashMap<>(server.claims);
    claims.keySet().retainAll(Set.of("iss", "aud", "sub", "iat", "exp"));
    claims.put("sid", sid);
    claims.put("jti", "id-1");
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    return "logout_token=" + server.signed(claims);
  }

  private String secret() {
    return server.signIn("/desk/") instanceof SignInFlow.Outcome.SignedIn in ? in.secret() : "";
  }

  private static void assertStatus(HttpResponse response, int status) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.fields()).contains(new HttpResponse.Field("cache-control", "no-store"));
  }

  @Test
  void endsTheSessionOfTheProvider() {
    String secret = secret();
    assertThat(server.sessions.find(secret)).isPresent();

    assertStatus(server.logOut("POST", form("session-2")), 200);
    assertThat(server.sessions.find(secret)).isPresent();
    assertStatus(server.logOut("POST", form("session-1")), 200);
    assertThat(server.sessions.find(secret)).isEmpty();
  }

  @Test
  void refusesOtherTokensAndForms() {
    String secret = secret();
    String good = form("session-1");

    for (String body :
        new String[] {
          "",
          "logout_token=",
          good.substring(0, good.length() - 4),
          good + "&logout_token=x",
          "logout_token=%zz",
          "logout_token=" + server.signed(server.claims)
        }) {
      HttpResponse response = server.logOut("POST", body);
      assertStatus(response, 400);
      assertThat(response.body().text()).contains("\"error\":\"invalid_request\"");
    }
    assertStatus(server.logOut("POST", "x".repeat(100_000)), 413);
    assertThat(server.logOut("GET", good).status()).isEqualTo(405);
    assertThat(server.sessions.find(secret)).isPresent();
  }

  @Test
  void reportsAProviderThatDoesNotAnswer() {
    server.down = true;

    assertStatus(server.logOut("POST", form("session-1")), 503);
  }
}
