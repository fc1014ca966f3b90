package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import lazaret.mirror.TestGate;
import lazaret.mirror.TestServer;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens, at a gate that requires them and at one that does not.
class AccessTest {
  @TempDir Path folder;
  private TestServer server;
  private CrateId alpha;

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of("LAZARET_AUTH_REQUIRED", "true"));
    alpha = server.gate.publish("alpha", "1.0.0", 100);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsTheWayToATokenToWhoeverHasNone() {
    HttpResponse<String> answer = server.get("/index/config.json");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("www-authenticate"))
        .contains("Cargo login_url=\"" + server.url() + "/me\"");
    assertThat(answer.body()).startsWith("this registry needs a token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "Bearer %s", "bearer %s"})
  void takesTokensBareAndWithAScheme(String form) {
    String header = form.formatted(server.token("ci", DeskRole.REQUESTER));

    HttpResponse<String> config = server.get("/index/config.json", "Authorization", header);
    assertThat(config.statusCode()).isEqualTo(200);
    assertThat(config.body()).contains("\"auth-required\":true");
    for (String path :
        new String[] {
          "/index/al/ph/alpha", TestServer.dl(alpha), "/api/v1/crates?q=alpha", "/metrics"
        }) {
      assertThat(server.get(path, "Authorization", header).statusCode()).as(path).isEqualTo(200);
      assertThat(server.get(path).statusCode()).as(path).isEqualTo(401);
    }
  }

  @Test
  void leavesHealthAndPagesOpen() {
    for (String path : new String[] {"/", "/me", "/reasons", "/health/live", "/health/ready"}) {
      assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void refusesUnknownRevokedAndExpiredTokens() {
    String revoked = server.token("old", DeskRole.REQUESTER);
    server.gate.wiring.desk().tokens().revoke("old", "test");
    String expiring =
        server
            .gate
            .wiring
            .desk()
            .tokens()
            .create(
                "short",
                RoleGrants.of(DeskRole.REQUESTER),
                TestGate.START.plus(Duration.ofHours(1)),
                "test")
            .secret();
    assertThat(server.get("/index/config.json", "Authorization", expiring).statusCode())
        .isEqualTo(200);
    server.gate.clock.advance(Duration.ofHours(1));

    for (String secret : new String[] {"lzr_" + "0".repeat(64), revoked, expiring, "x", " "}) {
      HttpResponse<String> answer = server.get("/index/config.json", "Authorization", secret);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("lzr_");
    }
  }

  @Test
  void readersDoNotReachTheDesksLevers() {
    String reader = server.token("ci", DeskRole.REQUESTER);

    HttpResponse<String> answer =
        server.send(
            "POST",
            "/desk/v1/decisions",
            "{}",
            "Authorization",
            reader,
            "Content-Type",
            "application/json");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("lacks the role 'reviewer'");
    assertThat(server.get("/desk/v1/status", "Authorization", reader).statusCode()).isEqualTo(200);
  }

  @Test
  void deskAlwaysNeedsAToken() {
    try (TestServer open = new TestServer(folder.resolve("open"), Map.of())) {
      assertThat(open.get("/index/config.json").statusCode()).isEqualTo(200);
      for (String path :
          new String[] {"/desk/v1/status", "/desk/v1/openapi.json", "/desk/v1/nothing"}) {
        HttpResponse<String> answer = open.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(401);
        assertThat(answer.body()).contains("\"unauthenticated\"");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
      }
    }
  }

  @Test
  void notesWhoWasHandedWhat() {
    String token = server.token("ci", DeskRole.REQUESTER);
    server.get(TestServer.dl(alpha), "Authorization", token);
    CrateId young = server.gate.publish("young", "1.0.0", 1);
    server.get(TestServer.dl(young), "Authorization", token);

    assertThat(server.gate.wiring.desk().queue().getFirst().requesters())
        .containsExactly("ci@127.0.0.1");
  }
}
