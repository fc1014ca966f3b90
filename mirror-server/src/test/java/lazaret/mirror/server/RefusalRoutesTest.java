package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.mirror.TestGate;
import lazaret.mirror.TestServer;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The answers to a developer without a token whose download was refused.
class RefusalRoutesTest {
  private static final String RECORD =
      """
      {"schema_version": "1.7.0", "id": "MAL-2026-1", "modified": "2026-11-23T00:00:00Z",
       "published": "2026-11-23T00:00:00Z", "summary": "Malicious code in other",
       "affected": [{"package": {"ecosystem": "crates.io", "name": "other"},
         "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REASON = "{\"spec\":\"alpha@1.1.0\",\"reason\":\"fixes our crash\"}";

  @TempDir Path folder;

  private TestServer open() {
    return new TestServer(folder, Map.of());
  }

  private static HttpResponse<String> post(TestServer server, String body) {
    return server.send("POST", "/desk/v1/requests", body, "Content-Type", "application/json");
  }

  @Test
  void refusalCarriesA128BitRequestIdInItsHeaderAndItsBody() {
    try (TestServer server = open()) {
      CrateId young = server.gate.publish("alpha", "1.1.0", 2);

      HttpResponse<String> first = server.get(TestServer.dl(young));
      HttpResponse<String> second = server.get(TestServer.dl(young));

      String id = first.headers().firstValue("x-request-id").orElseThrow();
      assertThat(id).matches("[0-9a-f]{32}");
      assertThat(first.body()).endsWith("Request: " + id + "\n");
      assertThat(second.headers().firstValue("x-request-id").orElseThrow()).isNotEqualTo(id);
    }
  }

  @Test
  void refusalOfAGateWithoutFeedsSaysSo() {
    try (TestServer server = open()) {
      CrateId young = server.gate.publish("young", "1.0.0", 2);

      assertThat(server.get(TestServer.dl(young)).body())
          .contains("\nWarning: no advisory feed was imported\n");
      var source = new FeedSource("osv", FeedFormat.OSV, "test", TestGate.START);
      var delivery = new FeedService.FeedDelivery(source, Validators.NONE, false, "test");
      assertThat(server.gate.wiring.desk().feeds().accept(delivery, Bytes.utf8(RECORD)))
          .isInstanceOf(FeedUpdateReport.Accepted.class);
      assertThat(server.get(TestServer.dl(young)).body()).doesNotContain("Warning:");
    }
  }

  @Test
  void refusalNamesOnlyCommandsThatNeedNoLookAtTheLockfile() {
    try (TestServer server = open()) {
      server.gate.publish("lower", "1.0.0", 100);
      CrateId young = server.gate.publish("lower", "1.1.0", 2);
      server.gate.publish("apart", "0.2.0", 100);
      CrateId alone = server.gate.publish("apart", "0.3.0", 2);

      assertThat(server.get(TestServer.dl(young)).body())
          .contains("\nUse: lower 1.0.0: cargo update\n")
          .contains("/desk/request/lower/1.1.0\n")
          .contains("\ncargo install: without --locked\n")
          .doesNotContain("--precise");
      assertThat(server.get(TestServer.dl(alone)).body())
          .contains("\nUse: no compatible version passes: run vetting-cli verify\n")
          .doesNotContain("cargo update");
    }
  }

  @Test
  void refusalNamesTheMoveToALaterCompatibleVersion() {
    try (TestServer server = open()) {
      CrateId denied = server.gate.publish("alpha", "1.0.0", 100);
      server.gate.publish("alpha", "1.0.1", 90);
      String token = server.token("ann", DeskRole.REVIEWER);
      server.send(
          "POST",
          "/desk/v1/decisions",
          "{\"kind\":\"deny\",\"specs\":[\"alpha@1.0.0\"],\"reason\":\"leaks\"}",
          "Authorization",
          "Bearer " + token,
          "Content-Type",
          "application/json");

      assertThat(server.get(TestServer.dl(denied)).body())
          .contains(
              "\nUse: alpha 1.0.1: cargo update, or cargo update -p alpha@1.0.0 --precise 1.0.1\n");
    }
  }

  @Test
  void openGateExplainsARefusalWithoutATokenAndSaysNoMoreThanIt() throws IOException {
    try (TestServer server = open()) {
      server.gate.publish("alpha", "1.0.0", 100);
      CrateId young = server.gate.publish("alpha", "1.1.0", 2);
      assertThat(server.get("/desk/v1/refusals/alpha/1.1.0").statusCode()).isEqualTo(404);

      HttpResponse<String> refused = server.get(TestServer.dl(young));
      String id = refused.headers().firstValue("x-request-id").orElseThrow();
      HttpResponse<String> why = server.get("/desk/v1/refusals/alpha/1.1.0");
      HttpResponse<String> byId = server.get("/desk/v1/refusals/" + id);
      // The version is inspected after it was refused, which may end between the two answers.
      for (int again = 0; again < 100 && !byId.body().equals(why.body()); again++) {
        why = server.get("/desk/v1/refusals/alpha/1.1.0");
        byId = server.get("/desk/v1/refusals/" + id);
      }

      assertThat(why.statusCode()).isEqualTo(200);
      assertThat(byId.body()).isEqualTo(why.body());
      JsonNode json = JSON.readTree(why.body());
      List<String> fields = new ArrayList<>();
      json.fieldNames().forEachRemaining(fields::add);
      assertThat(fields)
          .containsExactlyInAnyOrder(
              "name",
              "version",
              "cksum",
              "verdict",
              "served",
              "refusal",
              "only_by_bundle",
              "replacement",
              "compatible",
              "movable");
      assertThat(json.path("verdict").path("reasons")).hasSize(1);
    }
  }

  @Test
  void withoutATokenNothingElseIsReported() {
    try (TestServer server = open()) {
      CrateId aged = server.gate.publish("alpha", "1.0.0", 100);
      CrateId young = server.gate.publish("alpha", "1.1.0", 2);
      server.get(TestServer.dl(young));
      server.get(TestServer.dl(aged));

      for (String path :
          List.of("crates/alpha/1.1.0", "crates/alpha", "queue", "status", "who/alpha/1.1.0")) {
        assertThat(server.get("/desk/v1/" + path).statusCode()).as(path).isEqualTo(401);
      }
      for (String path :
          List.of("alpha/1.0.0", "alpha/9.9.9", "beta/1.0.0", "0".repeat(32), "", "x/y")) {
        assertThat(server.get("/desk/v1/refusals/" + path).statusCode()).as(path).isIn(400, 404);
      }
      assertThat(
              server
                  .get("/desk/v1/refusals/alpha/1.1.0", "Authorization", "Bearer lzr_wrong")
                  .statusCode())
          .isEqualTo(401);
      assertThat(
              server
                  .get("/desk/v1/refusals/alpha/1.1.0", "Origin", "http://evil.example")
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void gateThatNeedsTokensExplainsNothingWithoutOne() {
    try (TestServer server = new TestServer(folder, Map.of("LAZARET_AUTH_REQUIRED", "true"))) {
      CrateId young = server.gate.publish("alpha", "1.1.0", 2);
      String token = server.token("ci", DeskRole.REQUESTER);
      assertThat(server.get(TestServer.dl(young), "Authorization", token).statusCode())
          .isEqualTo(403);

      assertThat(server.get("/desk/v1/refusals/alpha/1.1.0").statusCode()).isEqualTo(401);
      assertThat(post(server, REASON).statusCode()).isEqualTo(401);
      assertThat(server.get("/desk/v1/refusals/alpha/1.1.0", "Authorization", token).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void requestWithoutATokenIsInTheQueueWithItsReasonAndItsAsker() {
    try (TestServer server = open()) {
      server.gate.publish("alpha", "1.1.0", 2);

      assertThat(post(server, REASON).statusCode()).isEqualTo(200);

      assertThat(server.gate.wiring.desk().queue())
          .singleElement()
          .satisfies(
              request -> {
                assertThat(request.id().name().published()).isEqualTo("alpha");
                assertThat(request.requesters()).containsExactly("-@127.0.0.1");
              });
      assertThat(reasons(server)).containsExactly("-@127.0.0.1: fixes our crash");
    }
  }

  @Test
  void requestByTheIdOfARefusalNeedsNoVersion() {
    try (TestServer server = open()) {
      CrateId young = server.gate.publish("alpha", "1.1.0", 2);
      String id =
          server.get(TestServer.dl(young)).headers().firstValue("x-request-id").orElseThrow();

      assertThat(post(server, "{\"refusal\":\"%s\",\"reason\":\"please\"}".formatted(id)).body())
          .contains("\"version\":\"1.1.0\"");
      assertThat(reasons(server)).containsExactly("-@127.0.0.1: please");
    }
  }

  @Test
  void requestForWhatIsServedOrUnknownOrWithoutAReasonIsRefused() {
    try (TestServer server = open()) {
      server.gate.publish("alpha", "1.0.0", 100);

      assertThat(post(server, "{\"spec\":\"alpha@1.0.0\",\"reason\":\"x\"}").statusCode())
          .isEqualTo(400);
      assertThat(post(server, "{\"spec\":\"alpha@9.9.9\",\"reason\":\"x\"}").statusCode())
          .isEqualTo(404);
      assertThat(post(server, "{\"spec\":\"alpha@1.0.0\",\"reason\":\" \"}").statusCode())
          .isEqualTo(400);
      assertThat(
              post(
                      server,
                      "{\"spec\":\"alpha@1.0.0\",\"reason\":\"%s\"}".formatted("x".repeat(501)))
                  .statusCode())
          .isEqualTo(400);
      assertThat(reasons(server)).isEmpty();
    }
  }

  @Test
  void floodOfRequestsWithoutATokenDoesNotFillTheLedger() {
    try (TestServer server = open()) {
      server.gate.publish("alpha", "1.1.0", 2);

      for (int i = 0; i < 50; i++) {
        post(server, "{\"spec\":\"alpha@1.1.0\",\"reason\":\"number %d\"}".formatted(i));
      }

      assertThat(reasons(server)).hasSizeLessThanOrEqualTo(4);
      assertThat(server.gate.wiring.desk().queue()).hasSize(1);
    }
  }

  @Test
  void reasonCannotSteerATerminal() {
    try (TestServer server = open()) {
      server.gate.publish("alpha", "1.1.0", 2);

      post(server, "{\"spec\":\"alpha@1.1.0\",\"reason\":\"a\\u001b[2Jb\\u202ec\\n d\"}");

      assertThat(reasons(server)).allMatch(r -> r.chars().allMatch(c -> c >= ' ' && c < 0x7f));
    }
  }

  private static List<String> reasons(TestServer server) {
    return server.gate.wiring.desk().events(0, 1_000).stream()
        .map(LedgerEntry::event)
        .filter(Notice.class::isInstance)
        .map(Notice.class::cast)
        .filter(n -> n.kind() == Notice.Kind.REQUEST_MADE)
        .map(n -> n.by() + ": " + n.detail())
        .toList();
  }
}
