package lazaret.mirror.webdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedRoutesTest {
  private static final String OWN = "/desk/people/me/requests/feed";
  private static final String VERSION = "/desk/request/alpha/1.1.0/feed";

  @TempDir Path folder;

  private TestServer open() {
    TestServer server = new TestServer(folder, Map.of());
    server.gate.publish("alpha", "1.1.0", 2);
    return server;
  }

  private static void post(TestServer server, String path, String body, String token) {
    HttpResponse<String> reply =
        server.send(
            "POST",
            "/desk/v1/" + path,
            body,
            "Authorization",
            token,
            "Content-Type",
            "application/json");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
  }

  private static void ask(TestServer server, String reason, String token) {
    post(
        server,
        "requests",
        "{\"spec\":\"alpha@1.1.0\",\"reason\":\"%s\"}".formatted(reason),
        token);
  }

  private static void deny(TestServer server, String reason) {
    post(
        server,
        "decisions",
        "{\"kind\":\"deny\",\"specs\":[\"alpha@1.1.0\"],\"reason\":\"%s\"}".formatted(reason),
        server.token("ann", DeskRole.REVIEWER));
  }

  private static String tag(HttpResponse<String> response) {
    return response.headers().firstValue("etag").orElseThrow();
  }

  @Test
  void aTokenReadsTheFeedOfItsOwnerAndNothingElse() {
    try (TestServer server = open()) {
      String bob = server.token("bob", DeskRole.REQUESTER);
      ask(server, "for <b>the</b> \\u202e fix", bob);

      HttpResponse<String> feed = server.get(OWN, "Authorization", "Bearer " + bob);

      assertThat(feed.statusCode()).isEqualTo(200);
      assertThat(feed.headers().firstValue("content-type"))
          .contains("application/atom+xml; charset=utf-8");
      assertThat(feed.body())
          .contains("alpha 1.1.0: requested", "for &lt;b&gt;the&lt;/b&gt;")
          .contains("href=\"" + server.url() + "/desk/request/alpha/1.1.0\"")
          .doesNotContain("\u202e");
      assertThat(
              server
                  .get(OWN, "Authorization", "Bearer " + server.token("dora", DeskRole.READER))
                  .body())
          .doesNotContain("<entry>");
      assertThat(server.get("/desk/people/me", "Authorization", "Bearer " + bob).statusCode())
          .isEqualTo(303);
    }
  }

  @Test
  void withoutATokenTheFeedStatesWhatToSend() {
    try (TestServer server = open()) {
      HttpResponse<String> refused = server.get(OWN);

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("www-authenticate"))
          .contains("Bearer realm=\"lazaret desk\"");
      assertThat(server.get(OWN, "Authorization", "Bearer lzr_" + "0".repeat(64)).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void anUnchangedFeedIsNotSentAgain() {
    try (TestServer server = open()) {
      String bob = server.token("bob", DeskRole.REQUESTER);
      ask(server, "please", bob);
      HttpResponse<String> first = server.get(VERSION);
      assertThat(first.statusCode()).isEqualTo(200);

      HttpResponse<String> again = server.get(VERSION, "If-None-Match", tag(first));
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(tag(again)).isEqualTo(tag(first));

      deny(server, "steals keys");
      HttpResponse<String> changed = server.get(VERSION, "If-None-Match", tag(first));
      assertThat(changed.statusCode()).isEqualTo(200);
      assertThat(changed.body())
          .contains("alpha 1.1.0: denied")
          .doesNotContain("ann", "steals keys", "bob", "please");
      assertThat(server.get(VERSION, "Authorization", "Bearer " + bob).body())
          .contains("alpha 1.1.0: denied", "ann", "steals keys")
          .doesNotContain("bob", "please");
      assertThat(server.get(OWN, "Authorization", bob, "If-None-Match", tag(first)).body())
          .contains("alpha 1.1.0: denied");
    }
  }

  @Test
  void aGateThatNeedsTokensShowsTheFeedOfAVersionWithOneOnly() {
    try (TestServer server = new TestServer(folder, Map.of("LAZARET_AUTH_REQUIRED", "true"))) {
      server.gate.publish("alpha", "1.1.0", 2);
      String bob = server.token("bob", DeskRole.REQUESTER);
      ask(server, "please", bob);

      assertThat(server.get(VERSION).statusCode()).isEqualTo(403);
      assertThat(server.get(VERSION, "Authorization", "Bearer " + bob).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theFeedOfAnotherVersionIsNotFound() {
    try (TestServer server = open()) {
      assertThat(server.get("/desk/request/alpha/1.1.0/feed").statusCode()).isEqualTo(404);
      assertThat(server.get("/desk/request/nosuch/1.0.0/feed").statusCode()).isEqualTo(404);
    }
  }
}
