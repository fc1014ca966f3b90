package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import lazaret.mirror.TestServer;
import lazaret.mirror.clients.Client;
import lazaret.mirror.desk.OpenApi;
import lazaret.mirror.health.HealthService;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.RequestBodies;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.desk.snapshots.StoreLag;
import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.deskapi.bundles.ExportRequest;
import lazaret.vetting.deskapi.bundles.ImportReply;
import lazaret.vetting.deskapi.bundles.ImportRequest;
import lazaret.vetting.deskapi.bundles.RollbackReply;
import lazaret.vetting.deskapi.bundles.RollbackRequest;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cargo's web API, health, and the pages for people.
class PublicRoutesTest {
  @TempDir Path folder;
  private TestServer server;
  private final Store store = new InMemoryStore();

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of(), store);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return OpenApi.parse(Bytes.utf8(answer.body()));
  }

  @Test
  void findsWhatIsVetted() {
    server.gate.publish("alpha", "1.0.0", 100);
    server.gate.publish("alpha", "1.1.0", 1);
    server.get("/index/al/ph/alpha");

    JsonNode found = json(server.get("/api/v1/crates?q=alp&per_page=5"));

    assertThat(found.path("crates").path(0).path("name").asText()).isEqualTo("alpha");
    assertThat(found.path("crates").path(0).path("max_version").asText()).isEqualTo("1.0.0");
    assertThat(found.path("meta").path("total").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"q=%zz", "q=", "''", "per_page=99999999999", "per_page=-1", "q=a&q=b", "q=%00"})
  void survivesQueriesThatMeanNothing(String query) {
    assertThat(
            RawClient.get(server.port(), "/api/v1/crates" + (query.isEmpty() ? "" : "?" + query)))
        .matches("(?s)HTTP/1.1 (200|400) .*");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/api/v1/crates/new",
    "DELETE,/api/v1/crates/alpha/1.0.0/yank",
    "PUT,/api/v1/crates/alpha/1.0.0/unyank",
    "GET,/api/v1/crates/alpha/owners",
    "PUT,/api/v1/crates/alpha/owners",
    "DELETE,/api/v1/crates/alpha/owners"
  })
  void refusesWhatWouldChangeTheRegistryInTheFormThatCargoPrints(String method, String path) {
    HttpResponse<String> answer = server.send(method, path, "{}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(json(answer).path("errors").path(0).path("detail").asText())
        .contains("read-only mirror");
  }

  @Test
  void handsOutItsOwnAudits() {
    HttpResponse<String> answer = server.get("/audits/audits.toml");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("\n# cargo-vet audits file\n\n[audits]\n");
    assertThat(answer.headers().firstValue("etag").orElseThrow()).matches("\"[0-9a-f]{64}\"");
    assertThat(server.get("/audits/other").statusCode()).isEqualTo(404);
    assertThat(server.send("POST", "/audits/audits.toml", "").statusCode()).isEqualTo(405);
  }

  @Test
  void livesAndIsReady() {
    assertThat(server.get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
    JsonNode ready = json(server.get("/health/ready"));
    assertThat(ready.path("status").asText()).isEqualTo("ready");
    assertThat(ready.path("feeds").asText()).isEqualTo("none");
    assertThat(ready.path("degraded").path(0).asText())
        .isEqualTo("no advisory feed was imported yet");
    assertThat(server.send("HEAD", "/health/ready", "").statusCode()).isEqualTo(200);
    assertThat(server.get("/health/other").statusCode()).isEqualTo(404);
    assertThat(server.send("POST", "/health/live", "").statusCode()).isEqualTo(405);
  }

  @Test
  void aProbeOfTheStartEndsOnceAndForAll() {
    assertThat(server.get("/health/startup").body()).isEqualTo("{\"status\":\"started\"}");
    server.gate.withoutFsck("the store is closed");
    store.close();

    assertThat(server.get("/health/startup").statusCode()).isEqualTo(200);
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void aVisitorWithoutATokenSeesTheStatesOfThePartsOnly() {
    HttpResponse<String> answer = server.get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"state\":\"warning\",\"items\":[{\"name\":\"ledger\",\"state\":\"ok\"},"
                + "{\"name\":\"disk\",\"state\":\"ok\"},{\"name\":\"decisions\",\"state\":\"ok\"},"
                + "{\"name\":\"feeds\",\"state\":\"warning\"},"
                + "{\"name\":\"upstream\",\"state\":\"ok\"}]}");
    assertThat(server.get("/health", "authorization", "lzr_" + "0".repeat(64)).body())
        .isEqualTo(answer.body());
  }

  @Test
  void aReaderSeesValuesAndNextStepsAsTheStatusHasThem() {
    String token = server.token("ann", DeskRole.READER);

    JsonNode health = json(server.get("/health", "authorization", token));
    JsonNode status = json(server.get("/desk/v1/status", "authorization", token));

    JsonNode feeds = health.path("items").path(3);
    assertThat(feeds.path("detail").asText()).isEqualTo("no advisory feed was imported yet");
    assertThat(feeds.path("next").asText()).contains("vetting-cli feed import");
    assertThat(health.path("items").path(1).path("value").asLong()).isPositive();
    assertThat(health.path("items").path(1).path("unit").asText()).isEqualTo("bytes");
    assertThat(status.path("health")).isEqualTo(health.path("items"));
  }

  @Test
  void aDecisionThatRightsRefusedIsAWarningForADay() {
    String reader = server.token("ann", DeskRole.READER);
    String order = "{\"kind\":\"approval\",\"specs\":[\"alpha@1.0.0\"],\"reason\":\"read it\"}";

    assertThat(
            server.send("POST", "/desk/v1/decisions", order, "authorization", reader).statusCode())
        .isEqualTo(403);

    JsonNode item = json(server.get("/health", "authorization", reader)).path("items").path(2);
    assertThat(item.path("state").asText()).isEqualTo("warning");
    assertThat(item.path("value").asLong()).isEqualTo(1);
    assertThat(item.path("unit").asText()).isEqualTo("decisions");
    assertThat(item.path("detail").asText()).contains("'forbidden'");
    assertThat(item.path("next").asText()).contains("vetting-cli token list");
    assertThat(json(server.get("/health/ready")).path("degraded")).hasSize(1);
  }

  @Test
  void tellsWhenAPromisedSnapshotDoesNotCome() {
    Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
    Sha256 none = Sha256.of(Bytes.EMPTY);
    server
        .gate
        .wiring
        .store()
        .commit(
            Batch.synced(
                List.of(
                    new Batch.Write.PutSnapshot(
                        new SnapshotInfo(
                            1, 7, SnapshotKind.FULL, none, none, longAgo, longAgo, 1, 1, 0)),
                    new Batch.Write.PutMeta(MetaKey.SNAPSHOT_NEXT, Bytes.utf8(longAgo.toString())),
                    new Batch.Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8("7")))));

    assertThat(json(server.get("/health/ready")).path("degraded").path(1).asText())
        .startsWith("no snapshot newer than 7 arrived, although one was promised by 2001-01-01");
  }

  /// Health is readable without a token: its text has no paths.
  @Test
  void tellsThatTheStoreIsBehindWhatWasImported() {
    Desk desk = server.gate.wiring.desk();
    HealthService service =
        new HealthService(store, desk, new Restored(), server.gate.wiring.upstream().meters());
    HealthHandler health = new HealthHandler(store, desk.feeds(), service);
    HttpRequest question =
        new HttpRequest(
            "GET",
            "/health/ready",
            "",
            "",
            null,
            Client.of(InetAddress.getLoopbackAddress()),
            _ -> Optional.empty(),
            _ -> new RequestBodies.Read.TooLong(),
            () -> "1");

    JsonNode ready = OpenApi.parse(health.respond(question, false).body());

    assertThat(ready.path("status").asText()).isEqualTo("ready");
    assertThat(ready.path("degraded").path(1).asText())
        .isEqualTo("the store is at 1, the mark says 4; 'vetting-cli status' names the next step");
  }

  /// A bundle service over a store that was restored from a backup.
  private static final class Restored implements BundleService {
    @Override
    public ExportReply export(ExportRequest request, String by) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ImportReply importBundle(ImportRequest request, String by) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RollbackReply rollback(RollbackRequest request, String by) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoreLag> storeLag() {
      return Optional.of(
          new StoreLag(1, 4, "the store is at 1, the mark says 4", "acknowledge /srv/lazaret"));
    }
  }

  /// Both are readable without a token.
  @Test
  void readinessAndFrontPageNameNoPathOfTheStore() {
    AtomicBoolean broken = new AtomicBoolean();
    try (TestServer other = new TestServer(folder.resolve("other"), Map.of(), failing(broken))) {
      other.gate.withoutFsck("the size of the store cannot be read");
      broken.set(true);

      String ready = other.get("/health/ready").body();
      String page = other.get("/").body();

      assertThat(ready)
          .contains("\"stopped: the store cannot be read (store-failed)\"")
          .doesNotContain("/srv/x");
      assertThat(page)
          .contains("stopped: the store cannot be read (store-failed)")
          .doesNotContain("/srv/x");
      broken.set(false);
    }
  }

  /// Returns a store whose size cannot be read.
  private static Store failing(AtomicBoolean broken) {
    Store sound = new InMemoryStore();
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (broken.get() && method.getName().equals("diskUsage")) {
                throw new StoreException(
                    ErrorCode.STORE_FAILED, "cannot read '/srv/x/store': no such file", null);
              }
              try {
                return method.invoke(sound, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void isNotReadyWhenTheStoreFails() {
    server.gate.withoutFsck("the store is closed");
    store.close();

    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = server.get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(json(ready).path("status").asText()).isEqualTo("store failed");
    assertThat(server.get("/metrics").body()).contains("lazaret_store_up 0.0\n");
    HttpResponse<String> index = server.get("/index/al/ph/alpha");
    assertThat(index.statusCode()).isEqualTo(503);
    assertThat(index.body()).contains("store-failed").doesNotContain("Exception");
  }

  @Test
  void tellsPeopleWhatThisIsAndWhatToPaste() {
    HttpResponse<String> page = server.get("/");

    assertThat(page.body())
        .contains("sparse+" + server.url() + "/index/")
        .contains("<b>degraded: no advisory feed was imported yet</b>")
        .doesNotContain("<script")
        .doesNotContain("src=")
        .doesNotContain("@import");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("frame-ancestors 'none'");
    assertThat(page.headers().firstValue("x-frame-options")).contains("DENY");
    assertThat(page.headers().map()).doesNotContainKey("set-cookie");
    assertThat(server.get("/me").body()).contains("vetting-cli token create");
    assertThat(server.get("/reasons").body())
        .contains("<dt id=\"malware\"><code>malware</code></dt>", "it may be compromised")
        .contains("<dt id=\"unknown\">");
    assertThat(server.get("/favicon.ico").statusCode()).isEqualTo(404);
  }
}
