package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import lazaret.mirror.TestGate;
import lazaret.mirror.TestServer;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The answers of a server that does not know the newest decisions of the others.
class NodeBehindTest {
  private static final String INDEX = "/index/al/ph/alpha";

  @TempDir Path folder;
  private final InMemoryStore store =
      new SharedMemory(Clock.fixed(TestGate.START, ZoneOffset.UTC)).node("a");
  private TestServer server;
  private CrateId alpha;

  @BeforeEach
  void open() {
    server = new TestServer(folder, Map.of(), store);
    alpha = server.gate.publish("alpha", "1.0.0", 100);
    assertThat(server.get(INDEX).statusCode()).isEqualTo(200);
    assertThat(server.get(TestServer.dl(alpha)).statusCode()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    store.node().beat();
    server.close();
  }

  private void refuses(String path, String... headers) {
    HttpResponse<String> reply = server.get(path, headers);
    assertThat(reply.statusCode()).as(path).isEqualTo(503);
    assertThat(reply.headers().firstValue("retry-after")).as(path).contains("1");
    assertThat(reply.headers().firstValue("etag")).as(path).isEmpty();
    assertThat(reply.body()).as(path).contains("this node does not know the newest decisions");
  }

  @Test
  void refusesWhatItHasInHeap() {
    store.node().fallBehind();

    refuses(INDEX);
    refuses("/index/config.json");
    refuses(TestServer.dl(alpha));
    refuses("/snapshots/1/index/config.json");
    refuses("/audits/audits.toml");
    refuses("/api/v1/crates?q=alpha");
    refuses("/oauth/token");
    refuses("/api/v1/trusted_publishing/tokens");

    store.node().beat();
    assertThat(server.get(INDEX).statusCode()).isEqualTo(200);
    assertThat(server.get(TestServer.dl(alpha)).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesToConfirmWhatAClientHas() {
    String etag = server.get(INDEX).headers().firstValue("etag").orElseThrow();
    assertThat(server.get(INDEX, "If-None-Match", etag).statusCode()).isEqualTo(304);

    store.node().fallBehind();

    refuses(INDEX, "If-None-Match", etag);
  }

  @Test
  void refusesThePersonAndTheirTokens() {
    String token = "Bearer " + server.token("ann", DeskRole.ADMIN);
    assertThat(server.get("/desk/v1/status", "Authorization", token).statusCode()).isEqualTo(200);

    store.node().fallBehind();

    refuses("/desk/v1/status", "Authorization", token);
    refuses("/desk/v1/cluster", "Authorization", token);
    HttpResponse<String> page = server.get("/desk/");
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).contains("does not know the newest decisions");
  }

  @Test
  void saysThatItIsBehind() {
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/health").body()).contains("\"name\":\"cluster\",\"state\":\"ok\"");

    store.node().fallBehind();

    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = server.get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).isEqualTo("{\"status\":\"node-behind\"}");
    assertThat(ready.headers().firstValue("retry-after")).contains("1");
    assertThat(server.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void readsNothingFromAStoreThatMayNotAnswer() {
    store.node().fallBehind();

    assertThat(server.get("/health").body())
        .contains("\"name\":\"cluster\",\"state\":\"failed\"")
        .doesNotContain("\"name\":\"ledger\"");
    assertThat(server.get("/metrics").body())
        .contains("lazaret_cluster_current 0.0\n")
        .contains("lazaret_store_up 0.0\n");

    store.node().beat();
    assertThat(server.get("/health").body()).contains("\"name\":\"ledger\"");
    assertThat(server.get("/metrics").body()).contains("lazaret_store_up 1.0\n");
  }

  /// Another node may have revoked the token meanwhile.
  @Test
  void givesNoDetailsForATokenThatMayBeRevoked() {
    String token = "Bearer " + server.token("ann", DeskRole.READER);
    assertThat(server.get("/health", "Authorization", token).body()).contains("\"detail\":");

    store.node().fallBehind();

    assertThat(server.get("/health", "Authorization", token).body())
        .contains("\"name\":\"cluster\",\"state\":\"failed\"")
        .doesNotContain("\"detail\":");
    store.node().beat();
    assertThat(server.get("/health", "Authorization", token).body()).contains("\"detail\":");
  }

  @Test
  void givesNoMetricsForATokenThatMayBeRevoked() {
    InMemoryStore other = new SharedMemory(Clock.fixed(TestGate.START, ZoneOffset.UTC)).node("a");
    try (TestServer closed =
        new TestServer(folder.resolve("b"), Map.of("LAZARET_AUTH_REQUIRED", "true"), other)) {
      String token = "Bearer " + closed.token("ann", DeskRole.READER);
      assertThat(closed.get("/metrics", "Authorization", token).statusCode()).isEqualTo(200);

      other.node().fallBehind();

      assertThat(closed.get("/metrics", "Authorization", token).statusCode()).isEqualTo(401);
      other.node().beat();
      assertThat(closed.get("/metrics", "Authorization", token).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void metricsNameTheReason() {
    store.node().fallBehind();
    refuses(INDEX);
    store.node().beat();

    assertThat(server.get("/metrics").body())
        .contains("lazaret_http_refusals_total{reason=\"node-behind\",route=\"index\"} 1.0\n")
        .contains("lazaret_cluster_current 1.0\n")
        .contains("lazaret_cluster_nodes 1.0\n");
  }
}
