package lazaret.mirror.webdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.mirror.server.RawClient;
import lazaret.testkit.JsonObject;
import lazaret.vetting.desk.access.TokenService.TokenSpec;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sessions in a browser by tokens: they permit what the token permits.
class TokenSessionTest {
  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Instant inAnHour() {
    return server.gate.clock.instant().plus(Duration.ofHours(1));
  }

  /// Signs in by a new token.
  ///
  /// @return the cookie of the session
  private String signIn(SignInMethod method) {
    String secret =
        server
            .gate
            .wiring
            .desk()
            .tokens()
            .create(
                new TokenSpec(
                    "ann-laptop", "ann", RoleGrants.of(DeskRole.REVIEWER), method, inAnHour()),
                "test")
            .secret();
    HttpResponse<String> signedIn = form("/desk/sign-in", "token=" + secret, "");
    assertThat(signedIn.statusCode()).isEqualTo(303);
    return signedIn.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
  }

  private HttpResponse<String> form(String path, String body, String cookie) {
    return server.send(
        "POST",
        path,
        body,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Sec-Fetch-Site",
        "same-origin",
        "Cookie",
        cookie);
  }

  private JsonObject post(String path, String json) {
    return JsonObject.parse(
        server.send("POST", path, json, "Content-Type", "application/json").body());
  }

  private JsonObject begun() {
    return post(
        "/desk/v1/logins", "{\"machine\":\"laptop\",\"roles\":[\"reader\"],\"client\":\"x\"}");
  }

  private JsonObject poll(JsonObject login) {
    return post("/desk/v1/logins/poll", "{\"device_code\":\"" + login.words("device_code") + "\"}");
  }

  private HttpResponse<String> approve(JsonObject login, String cookie) {
    return form("/desk/device", "do=approve&code=" + login.words("user_code"), cookie);
  }

  /// A stolen token would otherwise extend its own life without end.
  @ParameterizedTest
  @EnumSource(names = {"LOGIN", "EXCHANGE"})
  void tokenOfACommandOrJobConfirmsNoLogin(SignInMethod method) {
    String cookie = signIn(method);
    JsonObject login = begun();

    HttpResponse<String> refused = approve(login, cookie);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains("expected a person who signed in, found the token 'ann-laptop'");
    assertThat(poll(login).words("state")).isEqualTo("pending");
  }

  @Test
  void formOfAVisitorHasAtMost64KiB() {
    String head =
        "POST /desk/lockfiles HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 65537\r\n\r\n"
            .formatted(server.port());
    String large = "lockfile=" + "x".repeat(64 << 10);

    assertThat(RawClient.talk(server.port(), head))
        .startsWith("HTTP/1.1 413 ")
        .contains("<!doctype html>", "the form has more than 65536 bytes; sign in first");
    assertThat(form("/desk/lockfiles", large, signIn(SignInMethod.TOKEN)).statusCode())
        .isNotEqualTo(413);
  }

  @Test
  void sessionThatEndsWhileItsFormArrivesConfirmsNoLogin() {
    String cookie = signIn(SignInMethod.TOKEN);
    JsonObject login = begun();
    String body = "do=approve&code=" + login.words("user_code");
    String head =
        "POST /desk/device HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(server.port(), cookie, body.length());
    try (RawClient slow = new RawClient(server.port())) {
      slow.send(head);
      // The session is looked up before memory for the form is reserved.
      while (server.get("/metrics").body().contains("budget_used{budget=\"bodies\"} 0.0\n")) {
        Thread.onSpinWait();
      }
      assertThat(form("/desk/sign-out", "", cookie).statusCode()).isEqualTo(303);

      slow.send(body);

      assertThat(slow.readToEnd()).startsWith("HTTP/1.1 ").doesNotContain("HTTP/1.1 200");
    }
    assertThat(poll(login).words("state")).isEqualTo("pending");
  }

  @Test
  void loginThatATokenConfirmsEndsWithTheToken() {
    String cookie = signIn(SignInMethod.TOKEN);
    JsonObject login = begun();

    assertThat(approve(login, cookie).statusCode()).isEqualTo(200);

    JsonObject done = poll(login);
    assertThat(done.words("state")).isEqualTo("done");
    assertThat(done.words("owner")).isEqualTo("ann");
    assertThat(done.words("expires")).isEqualTo(inAnHour().toString());
  }
}
