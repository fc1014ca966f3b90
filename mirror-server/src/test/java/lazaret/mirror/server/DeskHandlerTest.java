package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.mirror.config.ConfigGoldenFiles;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskHandlerTest {
  @TempDir Path folder;
  private TestServer server;
  private String token;

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of());
    token = server.token("ann", DeskRole.ADMIN);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> ask(String method, String path, String body, String type) {
    return server.send(
        method, path, body, "Authorization", "Bearer " + token, "Content-Type", type);
  }

  @Test
  void carriesOrdersAndAnswers() {
    server.gate.publish("alpha", "1.1.0", 2);

    HttpResponse<String> answer =
        ask(
            "POST",
            "/desk/v1/decisions",
            "{\"kind\":\"approve\",\"specs\":[\"alpha@1.1.0\"],\"reason\":\"read it\"}",
            "application/json; charset=utf-8");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    assertThat(answer.body()).contains("\"by\":\"ann\"");
    assertThat(server.get("/index/al/ph/alpha").body()).contains("\"yanked\":false");
  }

  @Test
  void saysWhenToAskAgain() {
    server.gate.remote.switchOff();

    HttpResponse<String> answer =
        ask("POST", "/desk/v1/prefetch", "{\"spec\":\"alpha@1.0.0\"}", "application/json");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    assertThat(answer.headers().firstValue("x-request-id")).isPresent();
  }

  @Test
  void handsOutItsDescription() {
    HttpResponse<String> answer = server.get("/desk/v1/openapi.json", "Authorization", token);

    assertThat(answer.body()).isEqualTo(ConfigGoldenFiles.read("docs/openapi.json"));
  }

  @Test
  void takesTheBytesOfImportsAsBytesOnly() {
    assertThat(ask("PUT", "/desk/v1/import/index/alpha", "{}", "application/json").statusCode())
        .isEqualTo(415);
    assertThat(
            ask("PUT", "/desk/v1/import/index/alpha", "x", "application/octet-stream").statusCode())
        .isEqualTo(400);
  }

  @Test
  void namesTheMethodsOfAPath() {
    HttpResponse<String> answer = ask("PUT", "/desk/v1/tokens", "{}", "application/json");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("GET, POST");
  }

  @Test
  void answersPagesOfItsOwn() {
    assertThat(
            server
                .get(
                    "/desk/v1/status",
                    "Authorization",
                    token,
                    "Origin",
                    server.url(),
                    "Sec-Fetch-Site",
                    "same-origin")
                .statusCode())
        .isEqualTo(200);
  }
}
