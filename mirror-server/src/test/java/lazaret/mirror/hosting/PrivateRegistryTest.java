package lazaret.mirror.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lazaret.documentation.DocumentationRow;
import lazaret.mirror.TestGate;
import lazaret.mirror.TestServer;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.fixture.DeskResponse;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The private registry over HTTP, without cargo.
class PrivateRegistryTest {
  private static final String INDEX = "/private/index/ac/me/acme-core";
  private static final String NEW = "/private/api/v1/crates/new";

  @TempDir Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private TestServer server;
  private String ada;

  @BeforeEach
  void start() {
    server =
        new TestServer(
            folder,
            Map.of(
                "LAZARET_PRIVATE_NAMES",
                "acme-*",
                "LAZARET_PRIVATE_PUBLIC_URL",
                "http://crates.example",
                "LAZARET_PRIVATE_MAX_SIZE",
                "100KiB"));
    ada = token("ada", "publish-new", "publish-update", "yank", "change-owners");
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private String token(String name, String... roles) {
    return server
        .gate
        .wiring
        .desk()
        .tokens()
        .create(
            new TokenService.TokenSpec(
                name, name, RoleGrants.parse(List.of(roles)), SignInMethod.TOKEN, null),
            "test")
        .secret();
  }

  private static byte[] body(String version, Bytes archive) {
    byte[] json =
        "{\"name\":\"acme-core\",\"vers\":\"%s\",\"deps\":[]}"
            .formatted(version)
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(length(json.length));
    out.writeBytes(json);
    out.writeBytes(length(archive.length()));
    out.writeBytes(archive.array());
    return out.toByteArray();
  }

  private static byte[] length(int bytes) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes).array();
  }

  private static Bytes archive(String version) {
    return CrateBuilder.crate("acme-core", version).build();
  }

  private HttpResponse<String> put(String token, BodyPublisher body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + NEW)).PUT(body);
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> publish(String token, String version) throws Exception {
    return put(token, BodyPublishers.ofByteArray(body(version, archive(version))));
  }

  private HttpResponse<String> get(String path, String token) {
    return server.get(path, "Authorization", token);
  }

  @Test
  void versionIsServedByThePrivatePathAlone() throws Exception {
    HttpResponse<String> published = publish(ada, "1.0.0");

    assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
    assertThat(published.body()).startsWith("{\"warnings\":{\"invalid_categories\":[]");
    String cksum = Sha256.of(archive("1.0.0")).hex();
    assertThat(get(INDEX, ada).body()).contains("\"vers\":\"1.0.0\"", cksum);
    assertThat(get("/private/dl/acme-core/1.0.0/" + cksum, ada).statusCode()).isEqualTo(200);
    assertThat(server.get("/index/ac/me/acme-core").statusCode()).isEqualTo(404);
    assertThat(server.get("/dl/acme-core/1.0.0/" + cksum).statusCode()).isEqualTo(404);
    assertThat(get("/private/index/al/ph/alpha", ada).statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/crates?q=acme").body()).doesNotContain("acme-core");
    assertThat(get("/private/api/v1/crates?q=acme", ada).body())
        .contains("\"name\":\"acme-core\"", "\"max_version\":\"1.0.0\"", "\"total\":1");
  }

  @Test
  void requestWithoutATokenLearnsTheWayToOne() throws Exception {
    HttpResponse<String> config = server.get("/private/index/config.json");

    assertThat(config.statusCode()).isEqualTo(401);
    assertThat(config.headers().firstValue("www-authenticate"))
        .contains("Cargo login_url=\"" + server.url() + "/private/me\"");
    assertThat(publish("", "1.0.0").statusCode()).isEqualTo(401);
    assertThat(publish("", "1.0.0").body()).startsWith("{\"errors\":[{\"detail\":\"");
    assertThat(get("/private/index/config.json", ada).body())
        .contains("\"auth-required\":true", "\"api\":\"" + server.url() + "/private\"");
    HttpResponse<String> me = server.get("/private/me");
    assertThat(me.statusCode()).isEqualTo(302);
    assertThat(me.headers().firstValue("location")).contains("/desk/people/me");
  }

  @Test
  void scopeAndOwnerAreChecked() throws Exception {
    assertThat(publish(server.token("reader", DeskRole.READER), "1.0.0").body())
        .contains("lacks the scope publish-new");
    assertThat(publish(server.token("admin-2", DeskRole.ADMIN), "1.0.0").statusCode())
        .isEqualTo(403);
    assertThat(publish(ada, "1.0.0").statusCode()).isEqualTo(200);
    assertThat(publish(token("eve", "publish-update"), "1.1.0").body())
        .contains("eve is not an owner of acme-core; its owners are: ada");
    assertThat(publish(ada, "1.1.0").statusCode()).isEqualTo(200);
  }

  @Test
  void otherBodiesAndMethodsAreRefused() throws Exception {
    Bytes large = Bytes.of(new byte[(100 << 10) + 1]);

    assertThat(put(ada, BodyPublishers.ofByteArray(body("1.0.0", large))).statusCode())
        .isEqualTo(413);
    assertThat(
            put(
                    ada,
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body("1.0.0", archive("1.0.0")))))
                .statusCode())
        .isEqualTo(411);
    assertThat(put(ada, BodyPublishers.noBody()).statusCode()).isIn(400, 411);
    assertThat(server.send("POST", NEW, "x", "Authorization", ada).statusCode()).isEqualTo(405);
    assertThat(server.send("PUT", "/private/api/v1/other", "x", "Authorization", ada).statusCode())
        .isEqualTo(404);
  }

  /// The gate is open for public crates.
  @Test
  void openDeskDoesNotShowPrivateCrates() throws Exception {
    assertThat(publish(ada, "1.0.0").statusCode()).isEqualTo(200);
    String wanted = "{\"spec\":\"acme-core@1.0.0\",\"reason\":\"it is needed\"}";

    HttpResponse<String> asked =
        server.send("POST", "/desk/v1/requests", wanted, "Content-Type", "application/json");
    HttpResponse<String> absent =
        server.send(
            "POST",
            "/desk/v1/requests",
            wanted.replace("1.0.0", "9.0.0"),
            "Content-Type",
            "application/json");

    assertThat(asked.statusCode()).isEqualTo(404).isEqualTo(absent.statusCode());
    assertThat(asked.body()).contains("there is no 'acme-core 1.0.0' in the index");
    assertThat(absent.body()).contains("there is no 'acme-core 9.0.0' in the index");
    assertThat(server.get("/desk/v1/private/crates").statusCode()).isEqualTo(401);
  }

  /// Pages of rustdoc show the source.
  @Test
  void documentationGoesWithADeletedVersion() throws Exception {
    Store store = server.gate.wiring.store();
    for (String version : List.of("1.0.0", "1.1.0")) {
      assertThat(publish(ada, version).statusCode()).isEqualTo(200);
      store.commit(Batch.synced(List.of(documentation(version))));
    }

    assertThat(delete().status()).isEqualTo(200);

    assertThat(store.deskRows().find(DeskTable.DOCUMENTATION, "version/acme_core/1.0.0")).isEmpty();
    assertThat(store.deskRows().find(DeskTable.DOCUMENTATION, "version/acme_core/1.1.0"))
        .isPresent();

    // An order that ended between both steps is repeated.
    store.commit(Batch.synced(List.of(documentation("1.0.0"))));
    assertThat(delete().status()).isEqualTo(200);
    assertThat(store.deskRows().find(DeskTable.DOCUMENTATION, "version/acme_core/1.0.0")).isEmpty();
  }

  private DeskResponse delete() {
    return server.gate.desk("DELETE", "/private/crates/acme-core/1.0.0?reason=secret", "");
  }

  private static Batch.Write documentation(String version) {
    Sha256 pages = Sha256.of(Bytes.utf8("pages of " + version));
    DocumentationRow row =
        new DocumentationRow(
            DocumentationRow.FORMAT,
            CrateBuilder.crate("acme-core", version).id(),
            TestGate.START,
            "rustc 1.95.0",
            pages,
            1,
            10,
            "acme_core/index.html",
            List.of(),
            null);
    return new Batch.Write.PutDeskRow(
        new DeskRow(DeskTable.DOCUMENTATION, "version/acme_core/" + version, row.encode()));
  }

  @Test
  void versionIsYankedAndOwnersAreListed() throws Exception {
    assertThat(publish(ada, "1.0.0").statusCode()).isEqualTo(200);
    String yank = "/private/api/v1/crates/acme-core/1.0.0/yank";

    assertThat(server.send("DELETE", yank, "", "Authorization", ada).body())
        .isEqualTo("{\"ok\":true}");
    assertThat(get(INDEX, ada).body()).contains("\"yanked\":true");
    assertThat(get("/private/api/v1/crates/acme-core/owners", ada).body())
        .contains("\"login\":\"ada\"");
    assertThat(
            server
                .send(
                    "DELETE",
                    "/private/api/v1/crates/acme-core/owners",
                    "{\"users\":[\"ada\"]}",
                    "Authorization",
                    ada)
                .body())
        .contains("cannot remove the last owner of acme-core");
  }
}
