package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.WebResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose clients exceed their rates.
class RateLimitServerTest {
  @TempDir Path folder;

  /// Starts a server that refills no bucket within a test.
  ///
  /// @param burst the units of each client
  private TestServer server(int burst, String... more) {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "LAZARET_LIMITS_ADDRESS_RATE",
                "1",
                "LAZARET_LIMITS_ADDRESS_BURST",
                Integer.toString(burst),
                "LAZARET_LIMITS_TOKEN_RATE",
                "1",
                "LAZARET_LIMITS_TOKEN_BURST",
                Integer.toString(burst)));
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return new TestServer(folder, variables);
  }

  private static HttpResponse<String> ask(TestServer server, String body) {
    return server.send("POST", "/desk/v1/requests", body, "Content-Type", "application/json");
  }

  @Test
  void missesOverTheLimitAreRefusedWithReasonAndTime() {
    try (TestServer server = server(20)) {
      for (String name : List.of("alpha", "bravo", "candy")) {
        server.gate.publish(name, "1.0.0", 100);
      }
      assertThat(server.get("/index/al/ph/alpha").statusCode()).isEqualTo(200);
      assertThat(server.get("/index/br/av/bravo").statusCode()).isEqualTo(200);

      HttpResponse<String> refused = server.get("/index/ca/nd/candy");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("retry-after").orElseThrow()).matches("[1-9]|10");
      assertThat(refused.headers().firstValue("x-request-id")).isPresent();
      assertThat(refused.body())
          .matches(
              "cannot ask upstream for /index/ca/nd/candy: expected at most 1 units a second of the"
                  + " address 127\\.0\\.0\\.1, found more; try again in \\d+ s\n");
      assertThat(server.gate.remote.requests())
          .noneMatch(request -> request.target().contains("candy"));
      assertThat(server.get("/metrics").body())
          .contains("lazaret_http_rate_limited_total{class=\"upstream\"} 1.0\n")
          .contains("lazaret_http_rate_limited_total{class=\"read\"} 0.0\n");
    }
  }

  @Test
  void hitsAreServedToAClientOverItsLimit() {
    try (TestServer server = server(20)) {
      CrateId alpha = server.gate.publish("alpha", "1.0.0", 100);
      server.get("/index/al/ph/alpha");
      server.get(TestServer.dl(alpha));
      assertThat(server.get("/index/un/kn/unknown").statusCode()).isEqualTo(429);

      for (int i = 0; i < 50; i++) {
        assertThat(server.get("/index/al/ph/alpha").statusCode()).isEqualTo(200);
        assertThat(server.get(TestServer.dl(alpha)).statusCode()).isEqualTo(200);
      }
      server.gate.clock.advance(Duration.ofHours(1));
      HttpResponse<String> stale = server.get("/index/al/ph/alpha");
      assertThat(stale.statusCode()).isEqualTo(200);
      assertThat(stale.headers().firstValue("x-lazaret-stale")).isPresent();
    }
  }

  @Test
  void downloadThatNeedsUpstreamIsRefused() {
    try (TestServer server = server(20)) {
      CrateId alpha = server.gate.publish("alpha", "1.0.0", 100);
      server.get("/index/al/ph/alpha");
      server.get("/index/un/kn/unknown");

      HttpResponse<String> refused = server.get(TestServer.dl(alpha));

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).startsWith("cannot ask upstream for /dl/alpha/1.0.0/");
    }
  }

  @Test
  void countedReadsAreRefusedBeforeTheyReachTheStore() {
    try (TestServer server = server(20, "LAZARET_LIMITS_COUNT_READS", "true")) {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        statuses.add(server.get("/index/config.json").statusCode());
      }

      assertThat(statuses.subList(0, 20)).containsOnly(200);
      assertThat(statuses.subList(20, 30)).contains(429);
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void deskOperationsOverTheLimitAreProblems() {
    try (TestServer server = server(20)) {
      String[] token = {"Authorization", "Bearer " + server.token("ann", DeskRole.REVIEWER)};
      assertThat(server.get("/desk/v1/queue", token).statusCode()).isEqualTo(200);
      assertThat(server.get("/desk/v1/queue", token).statusCode()).isEqualTo(200);

      HttpResponse<String> refused = server.get("/desk/v1/queue", token);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("retry-after")).isPresent();
      assertThat(refused.body())
          .contains(
              "\"code\":\"rate-limited\"", "of the token 'ann'", "cannot serve /desk/v1/queue");
      String[] other = {"Authorization", "Bearer " + server.token("bob", DeskRole.REVIEWER)};
      assertThat(server.get("/desk/v1/queue", other).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void triesOfUnknownTokensAreRefused() {
    try (TestServer server = server(100, "LAZARET_AUTH_REQUIRED", "true")) {
      String token = server.token("ann", DeskRole.READER);
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        statuses.add(
            server.get("/index/config.json", "Authorization", "lzr_wrong" + i).statusCode());
      }

      assertThat(statuses.subList(0, 5)).containsOnly(401);
      assertThat(statuses.getLast()).isEqualTo(429);
      assertThat(server.get("/index/config.json", "Authorization", token).statusCode())
          .isEqualTo(200);
      assertThat(server.get("/index/config.json").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void triesOfTheSignInPageAreRefused() {
    try (TestServer server = server(100)) {
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(
            server.send(
                "POST",
                "/desk/sign-in",
                "token=lzr_wrong" + i,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Sec-Fetch-Site",
                "same-origin"));
      }

      assertThat(answers.subList(0, 5)).extracting(HttpResponse::statusCode).containsOnly(403);
      assertPage(answers.getLast(), "cannot check the credential of /desk/sign-in: expected");
      assertThat(server.get("/desk/sign-in").statusCode()).isEqualTo(200);
    }
  }

  private static void assertPage(HttpResponse<String> refused, String reason) {
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
    assertThat(refused.headers().allValues("content-type"))
        .containsExactly("text/html; charset=utf-8");
    assertThat(refused.headers().firstValue("content-security-policy"))
        .contains(WebResponse.CONTENT_SECURITY_POLICY);
    assertThat(refused.body()).contains("<h1 id=\"error-title\">Too many requests</h1>", reason);
  }

  @Test
  void requestsForVersionsAreLimitedByAddress() {
    try (TestServer server = new TestServer(folder, Map.of())) {
      server.gate.publish("alpha", "1.1.0", 2);
      String body = "{\"spec\":\"alpha@1.1.0\",\"reason\":\"fixes our crash\"}";
      for (int i = 0; i < 20; i++) {
        assertThat(ask(server, body).statusCode()).as("%d", i).isEqualTo(200);
      }

      HttpResponse<String> refused = ask(server, body);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("retry-after").orElseThrow()).matches("1[78]\\d");
      assertThat(refused.body())
          .contains("expected at most 20 requests for versions an hour of the address 127.0.0.1");
      assertThat(server.gate.wiring.desk().queue()).hasSize(1);
      assertThat(
              server
                  .send(
                      "POST",
                      "/desk/v1/requests",
                      body,
                      "Content-Type",
                      "application/json",
                      "Authorization",
                      "Bearer " + server.token("ann", DeskRole.REQUESTER))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private static String session(TestServer server, String token) {
    return server
        .send(
            "POST",
            "/desk/sign-in",
            "token=" + token,
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Sec-Fetch-Site",
            "same-origin")
        .headers()
        .firstValue("set-cookie")
        .orElseThrow()
        .split(";", 2)[0];
  }

  @Test
  void peopleBehindOneAddressAreLimitedEach() {
    try (TestServer server = server(100)) {
      String token = server.token("ann", DeskRole.REVIEWER);
      String first = session(server, token);
      String second = session(server, token);
      String other = session(server, server.token("bob", DeskRole.REVIEWER));
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        statuses.add(server.get("/desk/queue", "Cookie", first).statusCode());
      }
      HttpResponse<String> refused = server.get("/desk/queue", "Cookie", second);

      assertThat(statuses.getFirst()).isEqualTo(200);
      assertThat(statuses.getLast()).isEqualTo(429);
      assertThat(refused.statusCode()).as("a person has one rate").isEqualTo(429);
      assertThat(refused.headers().allValues("retry-after")).hasSize(1);
      assertThat(refused.body()).contains("1 units a second of the person");
      assertThat(server.get("/desk/queue", "Cookie", other).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void formOverTheLimitKeepsItsText() {
    try (TestServer server = server(100)) {
      String session = session(server, server.token("ann", DeskRole.REVIEWER));
      for (int i = 0; i < 25; i++) {
        server.get("/desk/queue", "Cookie", session);
      }

      HttpResponse<String> refused =
          server.send(
              "POST",
              "/desk/crates/alpha/1.0.0/decision",
              "reason=read+all",
              "Content-Type",
              "application/x-www-form-urlencoded",
              "Sec-Fetch-Site",
              "same-origin",
              "Cookie",
              session);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("readonly>read all</textarea>");
    }
  }

  @Test
  void clientsBehindATrustedProxyAreLimitedEach() {
    try (TestServer server = server(20, "LAZARET_SERVER_TRUSTED_PROXIES", "127.0.0.1")) {
      for (String address : List.of("203.0.113.7", "203.0.113.8")) {
        String[] from = {"X-Forwarded-For", address};
        server.get("/index/on/e-/one-" + address.charAt(10), from);
        server.get("/index/tw/o-/two-" + address.charAt(10), from);

        HttpResponse<String> refused = server.get("/index/th/re/three", from);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("of the address " + address + ",");
      }
    }
  }
}
