package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.testkit.JsonObject;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logins of commands at a gate that requires tokens.
class LoginRoutesTest {
  private static final String ORDER =
      "{\"machine\":\"laptop\",\"roles\":[\"reader\"],\"client\":\"vetting-cli 0.1.0\"}";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of("LAZARET_AUTH_REQUIRED", "true"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> post(String path, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json";
    return server.send("POST", path, body, all);
  }

  private HttpResponse<String> poll(JsonObject login) {
    return post("/desk/v1/logins/poll", "{\"device_code\":\"" + login.words("device_code") + "\"}");
  }

  @Test
  void aPersonWithATokenAnswersACommandWithoutOne() {
    String person = server.token("ann", DeskRole.REVIEWER);
    HttpResponse<String> started = post("/desk/v1/logins", ORDER);

    assertThat(started.statusCode()).isEqualTo(201);
    assertThat(started.headers().firstValue("cache-control")).contains("no-store");
    JsonObject login = JsonObject.parse(started.body());
    assertThat(login.words("verification_uri")).isEqualTo(server.url() + "/desk/device");
    assertThat(JsonObject.parse(poll(login).body()).words("state")).isEqualTo("pending");

    String page = "/desk/v1/logins/" + login.words("user_code");
    assertThat(server.get(page, "Authorization", person).body())
        .contains(
            "\"machine\":\"laptop\"", "\"address\":\"127.0.0.1\"", "\"granted\":[\"reader\"]");
    assertThat(post(page, "{\"approve\":true}", "Authorization", person).statusCode())
        .isEqualTo(200);

    JsonObject done = JsonObject.parse(poll(login).body());
    assertThat(done.words("state")).isEqualTo("done");
    String token = done.words("token");
    assertThat(server.get("/index/config.json", "Authorization", token).statusCode())
        .isEqualTo(200);
    assertThat(server.get("/desk/v1/me", "Authorization", token).body())
        .contains("\"owner\":\"ann\"", "\"sign_in\":\"login\"");
    assertThat(server.send("DELETE", "/desk/v1/me", "", "Authorization", token).statusCode())
        .isEqualTo(200);
    assertThat(server.get("/desk/v1/me", "Authorization", token).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenHasNoEffectOnStartAndPoll() {
    HttpResponse<String> started = post("/desk/v1/logins", ORDER, "Authorization", "lzr_wrong");

    assertThat(started.statusCode()).isEqualTo(201);
  }

  @Test
  void otherOperationsRequireAToken() {
    JsonObject login = JsonObject.parse(post("/desk/v1/logins", ORDER).body());
    String page = "/desk/v1/logins/" + login.words("user_code");

    assertThat(server.get(page).statusCode()).isEqualTo(401);
    assertThat(post(page, "{\"approve\":true}").statusCode()).isEqualTo(401);
    assertThat(server.get("/desk/v1/me").statusCode()).isEqualTo(401);
    assertThat(server.send("DELETE", "/desk/v1/me", "").statusCode()).isEqualTo(401);
  }

  @Test
  void pagesOfOtherOriginsStartNoLogin() {
    assertThat(post("/desk/v1/logins", ORDER, "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(post("/desk/v1/logins", ORDER, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
  }

  @Test
  void refusesLargeAndMalformedOrders() {
    HttpResponse<String> large = post("/desk/v1/logins", ORDER + " ".repeat(4_096));

    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("cannot read the request: expected at most 4096 bytes");
    assertThat(post("/desk/v1/logins", "{\"machine\":\"a\"}").statusCode()).isEqualTo(400);
    assertThat(post("/desk/v1/logins/poll", "{}").statusCode()).isEqualTo(400);
  }
}
