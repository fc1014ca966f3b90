package lazaret.mirror.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.testkit.JsonObject;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages of documentation over HTTP: what a response says to browsers, and who gets one.
class DocumentationHandlerTest {
  private static final String PAGE = "<script src=\"../static.files/main.js\"></script>";

  @TempDir Path folder;

  private PagesFixture sandbox;
  private TestServer server;
  private String token;

  @BeforeEach
  void start() throws IOException {
    Path socket = folder.resolve("s");
    sandbox =
        PagesFixture.serving(
            socket,
            Map.of(
                "alpha/index.html", PAGE,
                "static.files/main.js", "document.title = 'ran'",
                "static.files/font.woff2", "font"));
    server =
        new TestServer(
            folder.resolve("data"),
            Map.of(
                "LAZARET_DETONATION_SOCKET", socket.toString(), "LAZARET_AUTH_REQUIRED", "true"));
    token = server.token("reader", DeskRole.READER);
    String admin = server.token("admin", DeskRole.ADMIN);
    CrateId id = server.gate.publish("alpha", "1.0.0", 60);
    assertThat(server.get("/index/al/ph/alpha", "authorization", token).statusCode())
        .isEqualTo(200);
    assertThat(server.get(TestServer.dl(id), "authorization", token).statusCode()).isEqualTo(200);
    HttpResponse<String> built =
        server.send(
            "POST",
            "/desk/v1/documentation/alpha/1.0.0/build",
            "{}",
            "authorization",
            admin,
            "content-type",
            "application/json");
    assertThat(built.statusCode()).as(built.body()).isLessThan(300);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    sandbox.close();
  }

  /// Returns the path of the first page, as a reader gets it.
  private String address() {
    HttpResponse<String> reply =
        server.get("/desk/v1/documentation/alpha/1.0.0/address", "authorization", token);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    String address = JsonObject.parse(reply.body()).text("address").orElseThrow();
    assertThat(address).startsWith(server.url() + "/documentation/~");
    return address.substring(server.url().length());
  }

  @Test
  void servesAPageWithoutACredential() {
    HttpResponse<String> page = server.get(address());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo(PAGE);
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("set-cookie")).isEmpty();
  }

  @Test
  void sandboxesEachResponse() {
    String address = address();
    for (String path :
        List.of(
            address,
            address.replace("alpha/index.html", "static.files/main.js"),
            address.replace("alpha/index.html", "static.files/font.woff2"),
            address.replace("index.html", "missing.html"),
            "/documentation/",
            "/documentation/~x/alpha/1.0.0/alpha/index.html")) {
      HttpResponse<String> response = server.get(path);
      String policy = response.headers().firstValue("content-security-policy").orElse("no policy");
      assertThat(policy).as(path).startsWith("sandbox").doesNotContain("allow-same-origin");
      assertThat(policy)
          .contains(
              "default-src 'none'",
              "connect-src 'none'",
              "form-action 'none'",
              "base-uri 'none'",
              "frame-ancestors 'none'");
      assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
      assertThat(response.headers().firstValue("referrer-policy")).contains("no-referrer");
    }
  }

  @Test
  void permitsOnlyTheScriptsOfItsVersion() {
    String address = address();
    String own = server.url() + address.replace("alpha/index.html", "");

    assertThat(server.get(address).headers().firstValue("content-security-policy").orElse(""))
        .contains("script-src " + own + ";")
        .doesNotContain("script-src 'self'", "unsafe-eval");
  }

  @Test
  void hasNoPagesForOthers() {
    String address = address();

    assertThat(server.get(address.replace("/~", "/~A")).statusCode()).isEqualTo(404);
    assertThat(server.get(address.replace("/1.0.0/", "/1.0.1/")).statusCode()).isEqualTo(404);
    assertThat(server.get("/desk/v1/documentation/alpha/1.0.0/address").statusCode())
        .isEqualTo(401);
    assertThat(server.send("POST", address, "").statusCode()).isEqualTo(405);
    // A token of a head does not replace the one of the address.
    assertThat(
            server
                .get("/documentation/~x/alpha/1.0.0/alpha/index.html", "authorization", token)
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void readsPagesAtTheirOwnHostAlone() {
    PageOrigin own =
        PageOrigin.of("https://crates.example", URI.create("https://Docs.crates.example"));

    assertThat(own.isPages("docs.crates.example")).isTrue();
    assertThat(own.isPages("docs.crates.example:443")).isTrue();
    assertThat(own.isPages("docs.crates.example:80")).isFalse();
    assertThat(own.isPages("crates.example")).isFalse();
    PageOrigin usual =
        PageOrigin.of("https://crates.example", URI.create("https://docs.crates.example:443"));
    assertThat(usual.isPages("docs.crates.example")).as("browsers omit the port").isTrue();
    assertThat(PageOrigin.of("https://crates.example", null).isPages("any.example")).isTrue();
  }
}
